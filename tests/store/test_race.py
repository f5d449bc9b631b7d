"""Many clerks at once, some killed: nothing acknowledged is lost, no id is given twice."""

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

PROCESSES, TURNS = 8, int(os.environ.get("RACE_TURNS", "25"))  # RACE_TURNS=200 is the whole
INTAKE = ("intake", "--channel", "来电", "--category", "咨询", "--scope", "本人", "--subject")


def crowd(ledger, *words) -> list[tuple[str, str]]:
    """(text, what was printed) of 8 × TURNS runs of the command; some are killed on the way."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def one(turn: int) -> tuple[str, str]:
        text = f"第{turn}笔。"
        done = subprocess.Popen(
            [sys.executable, "-m", "shouwen", "-L", ledger, "--as", "wangfang", *words, text],
            env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        if turn % 10 == 0:
            try:
                done.wait(random.Random(turn).uniform(0.05, 0.4))
            except subprocess.TimeoutExpired:
                done.kill()
        return text, done.communicate()[0]

    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(one, range(PROCESSES * TURNS)))


@pytest.mark.slow
def test_intakes_at_once(ledger, sw):
    """Every id said to be given is there, with the text it was given for, and none twice."""
    said = [(text, out.strip()) for text, out in crowd(ledger, *INTAKE) if out.strip()]
    assert len(said) >= PROCESSES * TURNS * 0.8
    assert len({name for _, name in said}) == len(said)
    for text, name in said:
        (path,) = (ledger / "inquiries").rglob(f"{name}.yaml")
        assert f'subject: "{text}"' in path.read_text("utf-8")
    assert sw("wangfang", "check").out == ""


@pytest.mark.slow
def test_notes_on_one_record_at_once(ledger, sw, inquiry):
    """Every note said to be written stands in the record, once."""
    name = inquiry()
    said = [text for text, out in crowd(ledger, "note", name, "--text") if out.strip()]
    record = next((ledger / "inquiries").rglob("*.yaml")).read_text("utf-8")
    assert len(said) >= PROCESSES * TURNS * 0.8
    assert [text for text in said if record.count(f'"{text}"') != 1] == []
    assert sw("wangfang", "check").out == ""
