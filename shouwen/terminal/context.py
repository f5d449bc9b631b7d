"""What every command gets: the ledger or ledgers, who acts, what time it is, and the terminal."""

import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from msgspec import structs

from shouwen.core.dates import echo, minute, parse, parse_day
from shouwen.core.errors import BadData, NotFound, Usage
from shouwen.core.office.lookup import find_department, find_leader, find_staff
from shouwen.core.regulation.schema import Policy
from shouwen.core.rulebook import governing
from shouwen.store.ledger import Ledger
from shouwen.store.settings import find_root
from shouwen.store.tally import Tally
from shouwen.terminal.ui import Ui

if TYPE_CHECKING:
    from shouwen.store.memo import Memo

T = TypeVar("T")


def _once(ledgers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ledgers named, each folder once, as it was named first."""
    named: dict[str, str] = {}
    for one in ledgers:
        named.setdefault(os.path.realpath(one), one)
    return tuple(named.values())


class Context:
    """One run of the program."""

    def __init__(
        self, ledgers: tuple[str, ...] = (), acting: str = "", ui: Ui | None = None, remembers: bool = False
    ):
        """Take ``ledgers`` and ``acting`` as given by -L and --as; without -L, $SHOUWEN_LEDGER.

        A ledger that is named twice, in whatever way, is one: nothing in it is counted twice.
        One that ``remembers`` uses the memo of earlier runs.
        """
        self._ledgers = _once(ledgers or tuple(filter(None, (os.environ.get("SHOUWEN_LEDGER"),))))
        self._acting = acting
        self.ui = ui or Ui()
        self._remembers = remembers and os.environ.get("SHOUWEN_MEMO", "") != "off"
        self._revision = ""
        self._when: dict[str, datetime] = {}
        self._said_back = ""
        self._parts: list[Context] = []
        self._earlier: list[Context] = []

    @property
    def named(self) -> bool:
        """Whether a ledger was named, by -L or the environment."""
        return bool(self._ledgers)

    @property
    def several(self) -> bool:
        """Whether -L was given more than once."""
        return len(self._ledgers) > 1

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger named, or the one at or above the working directory."""
        if self.several:
            raise Usage("这个命令一次只用一个台账，-L 只写一次")
        root = self._ledgers[0] if self._ledgers else find_root(os.getcwd())
        return Ledger(root, self._remembers)

    @property
    def given(self) -> str:
        """The ledger as -L named it, or ''."""
        return self._ledgers[0] if self._ledgers else ""

    def each(self) -> list["Context"]:
        """Return a context for every ledger given; this one alone where there is one."""
        if not self.several:
            return [self]
        if not self._parts:
            self._parts = [Context((one,), self._acting, self.ui, self._remembers) for one in self._ledgers]
            for n, part in enumerate(self._parts):
                part._earlier = self._parts[:n]  # noqa: SLF001 - of the same class
                part._settled()  # noqa: SLF001
        return self._parts

    def _settled(self) -> None:
        """Read the settings of one ledger of several: what is wrong with them is told with its folder.

        Raises:
            BadData: they cannot be read; which of the ledgers it is.
        """
        try:
            self.ledger.zone, self.ledger.office  # noqa: B018 - read once, for all that follows
        except BadData as error:
            raise BadData(
                [structs.replace(p, path=f"{self.given}/{p.path}") for p in error.problems]
            ) from None

    @property
    def called(self) -> str:
        """The office's name; that of a second ledger of the same name is 某局（2）."""
        name = self.ledger.config.name
        same = sum(part.ledger.config.name == name for part in self._earlier)
        return f"{name}（{same + 1}）" if same else name

    def go_to(self, revision: str) -> None:
        """Look at the ledger as it was at a commit; ``now`` becomes that commit's time."""
        import atexit
        import shutil
        import tempfile

        from shouwen.store.history import History

        history = History(self.ledger.root)
        self._revision = history.commit(revision)
        then = tempfile.mkdtemp(prefix="shouwen-")
        atexit.register(
            shutil.rmtree, then, ignore_errors=True
        )  # what is read lies there to the end of the run
        history.restore(self._revision, then)
        moment = history.time(self._revision)
        self.ledger = Ledger(then)
        if "SHOUWEN_NOW" not in os.environ:
            self.now = moment.astimezone(self.ledger.zone)

    def memo(self, now: datetime, *job: object, settled: str = "") -> "Memo | None":
        """Return what earlier runs found out for a job, by its name and options; None with --no-memo."""
        return self.ledger.memo(now, " ".join(map(repr, job)), settled)

    @cached_property
    def revision(self) -> str | None:
        """The commit the reports speak of; None outside git, and where git will not say, which is told."""
        from shouwen.store.git import GitError, revision

        try:
            return self._revision or revision(self.ledger.root)
        except GitError as error:
            self.ui.say(f"git 没有回答（{error}），报告里没有版本")
            return None

    def anchor(self, tally: Tally) -> str:
        """Return the footer by which a report can later be compared with the ledger."""
        mark = f"{(self.revision or '无')[:12]}-{tally}"
        return f"台账锚：{mark}（版本-记录-事件-摘要；核对：shouwen check --since {mark}）"

    @cached_property
    def now(self) -> datetime:
        """The present, in the ledger's zone."""
        return self.ledger.now()

    @cached_property
    def policy(self) -> Policy:
        """The regulation that governs what is taken in today."""
        return self.policy_on(self.now)

    def policy_on(self, moment: datetime) -> Policy:
        """Return the regulation that governs what was received at a moment; Refused if none does."""
        day = moment.astimezone(self.ledger.zone).date()
        return governing(self.ledger.office, self.ledger.policy, day)

    def policy_of(self, name: str) -> Policy:
        """Return the regulation of an inquiry: that of its day of intake, whatever is in force today."""
        return self.ledger.policy(self.ledger.read(self.ledger.find(name)).content.policy)

    @cached_property
    def actor(self) -> str:
        """The staff id of whoever acts: --as, else git's user as the roster knows it."""
        office = self.ledger.office
        if self._acting:
            return find_staff(office, self._acting, self.now.date())
        from shouwen.store.git import GitError, identity

        why = ""
        try:
            name, email = identity(self.ledger.root)
        except GitError as error:
            name = email = ""
            why = f"（git 没有回答：{error}）"
        for key, called in office.people():
            if email and office.email(key) == email or name and name in (key, called):
                return key
        raise Usage(f"不知道是谁在办{why}：用 --as 写人员编号或姓名，或设环境变量 SHOUWEN_AS")

    def read_time(self, text: str, what: str = "时间", future: bool = False, early: bool = False) -> datetime:
        """Return a time option; the present when empty. What was understood is said back.

        A day alone means its close of business (``early``: its opening); of today, only ``future``.

        Raises:
            Usage: it is no time, or lies ahead without ``future``.
        """
        if not text:
            return self.now
        hours = self.ledger.calendar.hours

        def alone(day: date) -> time | None:
            if day == self.now.date() and not future:
                return None
            return hours.on(day)[0][0] if early else hours.on(day)[-1][1]

        found = parse(text, self.now, what, alone, future)
        if found > self.now and not future:
            year = (
                "；去年的要写年份" if found.year == self.now.year and found.date() > self.now.date() else ""
            )
            raise Usage(f"{what}“{text}”晚于现在（{minute(self.now)}）{year}")
        said = echo(text, found, "没有说几点，按上班时间" if early else "没有说几点，按下班时间")
        if said and said != self._said_back:  # a value is read when it is checked, and again when it is used
            self.ui.say(said)
            self._said_back = said
        return found

    def when(self, at: str) -> datetime:
        """Return when an act really happened: the option --at, the present without; never the future."""
        if at not in self._when:  # what was understood is said back once
            self._when[at] = self.read_time(at, "--at ")
        return self._when[at]

    def day(self, at: str) -> date:
        """Return the local day of an act: of its --at, else today."""
        return self.when(at).astimezone(self.ledger.zone).date()

    def leader_of(self, name: str, text: str | None, at: str) -> str:
        """Return who approves, signs or speaks on an inquiry on the day of an act; '' for nobody.

        A member of staff, or a body that the inquiry's regulation names.
        """
        if not text:
            return ""
        bodies = self.policy_of(name).bodies
        return find_leader(self.ledger.office, bodies.values if bodies else (), text, self.day(at))

    def as_of(self, text: str) -> datetime:
        """Return the moment a report looks from; any time, a day alone meaning its end."""
        if not text:
            return self.now
        return parse(text, self.now, "--as-of ", lambda day: time(23, 59, 59))

    def person(
        self, value: str | None, option: str, label: str, day: date, bodies: Iterable[str] = ()
    ) -> str:
        """Return the staff id, or the body, that an option names; asked for, and again while it is nobody."""
        listed = tuple(bodies)
        return self.ui.read(
            value, option, label, lambda text: find_leader(self.ledger.office, listed, text, day)
        )

    def department(self, value: str | None, option: str, label: str, day: date | None = None) -> str:
        """Return the department that an option names; asked for, and again while there is none."""
        return self.ui.read(value, option, label, lambda t: find_department(self.ledger.office, t, day))

    def sure(self, what: str) -> None:
        """Show whoever was asked at the terminal what will be written, before it is."""
        self.ui.confirm(what)

    def watched(self, items: Iterable[T]) -> Iterator[T]:
        """Return the items as they come; a terminal is told how far a long reading is."""
        from shouwen.terminal.progress import counted

        return counted(items)

    def committed(self, paths: Iterable[str], what: str) -> None:
        """Commit what was just written or moved, where ledger.yaml says ``git: {commit: true}``."""
        if self.ledger.config.git.commit:
            from shouwen.store.git import commit

            commit(self.ledger.root, paths, what)


def past_day(context: Context, text: str, what: str) -> date:
    """Return a day option that cannot lie ahead."""
    found = parse_day(text, context.now.date(), what, future=False)
    if found > context.now.date():
        raise Usage(f"{what}“{text}”晚于今天")
    if said := echo(text, found):
        context.ui.say(said)
    return found


def article_of(text: str, known: Iterable[str]) -> str:
    """Return the article that 九, 第九条 or 9 means; NotFound with those there are."""
    listed = list(known)
    plain = text.strip().removeprefix("第").removesuffix("条")
    spelt = [text.strip(), plain]
    if plain.isdecimal() and 0 < int(plain) < 20:
        digits, n = "零一二三四五六七八九十", int(plain)
        spelt.append(digits[n] if n <= 10 else "十" + digits[n - 10])
    for article in spelt:
        if article in listed:
            return article
    raise NotFound(f"没有条款“{text}”；有：{'、'.join(listed)}")
