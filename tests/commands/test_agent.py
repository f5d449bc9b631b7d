"""Who came for the inquirer (代理人): on record, on forms, in lists, masked; and kept from acting where it is staff."""

import json
import re

import pytest

NAME, AGENT, PHONE, WORD = "欧阳问", "司马代", "13912345678", "立项材料"
BASE = (
    "intake",
    "--channel",
    "来访",
    "--category",
    "咨询",
    "--subject",
    f"{WORD}，{AGENT}来问",
    "--scope",
    "本部门",
)
ASKER = ("--name", NAME, "--phone", "13812341234")
CAME = ("--agent", AGENT, "--agent-relation", "女儿", "--agent-phone", PHONE)


@pytest.fixture
def sw(ledger, run):
    """The command line on the ledger, as somebody."""
    return lambda who, *args, **more: run("-L", ledger, *(["--as", who] if who else []), *args, **more)


@pytest.fixture
def came(sw):
    """The id of an inquiry for which somebody else came."""
    return sw("wangfang", *BASE, *ASKER, *CAME).id


def test_it_stands_in_the_header(sw, ledger, came):
    """One line of its own, and no such line where the inquirer came in person."""
    (path,) = ledger.rglob(f"{came}.yaml")
    assert f'agent: {{"name": "{AGENT}", "phone": "{PHONE}", "relation": "女儿"}}' in path.read_text("utf-8")
    other = sw("wangfang", *BASE, "--name", "张某").id
    (path,) = ledger.rglob(f"{other}.yaml")
    assert "agent" not in path.read_text("utf-8")
    assert json.loads(sw("wangfang", "show", came, "--format", "json").out)["agent"]["relation"] == "女儿"
    assert sw("", "check").code == 0


@pytest.mark.parametrize(
    "words, why",
    [
        ((*ASKER, "--agent", AGENT), "--agent-relation"),
        ((*ASKER, "--agent", AGENT, "--agent-relation", " "), "--agent-relation"),
        ((*ASKER, "--agent-phone", PHONE), "没有写是谁"),
        ((*ASKER, "--agent-relation", "女儿"), "没有写是谁"),
        (CAME, "替谁"),
    ],
)
def test_half_an_agent_is_none(sw, ledger, words, why):
    """Without the relation, the name, or whom it is for, nothing is taken in."""
    assert why in sw("wangfang", *BASE, *words, code=2).err
    assert not list(ledger.rglob("inquiries/**/*.yaml"))


def test_for_an_organisation(sw):
    """A company comes by somebody, and needs no other name."""
    name = sw(
        "wangfang", *BASE, "--organisation", "某公司", "--agent", AGENT, "--agent-relation", "经办人员"
    ).id
    assert f"代理人：{AGENT}（经办人员）" in sw("wangfang", "show", name).out


FORMS = ("回执单", "受理登记表", "交接表", "提供材料一览表", "否定报备表")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("how", ["text", "html"])
def test_every_form_with_the_inquirer_has_the_agent(sw, came, form, how):
    """With the relation and the telephone, whole: it is the inquirer's own paper."""
    out = sw("wangfang", "form", form, came, "--format", how).out
    shown = re.sub(r"\s|<[^>]*>", "", out)
    assert f"{AGENT}（女儿）" in shown and PHONE in shown


LISTS = [
    *(("list", "--columns", "id,inquirer,agent,subject", "-f", f) for f in ("table", "plain", "csv", "json", "html")),
    *(("search", WORD, "--columns", "id,agent,subject", "-f", f) for f in ("table", "jsonl")),
    *(("form", "台账", "--from", "2026-11-01", "-f", f) for f in ("text", "html")),
    ("export", "-f", "csv"), ("export", "-f", "jsonl"), ("overdue", "-f", "json"), ("log",),
]  # fmt: skip


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_lists_mask_the_agent(sw, came, words):
    """Name and number nowhere whole, the name in free text neither; that there is one is shown."""
    seen = sw("wangfang", *words, code=None, now="2026-12-20T09:00")
    out = re.sub(r"\s|<[^>]*>", "", seen.out)
    assert AGENT not in out + seen.err and PHONE not in out and "代来" not in out
    if words[0] in ("list", "form", "export"):
        assert "司**" in out


def test_it_is_found(sw, came):
    """By name, number or relation, in that field alone."""
    for text in (AGENT, PHONE, "女儿"):
        assert came in sw("wangfang", "search", text, "--in", "agent").out
    assert came not in sw("wangfang", "search", AGENT, "--in", "name").out


def test_it_is_corrected(sw, came):
    """Each part; an agent that was not written down at first too. What stood before stays masked."""
    sw("wangfang", "correct", came, "--field", "agent.name", "--value", "诸葛代", "--reason", "听错")
    sw("wangfang", "correct", came, "--field", "agent.relation", "--value", "儿子", "--reason", "听错")
    out = sw("wangfang", "show", came).out
    assert "代理人：诸葛代（儿子）" in out
    assert AGENT not in sw("wangfang", "list", "--columns", "id,subject,agent").out
    late = sw("wangfang", *BASE, "--name", "张某").id
    sw("wangfang", "correct", late, "--field", "agent.name", "--value", "上官代", "--reason", "补记")
    assert "代理人：上官代" in sw("wangfang", "show", late).out


@pytest.mark.parametrize("more", [("--category", "举报"), ("--confidential",)])
def test_of_a_confidential_one_it_lies_apart(sw, ledger, more):
    """Neither name nor number nor relation in what git carries away, corrected or not; purged with the rest."""
    words = [*BASE[:3], "--category", "咨询", *BASE[5:], *ASKER, *CAME, *more]
    name = sw("wangfang", *words).id
    sw("wangfang", "correct", name, "--field", "agent.name", "--value", "诸葛代", "--reason", "听错")
    whole = [p.read_text("utf-8") for p in ledger.rglob("*.yaml") if "private" not in p.parts]
    assert not any(w in text for text in whole for w in (AGENT, PHONE, "女儿", "诸葛代"))
    assert "代理人：诸葛代（女儿）" in sw("wangfang", "show", name).out
    for words in (("list",), ("search", AGENT), ("export", "-f", "jsonl")):
        assert AGENT not in sw("wangfang", *words).out
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "已说明")
    sw("wangfang", "purge", name)
    assert not [
        p for p in ledger.rglob("*.yaml") if AGENT in p.read_text("utf-8") or PHONE in p.read_text("utf-8")
    ]


STAFF_AGENT = ("--agent-staff", "lijie", "--agent-relation", "儿媳")
ACTS = {
    "accept": ("lijie", "accept", "ID"), "note": ("lijie", "note", "ID", "--text", "x"), "close": ("lijie", "close", "ID", "--outcome", "已答复", "--result", "x"),
    "correct": ("lijie", "correct", "ID", "--field", "agent.staff", "--value", "", "--reason", "x"),
    "transfer to": ("wangfang", "handoff", "ID", "--to", "规划科/lijie", "--mode", "书面转交"),
    "contact": ("wangfang", "handoff", "ID", "--to", "规划科", "--mode", "告知联系方式", "--contact", "李洁,0631-5550133"),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_an_agent_who_works_here_takes_no_part(sw, ledger, act):
    """Sees it, as the inquirer's side does, and does nothing in it: it is a matter of one's own."""
    name = sw("wangfang", *BASE, *ASKER, *STAFF_AGENT).id
    (path,) = ledger.rglob(f"{name}.yaml")
    before = path.read_bytes()
    who, *words = ACTS[act]
    refused = sw(who, *[name if w == "ID" else w for w in words], code=3).err
    assert "公务员法第七十六条" in refused and "代理人" in refused or "应当回避" in refused
    assert path.read_bytes() == before
    assert "代理人：李洁（儿媳）" in sw("lijie", "show", name).out


def test_the_department_of_an_agent_works_on(sw):
    """Whoever comes for her mother does not stop her colleagues, nor those she leads."""
    name = sw("wangfang", *BASE, *ASKER, "--agent-staff", "sunmei", "--agent-relation", "子女").id
    sw(
        "wangfang",
        "handoff",
        name,
        "--to",
        "规划科",
        "--mode",
        "电话联系",
        "--reason",
        "属规划科",
        "--contact",
        "李洁,0631-5550133",
    )
    assert sw("lijie", "accept", name).id == name


def test_whose_agent_is_asked_first(sw):
    """Nobody takes in what he comes for himself; a colleague does."""
    assert "应当回避" in sw("lijie", *BASE, *ASKER, *STAFF_AGENT, code=3).err
    sw("wangfang", *BASE, *ASKER, *STAFF_AGENT)


def test_nobody_complains_of_himself_for_another(sw, ledger):
    """The one complained of is not the complainant's agent; nor made so afterwards."""
    words = [*BASE[:3], "--category", "投诉", *BASE[5:], *ASKER, "--about", "lijie"]
    assert "被反映的人" in sw("wangfang", *words, *STAFF_AGENT, code=3).err
    name = sw("wangfang", *words).id
    told = sw(
        "wangfang", "correct", name, "--field", "agent.staff", "--value", "lijie", "--reason", "x", code=3
    ).err
    assert "被反映的人" in told


def test_a_colleague_who_asks(sw):
    """An internal inquiry is not taken in, answered or closed by the colleague who made it."""
    words = (*BASE, "--name", "李洁", "--internal")
    assert "应当回避" in sw("lijie", *words, code=3).err
    name = sw("wangfang", *words).id
    assert (
        "公务员法第七十六条" in sw("lijie", "close", name, "--outcome", "已答复", "--result", "x", code=3).err
    )
    assert sw("lijie", "show", name).code == 0
    assert "应当回避" in sw("lijie", *BASE, "--name", "lijie", "--internal", code=3).err
    sw(
        "lijie", "intake", "--channel", "发现", *BASE[3:], "--name", "李洁", "--internal"
    )  # on duty, not for herself
    plain = sw("wangfang", *BASE, "--name", "李洁").id  # somebody else of that name from outside
    sw("lijie", "note", plain, "--text", "x")


def test_a_line_by_hand_is_found(sw, ledger):
    """An act of the agent, and an agent complained of, that stand in a file: check has both, with their lines."""
    name = sw("wangfang", *BASE, *ASKER, *STAFF_AGENT).id
    (path,) = ledger.rglob(f"{name}.yaml")
    text = path.read_text("utf-8")
    line = '- {"id": "x1x1", "at": "2026-11-23T09:15:00+08:00", "by": "lijie", "do": "记事", "text": "x"}\n'
    path.write_text(text.replace("policy:", 'about: ["lijie"]\npolicy:') + line, "utf-8")
    found = sw("", "check", code=1).out
    assert found.count("[powers]") >= 2 and "代理人" in found
