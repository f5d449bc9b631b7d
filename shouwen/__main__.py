"""The process: ``python -m shouwen``, and the installed command ``shouwen``."""

import _signal  # the bare module: ``signal`` is one more import for every start
import gc

# Nothing has been begun while the program is being loaded: Ctrl-C just ends it, without a word.
if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
# A run is short and makes few cycles: the collector would look through every object of every
# import several times over (a tenth of a start). Long runs still collect.
gc.set_threshold(100_000, 50, 50)

from shouwen.later import put_off  # noqa: E402 - the imports themselves are what the line above spares

put_off()

from shouwen.cli import main  # noqa: E402 - and the line above too

if __name__ == "__main__":
    main()
