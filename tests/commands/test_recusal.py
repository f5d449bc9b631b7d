"""Whom a complaint is about: sees nothing of it, does nothing in it, and can still speak for himself."""

import pytest

REPORTER, PHONE, WORD = "张检举", "13812341234", "夜里收礼"


@pytest.fixture
def sw(ledger, run):
    """The command line on the ledger, as somebody."""

    def runner(who, *args, **more):
        return run("-L", ledger, *(["--as", who] if who else []), *args, **more)

    runner.ledger = ledger
    return runner


@pytest.fixture(params=["举报", "投诉"])
def complaint(sw, request):
    """A complaint about 王芳, taken in by 何平: secret in the one case, plain in the other."""
    return sw("heping", "intake", "--channel", "来电", "--category", request.param, "--subject", WORD, "--scope",
              "不明确", "--name", REPORTER, "--phone", PHONE, "--about", "wangfang").id  # fmt: skip


LOOKING = {
    "show": ("show", "ID"), "show json": ("show", "ID", "--format", "json"), "form": ("form", "受理登记表", "ID"),
    "list": ("list", "--status", "all"), "search": ("search", WORD), "search phone": ("search", PHONE, "--in", "phone"),
    "export": ("export", "--format", "csv"), "export jsonl": ("export", "--format", "jsonl"),
    "register": ("form", "台账"), "overdue": ("overdue", "--soon", "9"), "overdue json": ("overdue", "--format", "json"),
    "today": (), "log": ("log",), "log json": ("log", "--format", "json"),
}  # fmt: skip


@pytest.mark.parametrize("way", LOOKING)
def test_who_is_complained_of_sees_nothing(sw, complaint, way):
    """By no way of looking: neither who complained, nor of what; a colleague elsewhere sees what he may."""
    words = [complaint if w == "ID" else w for w in LOOKING[way]]
    seen = sw("wangfang", *words, code=None)
    for word in (REPORTER, PHONE, WORD, "张**", "138****1234"):
        assert word not in seen.out + seen.err
    assert seen.code == (3 if way in ("show", "show json", "form") else 0)


def test_what_a_search_finds_is_not_even_counted(sw, complaint):
    """That a word stands in a complaint about oneself would be an answer too."""
    assert "另有" not in sw("wangfang", "search", WORD).err
    assert "张" in sw("heping", "show", complaint).out


def test_the_hint_at_the_next_intake(sw, complaint):
    """Whoever asked before is told of at intake; not of a complaint about the one who takes it in."""
    words = ("intake", "--channel", "来电", "--category", "咨询", "--subject", "立项", "--scope", "本部门", "--name", REPORTER,
             "--phone", PHONE)  # fmt: skip
    assert complaint not in sw("wangfang", *words).err


@pytest.mark.parametrize("who, name", [("wangfang", "王芳"), ("shixi", "陈实")])
def test_under_a_leader_complained_of(sw, who, name):
    """The department of a leader complained of is concerned as the leader is."""
    about = sw("heping", "intake", "--channel", "来电", "--category", "投诉", "--subject", WORD, "--scope", "不明确",
               "--name", REPORTER, "--phone", PHONE, "--about", "zhaojun").id  # fmt: skip
    assert REPORTER in sw("heping", "show", about).out
    refused = sw(who, "show", about, code=3).err
    assert name in refused and "信访工作条例第三十条" in refused
    assert "应当回避" in sw(who, "note", about, "--text", "x", code=3).err


ACTS = {
    "transfer to": ("heping", "handoff", "ID", "--to", "审批科/wangfang", "--mode", "书面转交"),
    "transfer to the department": ("heping", "handoff", "ID", "--to", "审批科", "--mode", "书面转交"),
    "help": ("heping", "handoff", "ID", "--to", "办公室", "--with", "审批科", "--mode", "书面转交"),
    "contact": ("heping", "handoff", "ID", "--to", "规划科", "--mode", "告知联系方式", "--contact", "王芳,0631-5550111"),
    "answer": ("wangfang", "progress", "ID", "--text", "x"),
    "approve": ("heping", "extend", "ID", "--by", "1", "--approved-by", "wangfang", "--reason", "x"),
    "sign": ("heping", "close", "ID", "--outcome", "不予办理", "--result", "x", "--reason", "x", "--basis", "x", "--signed-by", "wangfang"),
    "correct": ("wangfang", "correct", "ID", "--field", "category", "--value", "咨询", "--reason", "x"),
    "close": ("wangfang", "close", "ID", "--outcome", "已答复", "--result", "查无此事"),
    "supervise": ("wangfang", "supervise", "ID", "--text", "x"),
    "press": ("wangfang", "urge", "ID"),
    "purge": ("wangfang", "purge", "ID"),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_who_is_complained_of_takes_no_part(sw, ledger, complaint, act):
    """Neither as the one who acts nor in any role that another gives; nothing is written."""
    (path,) = ledger.rglob(f"{complaint}.yaml") if not (ledger / "private").exists() else [
        p for p in ledger.rglob(f"{complaint}.yaml") if "private" not in p.parts]  # fmt: skip
    before = path.read_bytes()
    who, *words = ACTS[act]
    sw(who, *[complaint if w == "ID" else w for w in words], code=3)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "words", [("--to", "审批科"), ("--to", "赵军"), ("--to", "规划科", "--with", "审批科")]
)
def test_nobody_of_the_place_refused_is_offered(sw, complaint, words):
    """Who refuses a department does not name its leader as the one to send it to."""
    refused = sw("heping", "handoff", complaint, *words, "--mode", "书面转交", code=3).err
    assert "孙梅（sunmei" in refused and "赵军（" not in refused


def test_after_the_result(sw, complaint):
    """Not called back, reopened or purged by the one it was about; not shed by a correction either."""
    sw("heping", "correct", complaint, "--field", "category", "--value", "咨询", "--reason", "写错")
    sw("heping", "close", complaint, "--outcome", "已答复", "--result", "已查清")
    for words in (("callback", complaint, "--rating", "满意"), ("reopen", complaint, "--reason", "x"),
                  ("show", complaint)):  # fmt: skip
        assert "应当回避" in sw("wangfang", *words, code=3).err


def test_the_statement_of_who_is_complained_of(sw, complaint):
    """It is taken down, and nothing of the matter is told in return."""
    done = sw("wangfang", "note", complaint, "--kind", "申辩", "--text", "当日请假", "--format", "json")
    assert REPORTER not in done.out + done.err and WORD not in done.out + done.err
    assert "申辩" in sw("heping", "show", complaint).out


def test_the_mail_to_who_is_complained_of(sw, ledger, complaint, tmp_path):
    """A late complaint about the one who gets the mail is only counted there."""
    staff = ledger / "staff.yaml"
    staff.write_text(staff.read_text("utf-8").replace("leader: heping", "leader: wangfang"), "utf-8")
    box = tmp_path / "out"
    box.mkdir()
    sw(
        "",
        "overdue",
        "--format",
        "eml",
        "--each",
        "department",
        "--outdir",
        box,
        now="2026-12-20T09:00",
        code=None,
    )
    import email
    from email import policy

    texts = [
        email.message_from_bytes(p.read_bytes(), policy=policy.default).as_string() for p in box.iterdir()
    ]
    assert texts and not any(complaint in t for t in texts)


def test_whose_case_rests_on_a_report(sw, ledger):
    """The person whose case cites a 举报 is kept from it as if it had named that person."""
    name = sw("heping", "intake", "--channel", "来电", "--category", "举报", "--subject", WORD, "--scope", "不明确",
              "--name", REPORTER, "--phone", PHONE).id  # fmt: skip
    assert sw("wangfang", "show", name).code == 0
    sw("heping", "sanction", "report", "--staff", "wangfang", "--article", "四", "--summary", "推", "--occurred",
       "2026-11-20", "--inquiry", name)  # fmt: skip
    sw("wangfang", "show", name, code=3)
    sw("wangfang", "note", name, "--text", "x", code=3)


def test_ones_own_case(sw):
    """Nobody reports, verifies, decides, serves, files, upholds or revokes in it; everybody may appeal."""
    case = ("--article", "四", "--summary", "推", "--occurred", "2026-11-20")
    sw("wangfang", "sanction", "report", "--staff", "wangfang", *case, code=3)
    name = sw("heping", "sanction", "report", "--staff", "wangfang", *case).id
    by_authority = ("--authority", "团党委")
    decided = ("--measure", "诫勉教育", "--reason", "x", *by_authority)
    for own in (("verify", name, "--finding", "不成立"),):
        assert "政务处分法第四十七条" in sw("wangfang", "sanction", *own, code=3).err
    sw("heping", "sanction", "verify", name, "--finding", "查实")
    sw("wangfang", "sanction", "decide", name, *decided, code=3)
    sw("heping", "sanction", "decide", name, *decided)
    for own in (("serve", name), ("file", name), ("revoke", name, "--reason", "事实不清", *by_authority)):
        sw("wangfang", "sanction", *own, code=3)
    assert sw("wangfang", "sanction", "show", name).code == 0
    sw("wangfang", "sanction", "appeal", name, "--text", "不服")
    sw("wangfang", "sanction", "uphold", name, *by_authority, code=3)
    sw("heping", "sanction", "uphold", name, "--authority", "办公室", code=3)
    sw("heping", "sanction", "uphold", name, *by_authority)
    sw("heping", "sanction", "revoke", name, "--reason", "x", "--authority", "办公室", code=3)
    sw("heping", "sanction", "revoke", name, "--reason", "x")


def test_an_own_revocation_in_a_file_is_found(sw, ledger):
    """A line that was merged or written by hand: check names it, and the appraisal does not count by it."""
    name = sw("heping", "sanction", "report", "--staff", "wangfang", "--article", "四", "--summary", "推", "--occurred",
              "2026-11-20").id  # fmt: skip
    (path,) = ledger.rglob(f"{name}.yaml")
    line = '- {"id": "x1x1", "at": "2026-11-23T09:15:00+08:00", "by": "wangfang", "do": "核实", "finding": "不成立"}\n'
    path.write_text(path.read_text("utf-8").rstrip("\n").removesuffix("[]").rstrip() + "\n" + line, "utf-8")
    found = sw("", "check", code=1).out
    assert "[powers]" in found and "政务处分法第四十七条" in found
    sw("", "evaluate", "2026", code=5)


def test_a_name_is_asked_for(sw, complaint):
    """Leaving the name away opens no door: one complaint, and what is revealed, are shown to somebody who says who."""
    for words in (
        ("show", complaint),
        ("show", complaint, "--format", "json"),
        ("form", "受理登记表", complaint),
    ):
        refused = sw("", *words, code=2)
        assert "--as" in refused.err
        assert not any(word in refused.out + refused.err for word in (REPORTER, PHONE, WORD))
    assert WORD in sw("heping", "show", complaint).out


def test_an_ordinary_inquiry_asks_for_no_name(sw):
    """A matter about nobody is shown as before."""
    name = sw(
        "wangfang",
        "intake",
        "--channel",
        "来电",
        "--category",
        "咨询",
        "--subject",
        WORD,
        "--scope",
        "本部门",
        "--name",
        REPORTER,
    ).id
    assert WORD in sw("", "show", name).out and WORD in sw("", "list").out


def test_what_is_revealed_without_a_name(sw, complaint, tmp_path):
    """A file with all names in clear leaves the complaint out, and says that there is one."""
    for who, there in (("", False), ("heping", True), ("wangfang", False)):
        path = tmp_path / f"{who or 'x'}.csv"
        done = sw(who, "export", "--reveal", "--output", path)
        plain = WORD in path.read_text("utf-8-sig")
        assert plain is there or "另有保密件" in done.err and not plain
        assert plain or "另有保密件" in done.err


@pytest.mark.parametrize("who", ["wangfang", "heping", ""])
def test_completion_tells_nothing(sw, complaint, who, monkeypatch):
    """An id is completed with its day alone, for everybody alike."""
    from shouwen.terminal import completers
    from shouwen.terminal.context import Context

    monkeypatch.setattr(completers, "_context", lambda ctx: Context((str(sw.ledger),), who))
    offered = completers.every(None, complaint[:8])
    assert (complaint, "2026-11-23 受理") in offered
    assert not any(word in f"{offered}" for word in (REPORTER, PHONE, WORD, "王芳"))
