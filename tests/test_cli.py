"""Where every error comes out: one message, one exit code, whatever happened below."""

import signal

import pytest

from shouwen import cli
from shouwen.cli import INTERRUPTED, run
from shouwen.core.errors import Conflict, NotFound, Refused, Usage
from shouwen.terminal.ui import Ui


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    """``answers(what)``: (exit code, stderr) of a command that gives or raises this."""

    def told(what: object) -> tuple[int, str]:
        def app(**words: object) -> object:
            if isinstance(what, BaseException):
                raise what
            return what

        monkeypatch.setattr(cli, "app", app)
        return run([]), capsys.readouterr().err

    return told


@pytest.mark.parametrize(
    ("given", "code", "said"), [(0, 0, ""), (None, 0, ""), (3, 3, ""), (130, 130, INTERRUPTED)]
)
def test_the_code_of_a_command_is_the_programs(answers, given, code, said):
    """Ctrl-C, which typer has caught already, is answered in words."""
    assert answers(given) == (code, said)


@pytest.mark.parametrize(
    ("error", "code"), [(Usage("甲"), 2), (Refused("甲"), 3), (NotFound("甲"), 4), (Conflict("甲"), 6)]
)
def test_an_error_has_its_own_code(answers, error, code):
    """One line on stderr."""
    assert answers(error) == (code, "shouwen: 甲\n")


def test_no_terminal_obeys_what_an_error_quotes(answers):
    """A name of a file may hold anything."""
    _, said = answers(NotFound("\x1b[31m红\u202e"))
    assert "\x1b" not in said and "\u202e" not in said


def test_a_pipe_that_is_gone_is_no_fault(answers):
    """typer answers it with SystemExit(1); any other SystemExit is let through."""
    stop = SystemExit(1)
    stop.__context__ = BrokenPipeError()
    assert answers(stop) == (141, "") == answers(BrokenPipeError())
    with pytest.raises(SystemExit):
        answers(SystemExit(1))


def test_ctrl_c(answers):
    """Whatever it interrupted may be done: that is said."""
    assert answers(KeyboardInterrupt()) == (130, INTERRUPTED)


@pytest.mark.parametrize("how", ["__cause__", "__context__"])
def test_a_bug_is_told_from_ctrl_c_while_a_class_is_made(capsys, how):
    """Python wraps that one into a RuntimeError; a bug ends with 70, its trace and where to tell of it."""
    wrapped = RuntimeError("Error calling __set_name__")
    setattr(wrapped, how, KeyboardInterrupt())
    assert cli._bug(wrapped) == 130 and capsys.readouterr().err == INTERRUPTED
    try:
        raise ValueError("x")
    except ValueError as error:
        assert cli._bug(error) == 70
    said = capsys.readouterr().err
    assert "ValueError: x" in said and "请把以上内容报给维护者" in said


def test_without_a_command(tmp_path, monkeypatch, capsys):
    """Where there is no ledger the help page, as a fault of use; one that was named and is not there is told."""
    monkeypatch.chdir(tmp_path)
    assert run([]) == 2 and capsys.readouterr().err.startswith("用法：shouwen")
    assert run(["-L", str(tmp_path)]) == 4
    assert "不是台账目录" in capsys.readouterr().err


def test_a_signal_that_is_ignored_stays_so_and_the_others_end_in_words(monkeypatch):
    """nohup and a shell's background stay what they were; once all is done a signal just ends the program."""
    held = {
        signal.SIGINT: signal.default_int_handler,
        signal.SIGTERM: signal.SIG_DFL,
        signal.SIGHUP: signal.SIG_IGN,
    }
    monkeypatch.setattr(signal, "getsignal", held.__getitem__)
    monkeypatch.setattr(signal, "signal", held.__setitem__)
    cli._heed()
    assert held[signal.SIGHUP] is signal.SIG_IGN
    assert held[signal.SIGTERM] is held[signal.SIGINT] is signal.default_int_handler
    cli._heed(done=True)
    assert held == {
        signal.SIGINT: signal.SIG_DFL,
        signal.SIGTERM: signal.SIG_DFL,
        signal.SIGHUP: signal.SIG_IGN,
    }


@pytest.mark.parametrize(("words", "paged"), [((), True), (("--no-pager",), False)])
def test_the_pager_is_used_unless_it_is_not_wanted(ledger, run, monkeypatch, words, paged):
    """What is said before the command is heard by it."""
    seen = []
    monkeypatch.setattr(Ui, "show", lambda ui, text, by_eye=False: seen.append(ui.paged))
    monkeypatch.setattr(Ui, "out", lambda ui, text: seen.append(ui.paged))
    run("-L", ledger, *words, "route")
    assert set(seen) == {paged}


@pytest.mark.parametrize(
    ("begun", "offered"), [("", ["auto", "always", "never"]), ("a", ["auto", "always"]), ("x", [])]
)
def test_what_can_follow_color(begun, offered):
    """What fits what is typed already."""
    assert cli._when(begun) == offered
