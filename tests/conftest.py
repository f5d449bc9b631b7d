"""What every test may use: a fresh ledger, the command line in this process, a fixed present."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from shouwen import cli
from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Close,
    Contact,
    GiveBack,
    Handoff,
    Notify,
    Objection,
    Progress,
    Receive,
    Supervise,
    Supplement,
    Target,
)
from shouwen.core.inquiry.header import Inquirer, Inquiry
from tests.support.clock import NOW
from tests.support.roster import MATTERS, STAFF

# Started in the background a shell leaves Ctrl-C ignored, for every program started from here too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is no fault of the code: no example is failed for the time it took.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@dataclass
class Result:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def id(self) -> str:
        """The id that intake and every act print first."""
        return self.out.split()[0]


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing of the machine's settings, nor of another test's memo, reaches a test; the present stands still."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    for name in list(os.environ):
        if name.startswith(("SHOUWEN_", "GIT_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SHOUWEN_NOW", NOW)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``shouwen ARGS`` in this process; ``code`` is the exit code expected (None: any)."""

    def runner(*args: str, code: int | None = 0, now: str = "") -> Result:
        if now:
            monkeypatch.setenv("SHOUWEN_NOW", now)
        out, err = io.StringIO(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", io.StringIO())
            try:
                got = cli.run([str(a) for a in args])
            except SystemExit as stop:
                got = stop.code or 0
        result = Result(got, out.getvalue(), err.getvalue())
        assert code is None or got == code, f"exit {got}, not {code}\n{result.out}{result.err}"
        return result

    return runner


@pytest.fixture
def machine_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """``machine_zone("America/Los_Angeles")``: the machine believes to be there until the test ends."""

    def moved(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield moved
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess]:
    """Run the installed program as a process of its own."""

    def runner(*args: str, **more) -> subprocess.CompletedProcess:
        program = Path(sys.executable).parent / "shouwen"
        env = {**os.environ, **more.pop("env", {})}
        return subprocess.run(
            [program, *map(str, args)], env=env, capture_output=True, text=True, timeout=60, **more
        )

    return runner


@pytest.fixture
def ledger(tmp_path: Path, run: Callable[..., Result]) -> Path:
    """A ledger of the regulation ``bumen`` with three departments and six people."""
    root = tmp_path / "ledger"
    run("init", root, "--policy", "bumen", "--name", "某局")
    (root / "staff.yaml").write_text(STAFF, "utf-8")
    (root / "matters.yaml").write_text(MATTERS, "utf-8")
    settings = root / "ledger.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("leaders: {}", "leaders: {分管领导: heping}"), "utf-8"
    )
    return root


@pytest.fixture
def sw(ledger: Path, run: Callable[..., Result]) -> Callable[..., Result]:
    """``sw("wangfang", "intake", …)``: the command line on ``ledger`` as a member of staff."""

    def runner(who: str, *args: str, **more) -> Result:
        return run("-L", ledger, "--as", who, *args, **more)

    return runner


@pytest.fixture
def inquiry(sw: Callable[..., Result]) -> Callable[..., str]:
    """Take in an inquiry (a phone consultation of another department unless told) and give its id."""

    def taken(who: str = "wangfang", **options: str) -> str:
        words = {"channel": "来电", "category": "咨询", "subject": "施工许可证办理材料",
                 "name": "张某", "phone": "13812341234", "scope": "其他部门"} | options  # fmt: skip
        pairs = [w for key, value in words.items() if value for w in (f"--{key}", value)]
        return sw(who, "intake", *pairs).id

    return taken


@pytest.fixture
def whole(ledger: Path) -> str:
    """The id of an inquiry to which everything happened that a form can show."""
    from datetime import datetime

    from shouwen.store.ledger import Ledger

    settings = ledger / "ledger.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('supervision_phone: ""', 'supervision_phone: "0631-5550199"'), "utf-8")

    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"2026-11-{text}:00+08:00")

    contact = Contact("李洁", "0631-5550133", "二楼201")
    inquiry = Inquiry(
        id="20261116-K7Q4QX", received=at("16T09:15"), channel="来访", category="咨询",
        subject="施工许可证办理材料", detail="厂房扩建，问要带哪些材料、多久办好", scope="其他部门",
        inquirer=Inquirer("张某某", "13812341234", "某某建筑工程有限公司"), matter="施工许可证",
        first_responder="wangfang", first_reason="与陈实同时被询问，职位高者为首问责任人",
        department="审批科", urgency="复杂", promised=at("20T17:30"), policy="bumen",
        events=(
            Handoff("a001", at("16T09:20"), "wangfang", Target("规划科", "lijie"), "引领",
                      "属规划科职责", "zhaojun", "出差", contact, ("规划科", "办公室")),
            Accept("a002", at("16T10:05"), "lijie"),
            Progress("a003", at("16T10:10"), "lijie", "已说明由规划科办理"),
            Notify("a004", at("16T10:20"), "lijie", ("规划许可证", "施工图审查合格书"),
                     "窗口受理、审核、发证", "5个工作日", "不收费", "建筑法第七条、第八条", True),
            Supplement("a005", at("17T09:00"), "lijie", "补交一份"),
            Receive("a010", at("17T09:00"), "lijie", ("规划许可证1份", "施工图审查合格书2份"), "原件"),
            GiveBack("a011", at("17T09:10"), "lijie", ("规划许可证1份",), "复印后退原件"),
            Supervise("a006", at("25T09:00"), "heping", "请立即办理并书面说明", at("26T17:30"), "督〔2026〕3号"),
            Progress("a007", at("25T15:00"), "lijie", "已报领导研究"),
            Close("a008", at("26T11:00"), "lijie", "不予办理", "现阶段不符合发证条件", at("26T11:05"), "",
                    "没有规划许可证", "建筑法第八条", "sunmei"),
            Callback("a009", at("27T10:00"), "wangfang", "基本满意", True, "解释清楚"),
            Objection("a012", at("27T10:05"), "wangfang", "认为规划许可证已经交过"),
        ),
    )  # fmt: skip
    Ledger(str(ledger)).create(inquiry)
    return inquiry.id
