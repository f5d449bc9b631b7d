"""Departments of one name: the old 审批科, renamed since, and the new one that was given its name."""

import pytest

STAFF = """\
departments:
  办公室: {leader: heping}
  服务科: {leader: zhaojun, formerly: [{name: 审批科, until: 2026-11-19}]}
  审批科: {leader: sunmei, from: 2026-11-20}
staff:
  wangfang: {name: 王芳, department: 服务科, rank: 2}
  zhaojun: {name: 赵军, department: 服务科, rank: 5}
  lijie: {name: 李洁, department: 审批科, rank: 2}
  sunmei: {name: 孙梅, department: 审批科, rank: 5}
  heping: {name: 何平, department: 办公室, rank: 6}
"""
OLD, NEW = "审批科（后为服务科）", "审批科"
WORDS = ("intake", "--channel", "来电", "--category", "咨询", "--scope", "本部门")


@pytest.fixture
def sw(ledger, run):
    """The command line on that ledger, as somebody; the name was given again on 11-20."""
    (ledger / "staff.yaml").write_text(STAFF, "utf-8")
    (ledger / "matters.yaml").write_text("施工许可证: {department: 审批科}\n", "utf-8")
    return lambda who, *args, **more: run("-L", ledger, "--as", who, *args, **more)


@pytest.fixture
def two(sw):
    """One inquiry of each, both open."""
    old = sw("wangfang", *WORDS, "--subject", "旧的", "--received", "2026-11-18T10:00").id
    new = sw("lijie", *WORDS, "--subject", "新的", "--received", "2026-11-20T10:00").id
    return old, new


def test_each_is_listed_under_its_own(sw, two):
    """By the present name, by either name of the old one, and as it is shown."""
    old, new = two
    for said, wanted, other in ((NEW, new, old), ("服务科", old, new), (OLD, old, new)):
        for command in ("list", "overdue --soon 30", "log"):
            seen = sw("heping", *command.split(), "--department", said, now="2026-11-27T10:00").out
            assert wanted in seen and other not in seen, (said, command)


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--columns", "id,department,holder"),
        ("overdue", "--soon", "30"),
        ("overdue", "--soon", "30", "--by", "department"),
        ("overdue", "--soon", "30", "--format", "json"),
        ("bulletin", "--from", "2026-11-01", "--to", "2026-11-23", "--by", "department"),
        ("export", "--format", "csv"),
        ("export", "--format", "jsonl"),
    ],
    ids=lambda words: "-".join(w.strip("-") for w in words[:5]),
)
def test_they_are_told_apart_where_departments_are_shown(sw, two, words):
    """The old one stands under its name of now where today or a period is told, else it says which; the new one has its name alone."""
    sw(
        "heping",
        "sanction",
        "report",
        "--department",
        "审批科",
        "--article",
        "四",
        "--summary",
        "推诿",
        "--occurred",
        "2026-11-18",
    )
    sw(
        "heping",
        "sanction",
        "report",
        "--department",
        "审批科",
        "--article",
        "四",
        "--summary",
        "推诿",
        "--occurred",
        "2026-11-20",
    )
    seen = sw("heping", *words, now="2026-11-27T10:00").out
    old = "服务科" if words[0] in ("overdue", "bulletin") else OLD
    assert old in seen and NEW in seen.replace(OLD, "")


def test_show_and_forms_say_which(sw, two):
    """So does a single one, on the screen and on paper."""
    old, new = two
    for words in (("show",), ("form", "回执单")):
        assert OLD in sw("heping", *words, old).out, words
        seen = sw("heping", *words, new).out
        assert NEW in seen and OLD not in seen, words


def test_what_was_handed_to_the_old_one(sw, ledger):
    """Is signed for by its people, not by those who have its name now; and the file keeps the name of its day."""
    name = sw("heping", *WORDS[:-1], "其他部门", "--subject", "x", "--received", "2026-11-18T10:00").id
    sw(
        "heping",
        "handoff",
        name,
        "--to",
        "审批科",
        "--mode",
        "书面转交",
        "--reason",
        "其职责",
        "--at",
        "2026-11-18T11:00",
    )
    assert "不能签收" in sw("lijie", "accept", name, code=3).err
    sw("wangfang", "accept", name)
    raw = next(ledger.glob(f"inquiries/*/*/{name}.yaml")).read_text("utf-8")
    assert '"department": "审批科"' in raw and "后为" not in raw
    assert "没有问题" in sw("heping", "check").err
    sw("heping", "fmt", name)
    assert next(ledger.glob(f"inquiries/*/*/{name}.yaml")).read_text("utf-8") == raw


def test_whose_case_it_is(sw, ledger):
    """A case of the old one concerns its leader, of then and of now; whoever leads its namesake has no part in it."""
    case = sw("heping", "sanction", "report", "--department", "审批科", "--article", "四", "--summary", "推诿",
              "--occurred", "2026-11-18").out.strip()  # fmt: skip
    assert "应当回避" in sw("zhaojun", "sanction", "verify", case, "--finding", "查实", code=3).err
    sw("sunmei", "sanction", "verify", case, "--finding", "查实")
    assert OLD in sw("heping", "sanction", "show", case).out
    assert "没有问题" in sw("heping", "check").err


def test_the_appraisal_counts_each(sw):
    """By what the department is called now: the two are never added up."""
    for day in ("2026-11-18", "2026-11-20"):
        sw(
            "heping",
            "sanction",
            "report",
            "--department",
            "审批科",
            "--article",
            "四",
            "--summary",
            "推诿",
            "--occurred",
            day,
        )
    seen = sw("heping", "evaluate", "2026", now="2026-11-27T10:00").out
    assert "\n  服务科  本年度无措施\n" in seen and "\n  审批科  本年度无措施\n" in seen


def test_inquirers_of_one_name(sw):
    """Their names are masked; their telephones, masked too, tell them apart where asked for."""
    for phone in ("13800000001", "13900000002"):
        sw("heping", *WORDS, "--subject", phone, "--name", "张伟", "--phone", phone)
    seen = sw("heping", "list", "--columns", "inquirer,phone").out
    assert "138****0001" in seen and "139****0002" in seen and "张伟" not in seen
