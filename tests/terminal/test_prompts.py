"""Prompts in a real terminal of 80 columns: edited, gone back on, seen whole before anything is written."""

import os
import re
import shutil
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.support.desk_at_terminal import CONFIRM, PROGRAM, Desk
from tests.support.records import PLAIN

pexpect = pytest.importorskip("pexpect")
SUBJECTS = (
    "施工许可证办理",
    "立项要什么材料",
    "社保转移",
    "路灯不亮",
    "公积金提取",
    "门牌号更正",
    "噪声扰民",
    "退休认证",
    "营业执照遗失",
    "户口迁移",
)


def records(ledger: Path) -> list[str]:
    """The texts of all records."""
    return [p.read_text("utf-8") for p in sorted(ledger.glob("inquiries/*/*/*.yaml"))]


@pytest.mark.slow
def test_twenty_intakes_in_a_row(ledger):
    """35 keys each on average, everything seen before it is written, no line wider than the screen asked of the clerk."""
    total = 0
    for n in range(20):
        desk = Desk(ledger, "intake")
        subject = SUBJECTS[n % len(SUBJECTS)]
        for asked, keys in (
            ("渠道.*：$", "2"),
            ("类别.*：$", "1"),
            ("事由：$", subject),
            ("姓名.*：$", "张某"),
            ("电话：$", f"138{n:08}"),
            ("代理人.*：$", ""),
        ):
            desk.type(asked, keys)
        while desk.child.expect(["事项[^\r\n]*：$", "职责[^\r\n]*：$", CONFIRM]) != 2:
            offered = "[" in desk.child.after
            desk.keys += 1 if offered else 2
            desk.child.send("\r" if offered else "3\r")
        shown = desk.child.before
        assert (
            f"事由：{subject}" in shown and f"联系电话：138{n:08}" in shown and "服务对象姓名：张某" in shown
        )
        assert len(records(ledger)) == n
        desk.keys += 1
        desk.child.send("\r")
        assert desk.left()[0] == 0
        total += desk.keys
    assert len(records(ledger)) == 20
    assert total / 20 <= 35, total


def test_arrow_keys_edit_the_line(ledger):
    """Left, insert, Ctrl-A, Ctrl-E, Backspace: the record has the text as it was seen, no [D."""
    desk = Desk(ledger, "intake", "--channel", "来电", "--category", "咨询", "--anonymous", "--scope", "本人")
    desk.type("事由：$", "工许正\x1b[D\x1b[D\x1b[D施\x1b[F\x7f证")
    desk.type("事由：施工许证.*" + CONFIRM, "")
    assert desk.left()[0] == 0
    assert 'subject: "施工许证"' in records(ledger)[0]


def test_back_and_change(ledger):
    """< asks the question before again with what was typed; a number at the end changes that one; others stand."""
    desk = Desk(ledger, "intake", "--channel", "来电", "--category", "咨询")
    desk.type("事由：$", "路灯")
    desk.type("姓名.*：$", "<")
    desk.type("事由：路灯$", "不亮")
    desk.type("姓名.*：$", "张某")
    desk.type("电话：$", "13812345678")
    desk.type("代理人.*：$", "")
    desk.type("职责.*：$", "1")
    desk.type("1. 事由：路灯不亮.*2. 服务对象姓名：张某.*" + CONFIRM, "2")
    desk.type("姓名（回车为匿名）：张某$", "\x15李某")
    desk.type("2. 服务对象姓名：李某.*3. 联系电话：13812345678.*" + CONFIRM, "")
    assert desk.left()[0] == 0
    (text,) = records(ledger)
    assert 'subject: "路灯不亮"' in text and '"name": "李某", "phone": "13812345678"' in text


@pytest.mark.parametrize("answer, code", [("n", 130), ("\x03", 130), ("\x04", 2)])
def test_giving_up_at_the_end_writes_nothing(answer, code, ledger, inquiry):
    """No, Ctrl-C and Ctrl-D before the last Enter: it says so, and every byte stands."""
    name = inquiry()
    before = records(ledger)
    desk = Desk(ledger, "note", name)
    desk.type("备注：$", "原件在档案柜")
    desk.child.expect(CONFIRM)
    desk.child.send(answer + ("\r" if answer == "n" else ""))
    left, shown = desk.left()
    assert (left, records(ledger)) == (code, before)
    assert "什么也没有写" in shown


def test_a_phone_is_checked_where_it_is_typed(ledger):
    """abc is no number: asked again at once; full-width digits are taken as half-width ones."""
    desk = Desk(
        ledger,
        *PLAIN,
        "--name",
        "张某",
    )
    desk.type("联系电话：$", "abc")
    desk.type("“abc”不是电话号码；.*联系电话：$", "\x15０６３１－５５５０１２３")
    desk.type("代理人.*：$", "")
    desk.type("联系电话：0631-5550123.*" + CONFIRM, "")
    assert desk.left()[0] == 0
    assert '"phone": "0631-5550123"' in records(ledger)[0]


@pytest.mark.parametrize("paste", ["\x1b[200~第一行\n第二行\x1b[201~", "第一行\n第二行"])
def test_a_paste_of_two_lines_is_one_answer(paste, ledger):
    """The second line does not become the name, whether the terminal marks a paste or not; it is told."""
    desk = Desk(ledger, "intake", "--channel", "来电", "--category", "咨询", "--scope", "本人")
    desk.child.expect("事由：$")
    desk.child.send(paste + "\r")
    desk.type("粘贴了 2 行，合成一句.*姓名.*：$", "")
    desk.type("事由：第一行 第二行.*" + CONFIRM, "")
    assert desk.left()[0] == 0
    assert 'subject: "第一行 第二行"' in records(ledger)[0]


@pytest.mark.parametrize("choice", ["2", "2.", "2、", "２", "２．", "2)", "来电", "来电 "])
def test_choices_are_taken_as_they_are_written(choice, ledger):
    """With a dot, a 、, full-width, or the word itself."""
    desk = Desk(ledger, "intake", "--category", "咨询", "--subject", "x", "--scope", "本人", "--anonymous")
    desk.type("渠道.*：$", choice)
    desk.type("1. 渠道：来电.*" + CONFIRM, "")
    assert desk.left()[0] == 0


NASTY = ["\x01\x02\x05\x06\x0b\x0e\x10\x14\x17\x18\x19", "😀👨‍👩‍👧施工", "\u202eabc\u202c", "a" * 10_000, b"\xe6\x96", b"\xed\xa0\x80x", "\x1b[A\x1b[B\x1bOP",
         "\t\t", "'\"\\$(rm)", "\x7f" * 30 + "好"]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("keys", NASTY, ids=range(len(NASTY)))
def test_whatever_is_typed_is_seen_before_it_is_written(keys, ledger, inquiry):
    """Control keys, 10 kB, emoji, right-to-left marks, halves of characters: no traceback, and the record has what was shown."""
    name = inquiry()
    desk = Desk(ledger, "note", name)
    desk.child.expect("备注：$")
    desk.child.setecho(False)
    raw = keys if isinstance(keys, bytes) else keys.encode()
    for start in range(0, len(raw), 512):
        os.write(desk.child.child_fd, raw[start : start + 512])
    os.write(desk.child.child_fd, b"\r")
    if desk.child.expect([CONFIRM, "备注：[^\r\n]*$"]) == 1:
        desk.child.sendintr()
        assert desk.left()[0] == 130
        assert "记事" not in records(ledger)[0]
        return
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\r", "", desk.child.before).split("1. 备注：")[1].split("\n")[0]
    desk.child.send("\r")
    assert desk.left()[0] == 0
    written = records(ledger)[0].splitlines()[-1].split('"text": ')[1].removesuffix("}")
    assert (
        written.strip('"').replace('\\"', '"').replace("\\\\", "\\")[:60]
        == shown.replace("\\u202e", "\u202e")[:60]
        or "\\u" in written
    )


def test_nothing_typed_is_kept_in_a_history(ledger, inquiry, tmp_path, monkeypatch):
    """No file of past lines at home, and an answer is not offered to the next prompt."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    desk = Desk(ledger, "correct", inquiry())
    desk.type("哪几项.*：$", "4")
    desk.type("正确的事由：$", "新的事由")
    desk.child.expect("更正的原因：$")
    desk.child.send("\x1b[A\x1b[A")
    desk.child.send("听错\r")
    desk.type("3. 更正的原因：听错.*" + CONFIRM, "")
    assert desk.left()[0] == 0
    assert [p for p in (tmp_path / "home").rglob("*") if "history" in p.name] == []


def test_a_script_is_not_asked(ledger, sw, inquiry):
    """With every value given there is no summary, also at a terminal."""
    name = inquiry()
    desk = Desk(ledger, "note", name, "--text", "x")
    code, shown = desk.left()
    assert code == 0 and "将要写入" not in shown


@pytest.mark.parametrize(
    "typed, to",
    [("", '{"department": "规划科", "staff": "lijie"}'), ("李洁", '{"department": "规划科", "staff": "lijie"}'),
     ("3", '{"department": "办公室"}'), ("规划", '{"department": "规划科"}')],
)  # fmt: skip
def test_a_handoff_offers_where_the_matter_belongs(typed, to, ledger, inquiry):
    """Enter takes what route suggests; a person, a number or a beginning does as well; what there is not is asked again."""
    desk = Desk(ledger, "handoff", inquiry(), "--mode", "引领", "--reason", "属规划科")
    desk.type(r"转给.*3.办公室 \[规划科/lijie\]：$", "不知道科")
    desk.type(r"没有.*“不知道科”.*转给.*：$", typed)
    desk.type("1. 转给：.*" + CONFIRM, "")
    assert desk.left()[0] == 0
    assert f'"do": "转办", "to": {to}' in records(ledger)[0]


def test_the_suggestion_is_for_eyes_alone(sw, inquiry):
    """A script that leaves out --to is told so; nothing is taken for granted."""
    assert "缺少 --to" in sw("wangfang", "handoff", inquiry(), "--mode", "引领", code=2).err


def test_who_came_for_somebody_is_asked(ledger):
    """An agent's name leads to the relation, which cannot be left out, and the number; Enter alone to none of it."""
    desk = Desk(
        ledger, "intake", "--channel", "来访", "--category", "咨询", "--subject", "x", "--scope", "本人"
    )
    desk.type("姓名.*：$", "张某")
    desk.type("联系电话：$", "")
    desk.type("代理人姓名（本人来的回车）：$", "李某")
    desk.type("与服务对象的关系.*：$", "女儿")
    desk.type("代理人电话：$", "13912345678")
    desk.type(CONFIRM, "")
    assert desk.left()[0] == 0
    assert 'agent: {"name": "李某", "phone": "13912345678", "relation": "女儿"}' in records(ledger)[0]


def test_several_corrections_at_the_terminal(ledger, inquiry):
    """Numbers or names of the list; each value is checked where it is typed; all are seen before they are written."""
    desk = Desk(ledger, "correct", inquiry())
    desk.type(r"11\.姓名[\s\S]*哪几项：$", "颜色")
    desk.type("“颜色”不能更正.*哪几项.*：$", "2 电话、事由")
    desk.type("正确的渠道.*：$", "1")
    desk.type("正确的电话：$", "abc")
    desk.type("“abc”不是电话号码.*正确的电话：$", "\x150631-5550199")
    desk.type("正确的事由：$", "路灯")
    desk.type("更正的原因：$", "听错")
    desk.type("1. 哪几项：渠道、电话、事由.*2. 正确的渠道：来访.*3. 正确的电话：0631-5550199.*" + CONFIRM, "")
    assert desk.left()[0] == 0
    assert records(ledger)[0].count('"do": "更正"') == 3


@pytest.mark.parametrize(
    "words, asked, right, written",
    [(("correct", "ID", "--field", "颜色", "--value", "x", "--reason", "y"), "“颜色”不能更正.*哪几项.*：$", "事由", '"value": "x"'),
     (("correct", "ID", "--field", "类别", "--value", "胡说", "--reason", "y"), "没有“胡说”.*正确的类别.*：$", "投诉", '"value": "投诉"'),
     (("handoff", "ID", "--to", "归划科", "--mode", "引领", "--reason", "x"), "没有部门“归划科”.*转给.*：$", "规划科", '"department": "规划科"'),
     (("handoff", "ID", "--to", "规划科", "--mode", "带路", "--reason", "x"), "没有“带路”.*方式.*：$", "引领", '"mode": "引领"'),
     (("extend", "ID", "--by", "1", "--reason", "x", "--approved-by", "赵君"), "没有“赵君”.*批准的领导：$", "赵军", '"approved_by": "zhaojun"'),
     (("note", "ZZZZZZ", "--text", "记一笔"), "没有编号含“ZZZZZZ”.*编号：$", "ID", "记一笔")],
)  # fmt: skip
def test_what_is_wrong_on_the_line_is_asked_again(words, asked, right, written, ledger, inquiry):
    """At a terminal one bad value does not lose the act: it is named, asked again, and shown before it is written."""
    name = inquiry()
    desk = Desk(ledger, *(name if w == "ID" else w for w in words))
    desk.type(asked, name if right == "ID" else right)
    desk.type(CONFIRM, "")
    assert desk.left()[0] == 0
    assert written in records(ledger)[0]


@pytest.mark.parametrize(
    "typed, written",
    [
        ("2", '"workdays": 2'),
        ("２天", '"workdays": 2'),
        ("11月27日下午5点", '"until": "2026-11-27T17:00:00+08:00"'),
    ],
)
def test_how_long_an_extension_is_asked(typed, written, ledger, inquiry):
    """Neither --by nor --until: days or a time, at one prompt."""
    desk = Desk(ledger, "extend", inquiry(), "--approved-by", "赵军", "--reason", "勘验")
    desk.type("延长几个工作日，或延到何时：$", "很久")
    desk.type("看不懂.*延长几个工作日，或延到何时：$", "\x15" + typed)
    desk.type(CONFIRM, "")
    assert desk.left()[0] == 0
    assert written in records(ledger)[0]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash has job control")
@pytest.mark.parametrize(
    ("keys", "more", "answer"),
    [("来", "电", "来电"), ("", "2", "来电"), ("电\x1b[D", "来", "来电"), ("短信\x02\x02", "", "短信")],
)
def test_a_question_put_aside_comes_back(keys, more, answer, ledger, sw):
    """Ctrl-Z at a prompt: the shell has its terminal; after fg the question and what was typed stand there again."""
    env = {**os.environ, "TERM": "xterm", "PS1": "$ "}
    shell = pexpect.spawn(
        "bash", ["--norc", "-i"], encoding="utf-8", timeout=30, dimensions=(24, 120), env=env
    )
    shell.expect(r"\$ ")
    shell.send(f"{PROGRAM} -L {ledger} --as wangfang intake\r")
    shell.expect("渠道.*：$")
    shell.send(keys)
    for typed in (c for c in keys if c > "\x7f"):
        shell.expect(typed)
    shell.send("\x1a")
    shell.expect("Stopped")
    shell.send("stty -a | grep -o '.icanon'\r")  # lines are edited by the terminal again
    shell.expect(" icanon\r")
    shell.send("fg\r")
    shell.expect("渠道[^\r\n]*：" + "".join(c for c in keys if c > "\x7f"))
    shell.send(f"{more}\r")
    shell.expect("类别.*：$")
    assert "渠道" not in shell.before.rpartition("\n")[2]
    shell.send("<\r")
    shell.expect(rf"渠道.*\[{answer}\]：$")
    shell.send("\x03")
    shell.expect("什么也没有写")
    shell.sendline("exit")
    shell.expect(pexpect.EOF)
    assert list(ledger.glob("inquiries/**/*.yaml")) == []


@pytest.mark.parametrize("columns", [30, 40, 60, 80])
def test_the_choices_fit_a_narrow_screen(columns, ledger):
    """Where a question does not fit its line, the choices stand above it; each is whole, and none is missing."""
    desk = Desk(ledger, "intake", columns=columns)
    desk.child.expect("渠道[^\r\n]*：$")
    desk.raw(b"\x03")
    _, _ = desk.left()
    lines = desk.seen.replace("\r", "").splitlines()
    assert all(wcswidth(line) <= columns for line in lines)
    assert all(f"{n}.{word}" in desk.seen for n, word in enumerate(("来访", "来电", "来信", "网上"), 1))
