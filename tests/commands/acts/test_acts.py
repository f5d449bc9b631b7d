"""The acts on one inquiry: their exit codes, what scripts read, and every unlawful move refused."""

import json

import pytest

HANDOFF = ("handoff", "ID", "--to", "规划科/lijie", "--mode", "电话联系")
NOTIFY = ("notify", "ID", "--material", "执照")
SUSPEND = ("suspend", "ID", "--reason", "特别程序")
CLOSE = ("close", "ID", "--outcome", "已答复", "--result", "已告知")
EXTEND = ("extend", "ID", "--by", "1", "--approved-by", "zhaojun", "--reason", "勘验")
ACCEPT, RETURN = ("accept", "ID"), ("return", "ID", "--reason", "不属本科")
SUPPLEMENT, RESUME = ("supplement", "ID"), ("resume", "ID")
CALLBACK, REOPEN = ("callback", "ID", "--rating", "满意"), ("reopen", "ID", "--reason", "没解决")
INSTRUCT = ("instruct", "ID", "--text", "由规划科办", "--designate", "规划科")
NOTE, PROGRESS = ("note", "ID", "--text", "备注"), ("progress", "ID", "--text", "已说明")
URGE, SUPERVISE = ("urge", "ID"), ("supervise", "ID", "--text", "请速办")
APPOINT = ("appoint", "ID", "--when", "11-25 09:30")
ESCALATE = ("escalate", "ID", "--text", "请指定")
CORRECT = ("correct", "ID", "--field", "subject", "--value", "新事由", "--reason", "听错")

OPEN = ()
PENDING = (("wangfang", HANDOFF),)
TAKEN = (*PENDING, ("lijie", ACCEPT))
NOTIFIED, SUSPENDED = (("wangfang", NOTIFY),), (("wangfang", SUSPEND),)
CLOSED = (("wangfang", CLOSE),)
DESIGNATED = (("zhaojun", INSTRUCT),)


@pytest.fixture
def brought(sw, inquiry):
    """``brought(OPEN)``: an inquiry to which those acts happened; its id."""

    def to(steps) -> str:
        name = inquiry()
        for who, words in steps:
            sw(who, *(name if w == "ID" else w for w in words))
        return name

    return to


@pytest.fixture
def act(sw):
    """``act("wangfang", NOTE, id)``: do it, with the id filled in."""

    def done(who: str, words, name: str, **more):
        return sw(who, *(name if w == "ID" else w for w in words), **more)

    return done


@pytest.mark.parametrize(
    "before, who, words, do",
    [
        (OPEN, "wangfang", HANDOFF, "转办"),
        (PENDING, "lijie", ACCEPT, "签收"),
        (PENDING, "lijie", RETURN, "退回"),
        (PENDING, "wangfang", RETURN, "退回"),
        (OPEN, "wangfang", PROGRESS, "反馈"),
        (CLOSED, "wangfang", NOTE, "记事"),
        (OPEN, "wangfang", NOTIFY, "一次性告知"),
        (NOTIFIED, "wangfang", SUPPLEMENT, "补正"),
        (OPEN, "wangfang", SUSPEND, "中止"),
        (SUSPENDED, "wangfang", RESUME, "恢复"),
        (OPEN, "wangfang", ESCALATE, "请示"),
        (OPEN, "zhaojun", INSTRUCT, "批示"),
        (OPEN, "wangfang", EXTEND, "延期"),
        (OPEN, "wangfang", APPOINT, "预约"),
        (OPEN, "zhaojun", URGE, "催办"),
        (OPEN, "heping", SUPERVISE, "督办"),
        (OPEN, "wangfang", CLOSE, "办结"),
        (CLOSED, "wangfang", CALLBACK, "回访"),
        (CLOSED, "wangfang", REOPEN, "重办"),
        (OPEN, "wangfang", CORRECT, "更正"),
    ],
)  # fmt: skip
def test_a_lawful_act(before, who, words, do, brought, act):
    """The id on stdout, where it stands on stderr; with --format json the whole record instead."""
    name = brought(before)
    done = act(who, words, name)
    assert done.out == f"{name}\n"
    assert done.err
    other = brought(before)
    whole = json.loads(act(who, (*words, "--format", "json"), other).out)
    assert (whole["id"], whole["events"][-1]["do"], whole["events"][-1]["by"]) == (other, do, who)


@pytest.mark.parametrize(
    "before, who, words, said",
    [
        (CLOSED, "wangfang", HANDOFF, "转办不成立：现为“办结”，不能转办（须为在办）"),
        (PENDING, "wangfang", HANDOFF, "转办不成立：现为“待签收”，不能转办（须为在办）"),
        (NOTIFIED, "wangfang", HANDOFF, "转办不成立：现为“中止”，不能转办（须为在办）"),
        (OPEN, "lijie", ACCEPT, "签收不成立：现为“在办”，不能签收（须为待签收）"),
        (TAKEN, "lijie", ACCEPT, "签收不成立：现为“在办”，不能签收（须为待签收）"),
        (PENDING, "heping", ACCEPT, "这件转给了规划科，何平在办公室，不能签收"),
        (PENDING, "heping", RETURN, "这件转给了规划科，何平在办公室，不能退回"),
        (DESIGNATED, "lijie", RETURN, "退回不成立：由领导指定承办，不得退回"),
        (OPEN, "wangfang", SUPPLEMENT, "补正不成立：现为“在办”，不能补正（须为中止）"),
        (SUSPENDED, "wangfang", SUPPLEMENT, "补正不成立：补正对应一次性告知，恢复对应中止，现在等的不是这一项"),
        (NOTIFIED, "wangfang", RESUME, "恢复不成立：补正对应一次性告知，恢复对应中止，现在等的不是这一项"),
        (CLOSED, "wangfang", CLOSE, "办结不成立：现为“办结”，不能办结（须为在办、待签收、中止）"),
        (CLOSED, "wangfang", EXTEND, "延期不成立：现为“办结”，不能延期（须为在办、待签收、中止）"),
        (CLOSED, "zhaojun", URGE, "催办不成立：现为“办结”，不能催办（须为在办、待签收、中止）"),
        (CLOSED, "zhaojun", INSTRUCT, "批示不成立：现为“办结”，不能批示（须为在办、待签收、中止）"),
        (OPEN, "wangfang", CALLBACK, "回访不成立：现为“在办”，不能回访（须为办结）"),
        (OPEN, "wangfang", REOPEN, "重办不成立：现为“在办”，不能重办（须为办结）"),
        (OPEN, "wangfang", (*NOTE, "--at", "09:14"), "时间 2026-11-23 09:14 早于受理时间 2026-11-23 09:15"),
        (OPEN, "wangfang", (*HANDOFF[:3], "wangfang", *HANDOFF[4:]), "现在就由王芳负责，不必转办"),
        (OPEN, "wangfang", (*EXTEND[:3], "9", *EXTEND[4:]), "默认 延期无效：延期超过每次5个工作日"),
    ],
)  # fmt: skip
def test_an_unlawful_act(before, who, words, said, brought, act, ledger):
    """Refused with exit code 3 and the reason; the record keeps every byte."""
    name = brought(before)
    (path,) = ledger.glob(f"inquiries/*/*/{name}.yaml")
    kept = path.read_bytes()
    refused = act(who, words, name, code=3)
    assert refused.out == ""
    assert f"shouwen: {name}: {said}" in refused.err.splitlines()[-1]
    assert path.read_bytes() == kept


@pytest.mark.parametrize(
    "words, code, said",
    [
        (("handoff", "ID", "--to", "规划", "--mode", "引领"), 4, "没有部门“规划”；相近的有：规划科"),
        (("handoff", "ID", "--to", "规划科/wangfang", "--mode", "引领"), 4, "王芳不在规划科，在审批科"),
        (("handoff", "ID", "--to", "规划科/lijei", "--mode", "引领"), 4, "人员表里没有“lijei”；相近的有：lijie（李洁）"),
        (("correct", "ID", "--field", "department", "--value", "x", "--reason", "y"), 3, "“department”不能更正；可更正：受理时间、渠道、"),
        (("correct", "ID", "--field", "颜色", "--value", "x", "--reason", "y"), 2, "“颜色”不能更正；可更正：受理时间、"),
        (("correct", "ID", "--field", "姓名", "--value", "甲", "--value", "乙", "--reason", "y"), 2, "--field 有 1 项，--value 有 2 个"),
        (("correct", "ID", "--field", "姓名", "--field", "name", "--value", "甲", "--value", "乙", "--reason", "y"), 2, "“姓名”写了两次"),
        (("correct", "ID", "--field", "电话", "--value", "abc", "--reason", "y"), 2, "“abc”不是电话号码"),
        (("correct", "ID", "--field", "事由", "--value", " ", "--reason", "y"), 2, "--value 事由（正确的事由）不能为空"),
        (("correct", "ID", "--field", "事项", "--value", "施工", "--reason", "y"), 2, "事项没有“施工”；可用：施工许可证、"),
        (("handoff", "ID", "--to", "规划科", "--mode", "带去"), 2, "方式没有“带去”；可用：引领、"),
        (("handoff", "ID", "--to", "规划科", "--mode", "引领", "--with", "规化科"), 4, "没有部门“规化科”；相近的有：规划科"),
        (("handoff", "ID", "--mode", "引领"), 2, "缺少 --to（转给（部门或部门/人员））；可用：审批科、规划科、办公室"),
        (("handoff", "ID", "--to", "规划科"), 2, "缺少 --mode（方式）；可用：引领、"),
        (("return", "ID"), 2, "缺少 --reason（退回理由）"),
        (("progress", "ID"), 2, "缺少 --text（告诉了什么）"),
        (("note", "ID"), 2, "缺少 --text（备注）"),
        (("notify", "ID"), 2, "缺少 --material（还缺的材料（用顿号分开））"),
        (("suspend", "ID"), 2, "缺少 --reason（中止原因）；可用：特别程序、"),
        (("suspend", "ID", "--reason", "累了"), 2, "中止原因没有“累了”；可用：特别程序、"),
        (("escalate", "ID"), 2, "缺少 --text（请示什么）"),
        (("escalate", "ID", "--text", "x", "--to", "孙枚"), 4, "人员表里没有“孙枚”；相近的有：sunmei（孙梅）"),
        (("instruct", "ID"), 2, "缺少 --text（批示内容）"),
        (("instruct", "ID", "--text", "x", "--designate", "y"), 4, "没有部门“y”"),
        (("extend", "ID"), 2, "--by（几个工作日）和 --until（延到何时）写一个"),
        (("extend", "ID", "--by", "1", "--until", "11-30"), 2, "--by（几个工作日）和 --until（延到何时）写一个"),
        (("extend", "ID", "--by", "1"), 2, "缺少 --approved-by（批准的领导）"),
        (("appoint", "ID"), 2, "缺少 --when（约定的时间）"),
        (("appoint", "ID", "--when", "改天"), 2, "--when “改天”看不懂；写成 2026-11-23 09:15"),
        (("supervise", "ID"), 2, "缺少 --text（督办要求）"),
        (("close", "ID"), 2, "缺少 --outcome（结果）；可用：已解决、"),
        (("close", "ID", "--outcome", "已解决"), 2, "缺少 --result（答复或处理的内容）"),
        (("close", "ID", "--outcome", "搞定"), 2, "结果没有“搞定”；可用：已解决、"),
        ((*CLOSE, "--told", "09:15", "--not-told", "忘了"), 2, "--told（告知时间）和 --not-told（没有告知的原因）只写一个"),
        ((*CLOSE, "--told", "10:00"), 2, "--told “10:00”晚于现在（2026-11-23 09:15）"),
        ((*CLOSE, "--signed-by", "赵君"), 4, "人员表里没有“赵君”；相近的有：zhaojun（赵军）"),
        (("callback", "ID"), 2, "缺少 --rating（评价）；可用：非常满意、"),
        (("callback", "ID", "--rating", "好"), 2, "评价没有“好”；可用：非常满意、"),
        (("reopen", "ID"), 2, "缺少 --reason（重办理由）"),
        (("correct", "ID"), 2, "缺少 --field（哪几项）；可用：受理时间、"),
        (("correct", "ID", "--field", "channel", "--value", "传真"), 2, "渠道没有“传真”；可用：来访、"),
        ((*NOTE, "--at", "09:16"), 2, "--at “09:16”晚于现在（2026-11-23 09:15）"),
        ((*NOTE, "--at", "明天 09:00"), 2, "--at “明天 09:00”晚于现在（2026-11-23 09:15）"),
        ((*NOTE, "--at", "饭后"), 2, "--at “饭后”看不懂；写成 2026-11-23 09:15、11-23 9:15、09:15 或 昨天 15:00"),
        ((*NOTE, "--at", "11-23"), 2, "--at “11-23”只有日期，没有钟点；"),
        (("urge", "K7Q4"), 4, "没有编号含“K7Q4”的记录；用 shouwen list 查看"),
    ],
)  # fmt: skip
def test_bad_input(words, code, said, brought, act, ledger):
    """An option missing without a terminal, a word that is none, a person there is not: said, not guessed."""
    name = brought(OPEN)
    (path,) = ledger.glob(f"inquiries/*/*/{name}.yaml")
    kept = path.read_bytes()
    refused = act("wangfang", words, name, code=code)
    assert refused.out == ""
    assert refused.err.startswith(f"shouwen: {said}")
    assert path.read_bytes() == kept


def test_unknown_actor(sw, inquiry):
    """A misspelt --as offers the person nearest to it."""
    refused = sw("wangfan", "note", inquiry(), "--text", "x", code=4)
    assert refused.err.startswith("shouwen: 人员表里没有“wangfan”；相近的有：wangfang（王芳）")


def test_refusal_without_its_report(brought, act):
    """不予办理 without reason, basis and signature is refused with the three named (否定报备)."""
    name = brought(OPEN)
    words = ("close", "ID", "--outcome", "不予办理", "--result", "不符合条件")
    assert "缺少理由、依据、签字领导" in act("wangfang", words, name, code=3).err
    more = ("--reason", "未取得用地批准", "--basis", "建筑法第八条", "--signed-by", "zhaojun")
    act("wangfang", (*words, *more), name)


def test_extension_after_expiry(brought, act):
    """Asked for when the limit has run out, more time is refused, and says so."""
    name = brought(OPEN)
    assert "延期" in act("wangfang", EXTEND, name, code=3, now="2026-12-04T09:00").err


def test_escalating_up_the_chain(brought, act):
    """Each 请示 goes one step higher; above the last there is nobody, and the tool says whom to add."""
    name = brought(OPEN)
    asked = [json.loads(act("wangfang", (*ESCALATE, "--format", "json"), name, now=f"2026-11-23T{hour}:00").out)["events"][-1]["to"]
             for hour in (10, 11)]  # fmt: skip
    assert asked == ["zhaojun", "heping"]
    assert "审批科之上没有可请示的领导" in act("wangfang", ESCALATE, name, code=4).err


def test_a_malformed_record_is_not_touched(brought, act, ledger):
    """An act on a record that cannot be read says where it is broken, exit code 5, and changes nothing."""
    name = brought(OPEN)
    (path,) = ledger.glob(f"inquiries/*/*/{name}.yaml")
    path.write_text(path.read_text("utf-8").replace('"来电"', '"来电'), "utf-8")
    kept = path.read_bytes()
    refused = act("wangfang", NOTE, name, code=5)
    assert refused.err.startswith(f"shouwen: {path.relative_to(ledger)}:3: ")
    assert path.read_bytes() == kept


def test_an_empty_time_is_a_missing_one(sw, inquiry):
    """--when "" agreed on this very moment; a script whose variable is empty must be told."""
    assert "缺少 --when（约定的时间）" in sw("wangfang", "appoint", inquiry(), "--when", "", code=2).err
    report = ("sanction", "report", "--staff", "wangfang", "--article", "四", "--summary", "某事")
    assert "缺少 --occurred（哪一天发生的）" in sw("zhaojun", *report, "--occurred", "", code=2).err


def test_what_governs_is_said_by_whose_limit_it_is(sw, inquiry):
    """A promise is told as a promise, not as the default that it stands in for."""
    name = inquiry()
    told = sw("wangfang", "progress", name, "--text", "下周", "--promise", "2026-12-03 17:00")
    assert "承诺期限：2026-12-03 17:00（承诺，按约定）" in told.err
