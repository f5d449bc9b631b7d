"""One mail that cannot be written keeps nobody else from getting his."""

import pytest

LATE = "2026-12-20T09:00"
EACH = ("overdue", "--format", "eml", "--each", "holder", "--outdir")


@pytest.mark.parametrize("what", ["link", "folder", "dangling"])
@pytest.mark.parametrize("who", ["wangfang", "lijie"])
def test_the_others_are_written_and_it_is_named(who, what, ledger, sw, inquiry, tmp_path):
    """Whoever comes first or last by name: the other's lies there, the exit code and the words tell."""
    staff = ledger / "staff.yaml"
    staff.write_text(
        staff.read_text("utf-8").replace(
            'phone: "0631-5550133"', 'phone: "0631-5550133", email: lijie@example.org'
        ),
        "utf-8",
    )
    for one in ("wangfang", "lijie"):
        inquiry(one, scope="本人")
    out = tmp_path / "out"
    out.mkdir()
    bad = out / f"20261220-{who}.eml"
    if what == "folder":
        bad.mkdir()
    else:
        bad.symlink_to(tmp_path / ("there" if what == "link" else "nowhere"))
        if what == "link":
            (tmp_path / "there").write_text("x", "utf-8")
    done = sw("heping", *EACH, out, now=LATE, code=6)
    other = {"wangfang": "lijie", "lijie": "wangfang"}[who]
    assert "To: " in (out / f"20261220-{other}.eml").read_text("utf-8")
    assert f"20261220-{other}.eml" in done.out and who in done.err and "其余已写好" in done.err
    assert not (tmp_path / "nowhere").exists()
