"""Put the real output under every command of the READMEs; what differs only in ids stays.

python -m tests.generators.transcripts
"""

from tests.support.transcripts import READMES, TYPED, update

if __name__ == "__main__":
    for readme in (*READMES, *TYPED):
        update(readme)
