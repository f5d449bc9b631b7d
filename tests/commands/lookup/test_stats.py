"""``stats``: the figures of one person, and those of as many days before."""

import json

from tests.support.places import ROOT

EXAMPLE = ROOT / "ledger-example"
OF = ("-L", EXAMPLE, "stats", "--staff", "王芳", "--from", "2026-11-01", "--to", "2026-11-20")
NOW = "2026-11-23T09:00:00+08:00"


def test_what_there_was_nothing_of_is_left_out(run) -> None:
    """王芳 took in three in these twenty days and one in the twenty before, of which none was still open."""
    out = json.loads(run(*OF, "-f", "json", now=NOW).out)
    figures = {each["key"]: (each["current"], each["previous"]) for each in out["items"]}
    assert figures["received"] == ("3", "1")
    assert figures["open"] == ("2", "0")
    assert not [key for key, both in figures.items() if {each.split(" ")[0] for each in both} <= {"0", "—"}]
    assert "urged" not in figures
    assert (out["staff"], out["as_of"], out["unreadable"]) == ("wangfang", NOW, [])


def test_the_days_before_are_named(run) -> None:
    """Twenty days are compared with the twenty just before them; what is given as data has no heading."""
    assert "王芳  2026-11-01 至 2026-11-20（上期 2026-10-12 至 2026-10-31）" in run(*OF, now=NOW).out
    assert "上期 2026" not in run(*OF, "-f", "csv", now=NOW).out


def test_an_unreadable_record_is_said(run, ledger, inquiry) -> None:
    """Figures that leave a record out say which, and end with exit code 5."""
    name = inquiry()
    path = next(ledger.rglob(f"{name}.yaml"))
    path.write_text("id: [", "utf-8")
    done = run("-L", ledger, "stats", "--staff", "wangfang", code=5)
    assert name in done.err
    assert (
        run("-L", ledger, "stats", "--staff", "wangfang", "-f", "json", code=5).out.count(f"{name}.yaml") == 1
    )
