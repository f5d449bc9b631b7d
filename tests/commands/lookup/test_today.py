"""``shouwen`` alone: what each person has to do next, the most pressing first."""

import os


def test_each_sees_his_own_part(sw, inquiry):
    """The receiver is asked to sign, the sender to press, the first-asked to keep track."""
    name = inquiry()
    sw("wangfang", "handoff", name, "--to", "规划科", "--mode", "电话联系", "--reason", "属规划科职责")
    assert "我已转出" in (sent := sw("wangfang").out) and "等规划科签收" in sent
    assert "待我签收" in (received := sw("lijie").out) and "签收（accept）" in received
    assert "手上没有在办的事" in sw("heping").out
    sw("lijie", "accept", name)
    assert "我首问" in sw("wangfang").out and "我负责" in sw("lijie").out
    sw("lijie", "close", name, "--outcome", "已答复", "--result", "已说明")
    assert name not in sw("wangfang").out + sw("lijie").out


def test_what_waits_for_papers_says_so(sw, inquiry):
    """A clock that stands still shows no due time but what it waits for."""
    name = inquiry(scope="本人")
    sw("wangfang", "notify", name, "--material", "身份证")
    line = next(x for x in sw("wangfang").out.split("\n") if x.startswith(name))
    assert "暂停中" in line and "补正" in line


def test_late_ones_are_counted_for_the_person_and_the_office(sw, inquiry):
    """Both counts stand below; the late one comes first in the list."""
    inquiry(received="2026-11-23 09:00", subject="新的")
    inquiry(received="2026-11-09 09:00", subject="早的")
    text = sw("wangfang").out
    assert text.index("早的") < text.index("新的")
    assert "与我有关 2 件，其中超期 1 件；全单位超期 1 件。" in text


def test_confidential_matters_keep_their_subject_to_themselves(sw, inquiry):
    """Even the holder's own list may be looked at over the shoulder: counted, also among the late, never listed."""
    name = inquiry(category="举报", subject="某人收钱")
    text = sw("wangfang").out
    assert "某人收钱" not in text and name not in text
    assert "另有保密件（举报等）1 件，不在这里列出。" in text and "与我有关 1 件，其中超期 0 件" in text
    late = sw("wangfang", now="2027-03-01T09:00").out
    assert "另有保密件（举报等）1 件，其中超期 1 件，不在这里列出。" in late and name not in late
    assert "与我有关 1 件，其中超期 1 件；全单位超期 1 件。" in late


def test_alone_inside_a_ledger(run, ledger, inquiry, monkeypatch):
    """Without -L too, in the folder of the ledger and in one below it: today's page, exit 0."""
    name = inquiry()
    for folder in (ledger, ledger / "inquiries"):
        monkeypatch.chdir(folder)
        assert name in run("--as", "wangfang").out


def test_nobody_known_sees_the_office_alone(run, ledger, monkeypatch):
    """Without --as and a git user in the roster the office's figures are still shown."""
    monkeypatch.setenv("HOME", os.fspath(ledger))
    text = run("-L", ledger).out
    assert "没有认出是谁" in text and "全单位超期 0 件" in text


def test_outside_a_ledger_the_help_is_shown(run, tmp_path, monkeypatch):
    """Where there is no ledger there is no today: the commands are listed on stderr, exit code 2."""
    monkeypatch.chdir(tmp_path)
    result = run(code=2)
    assert result.out == "" and "办事：" in result.err


def test_the_page_ends_with_how_to_go_on(sw):
    """What a newcomer types next stands below, beside the page and not in it."""
    page = sw("wangfang")
    assert "shouwen intake" in page.err and "shouwen --help" in page.err and "shouwen intake" not in page.out
