"""The questions of one command, without a terminal: what is typed is given, what is said is kept."""

from collections.abc import Iterator

import pytest

from shouwen.core.errors import NotFound, Usage
from shouwen.terminal import prompt
from shouwen.terminal.questions import NOTHING, Back, Interrupted, Questions
from shouwen.terminal.ui import Ui

WORDS = ("来访", "来电", "来信")


class Clerk:
    """Types prepared lines; ``said`` is what was told, ``prompts`` what was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *typed: object):
        self.said: list[str] = []
        self.prompts: list[str] = []
        lines: Iterator[object] = iter(typed)

        def line(shown: str, former: str = "", words: object = ()) -> str:
            self.prompts.append(shown)
            answer = next(lines)
            if isinstance(answer, BaseException):
                raise answer
            return str(answer)

        monkeypatch.setattr(prompt, "line", line)
        monkeypatch.setattr(prompt, "rest_of_paste", str)
        self.questions = Questions(self.said.append)

    def ask(
        self, option: str = "--channel", choices: tuple = WORDS, default: str | None = None, check=None
    ) -> str:
        """One question of the command."""
        return self.questions.asked(option, option.strip("-"), choices, default, check)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2", "来电"),
        ("2.", "来电"),
        ("2、", "来电"),
        ("２", "来电"),
        ("来信", "来信"),
        ("1", "来访"),
        ("3", "来信"),
    ],
)
def test_a_choice_by_number_or_word(monkeypatch, typed, meant):
    """As people write a number in a list, half or full width."""
    assert Clerk(monkeypatch, typed).ask() == meant


@pytest.mark.parametrize("typed", ["0", "4", "来", "", "电话", "-1", "0002"])
def test_what_is_no_choice_is_asked_again(monkeypatch, typed):
    """No number beyond the list, no beginning that several share: said, and asked once more."""
    clerk = Clerk(monkeypatch, typed, "2")
    assert clerk.ask() == "来电" and len(clerk.prompts) == 2
    assert clerk.said[-1] == "请输入序号或其中一项"


def test_a_word_that_begins_another_is_itself(monkeypatch):
    """Typed whole it is meant; a beginning that only one has is enough."""
    pair = ("投诉", "投诉转办", "咨询")
    assert Clerk(monkeypatch, "投诉").ask(choices=pair) == "投诉"
    assert Clerk(monkeypatch, "咨").ask(choices=pair) == "咨询"


@pytest.mark.parametrize("default", ["", "一般"])
def test_enter_takes_what_is_offered(monkeypatch, default):
    """Nothing at all may be what is offered; where nothing is, an answer is wanted."""
    assert Clerk(monkeypatch, "").ask("--name", (), default) == default
    clerk = Clerk(monkeypatch, "", "张某")
    assert clerk.ask("--name", ()) == "张某" and clerk.said[-1] == "不能为空"


@pytest.mark.parametrize("sign", ["<", "＜", "上一项"])
def test_one_question_back(monkeypatch, sign):
    """The command runs anew: the one before is asked again, those before that keep their answers."""
    clerk = Clerk(monkeypatch, "1", "张某", sign, "李某", "13800000000")
    clerk.ask()
    clerk.ask("--name", ())
    with pytest.raises(Back) as back:
        clerk.ask("--phone", ())
    assert clerk.questions.again(back.value)
    assert [clerk.ask(), clerk.ask("--name", ()), clerk.ask("--phone", ())] == ["来访", "李某", "13800000000"]
    assert len(clerk.prompts) == 5


def test_the_first_question_has_none_before_it(monkeypatch):
    """Said, and asked again."""
    clerk = Clerk(monkeypatch, "<", "1")
    assert clerk.ask() == "来访" and "这是第一项" in clerk.said


def test_an_answer_that_means_nothing_is_asked_again_with_the_reason(monkeypatch):
    """What the check says is told; the next answer counts as the check gives it."""

    def checked(text: str) -> str:
        if text == "昨日":
            raise Usage("看不懂“昨日”")
        return text.upper()

    clerk = Clerk(monkeypatch, "昨日", "a")
    assert clerk.ask("--at", (), check=checked) == "A" and clerk.said[-1] == "看不懂“昨日”"


def test_an_answer_that_the_command_refuses_is_asked_again_once(monkeypatch):
    """The same refusal a second time is not the answer's fault: the command ends with it."""
    clerk = Clerk(monkeypatch, "k", "l")
    clerk.ask("--into", ())
    assert clerk.questions.again(NotFound("没有这一件"))
    clerk.ask("--into", ())
    assert not clerk.questions.again(NotFound("没有这一件"))
    assert clerk.said.count("没有这一件") == 1
    assert not Questions(print).again(Usage("没有问过"))
    assert not clerk.questions.again(ValueError("x"))


def test_what_is_written_is_not_asked_about_again(monkeypatch):
    """Once confirmed, no error takes the clerk back to a question."""
    clerk = Clerk(monkeypatch, "1", "")
    clerk.ask()
    clerk.questions.confirm("受理")
    assert clerk.questions.sure and not clerk.questions.again(Usage("晚了"))
    clerk.questions.confirm("受理")  # a second step of the command asks nothing
    assert len(clerk.prompts) == 2


def test_a_script_confirms_nothing(monkeypatch):
    """Where nothing was asked nobody waits for an answer."""
    clerk = Clerk(monkeypatch)
    clerk.questions.confirm("受理")
    assert clerk.prompts == [] and not clerk.questions.sure


def test_all_is_shown_before_it_is_written(monkeypatch):
    """Each answer once, numbered, an empty one too."""
    clerk = Clerk(monkeypatch, "2", "", "")
    clerk.ask()
    clerk.ask("--name", (), "")
    clerk.questions.confirm("受理，王芳")
    assert clerk.said[-1].split("\n") == ["—— 将要写入：受理，王芳 ——", "1. channel：来电", "2. name：（空）"]


@pytest.mark.parametrize("word", ["n", "N", "q", "否", "放弃"])
def test_no_writes_nothing(monkeypatch, word):
    """And that is said."""
    clerk = Clerk(monkeypatch, "1", word)
    clerk.ask()
    with pytest.raises(Interrupted, match=NOTHING) as stop:
        clerk.questions.confirm("受理")
    assert stop.value.exit_code == 130 and not clerk.questions.sure


@pytest.mark.parametrize(("typed", "again"), [("1", "--channel"), ("２", "--name"), ("<", "--name")])
def test_one_answer_is_changed_before_it_is_written(monkeypatch, typed, again):
    """By its number, or the last by going back; the other answer stands."""
    clerk = Clerk(monkeypatch, "1", "张某", typed, "来电" if again == "--channel" else "李某")
    clerk.ask()
    clerk.ask("--name", ())
    with pytest.raises(Back) as back:
        clerk.questions.confirm("受理")
    assert clerk.questions.again(back.value)
    assert [clerk.ask(), clerk.ask("--name", ())] == (
        ["来电", "张某"] if again == "--channel" else ["来访", "李某"]
    )


def test_a_number_that_is_no_answers_is_asked_again(monkeypatch):
    """3 of two answers, or a word: told what can be typed; then Enter writes."""
    clerk = Clerk(monkeypatch, "1", "3", "0", "写", "")
    clerk.ask()
    clerk.questions.confirm("受理")
    assert clerk.said.count("按回车写入，或输入序号、n") == 3 and clerk.questions.sure


@pytest.mark.parametrize(("typed", "told"), [("一\n二", 2), ("一\n\n二\n三\n", 3), ("一", 0)])
def test_the_lines_of_a_paste_become_one(monkeypatch, typed, told):
    """Said how many there were; one line alone is nothing to speak of."""
    clerk = Clerk(monkeypatch, typed)
    assert clerk.ask("--subject", ()) == " ".join(typed.split())
    assert [text for text in clerk.said if "粘贴" in text] == (
        [f"粘贴了 {told} 行，合成一句"] if told else []
    )


@pytest.mark.parametrize(("sent", "kind"), [(EOFError(), Usage), (KeyboardInterrupt(), Interrupted)])
def test_the_end_of_a_terminal_writes_nothing(monkeypatch, sent, kind):
    """Ctrl-D and Ctrl-C: both say so, and the command does not run anew for it."""
    clerk = Clerk(monkeypatch, sent)
    with pytest.raises(kind, match=NOTHING) as stop:
        clerk.ask()
    assert not clerk.questions.again(stop.value)


def test_what_cannot_be_kept_is_typed_again(monkeypatch):
    """Control characters, half a character, an endless line: the reason, then the question."""
    clerk = Clerk(monkeypatch, prompt.Unread("太长，最多 2000 个字"), "1")
    assert clerk.ask() == "来访" and clerk.said[-1] == "太长，最多 2000 个字，请重新输入"


@pytest.mark.parametrize("nothing", ["、", " 、 、", "\u3000、\x07"])
def test_a_list_of_nothing_is_asked_for_again(monkeypatch, nothing):
    """What parts the papers is no paper: an act that must name one never names none."""
    clerk = Clerk(monkeypatch, nothing, "户口本、 章程、")
    ui = Ui()
    ui.__dict__["questions"] = clerk.questions
    monkeypatch.setattr(Ui, "interactive", True)
    assert ui.listed(None, "--material", "收了什么") == ("户口本", "章程")
    assert any("--material（收了什么）不能为空" in each for each in clerk.said)
    assert ui.listed(["照片", " "], "--material", "收了什么") == ("照片",)


def test_how_to_go_back_or_give_up_is_said_once(monkeypatch):
    """Before the first question, not before each."""
    clerk = Clerk(monkeypatch, "1", "张某")
    clerk.ask()
    clerk.ask("--name", ())
    assert [line for line in clerk.said if "Ctrl-C" in line] == clerk.said[:1]


@pytest.mark.parametrize(("default", "shown"), [("来电", "[来电]"), (None, "["), ("", "[")])
def test_what_enter_takes_stands_in_brackets(monkeypatch, default, shown):
    """Only where there is something."""
    clerk = Clerk(monkeypatch, "1")
    clerk.ask(default=default)
    assert (shown in clerk.prompts[0]) is bool(default)


def test_a_question_that_was_put_is_known_also_after_going_back(monkeypatch):
    """Then its former answer stands there to be changed."""
    clerk = Clerk(monkeypatch, "1", "张某", "<", "李某")
    assert not clerk.questions.knows("--name")
    clerk.ask()
    clerk.ask("--name", ())
    with pytest.raises(Back) as back:
        clerk.ask("--phone", ())
    assert clerk.questions.again(back.value)
    assert clerk.questions.knows("--name") and clerk.questions.knows("--channel")
    assert not clerk.questions.knows("--phone")
