"""A ledger that resembles a real one, of any size, the same for the same numbers.

Twelve departments, sixty people, twenty-four matters. Most inquiries are settled by the
first-asked; a third are handed on, some are sent back, wait for papers or for a leader, or are
called back afterwards. Everything is written by the store's own encoder, and ``shouwen check``
finds nothing: a test holds the generator to that.
"""

import os
from datetime import datetime, time, timedelta
from random import Random

from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Close,
    Escalate,
    Event,
    Handoff,
    Instruct,
    Notify,
    Progress,
    Resume,
    Return,
    Supplement,
    Suspend,
    Target,
    Urge,
)
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.store import ledger_template
from shouwen.store.ledger import ARCHIVE, LIVE, Ledger
from shouwen.store.record import encode
from shouwen.store.scan import ALPHABET
from shouwen.store.settings import load_policy

NOW = "2026-11-23T09:15"
# Working minutes: 08:30-12:00 and 14:00-17:30, as in a new ledger.
MORNING, A_DAY = 210, 420
# What is settled for longer than 90 days lies in the archive.
LIVE_DAYS, ARCHIVE_DAYS = 62, 1200

DEPARTMENTS = (
    "办公室", "审批科", "规划科", "招投标科", "财务科", "人事科",
    "建设科", "国土科", "环保科", "农业科", "民政科", "信访科",
)  # fmt: skip
SURNAMES, GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙",
    ("芳", "军", "洁", "梅", "平", "志强", "秀英", "建国", "海燕", "立新"),
)
MATTERS = ("立项", "许可", "验收", "备案", "变更", "查询", "补贴", "年检")
CHANNELS = ("来访",) * 5 + ("来电",) * 7 + ("来信", "网上", "网上", "短信")
CATEGORIES = ("咨询",) * 9 + ("业务",) * 5 + ("求助", "求助", "建议", "投诉", "投诉")
RATINGS = ("非常满意",) * 4 + ("满意",) * 8 + ("基本满意", "不满意")


class Office:
    """The people and matters of the generated ledger."""

    def __init__(self, draw: Random):
        self.staff: dict[str, str] = {}
        lines = ["departments:"]
        lines += [
            f'  {d}: {{leader: r{n:02}, phone: "0631-55501{n:02}", place: {n // 4 + 1}楼{n}号窗口}}'
            for n, d in enumerate(DEPARTMENTS)
        ]
        lines.append("staff:")
        for n in range(60):
            key, department = f"r{n:02}", DEPARTMENTS[n % len(DEPARTMENTS)]
            self.staff[key] = department
            name = SURNAMES[n % len(SURNAMES)] + GIVEN[n // 6]
            rank = 5 if n < len(DEPARTMENTS) else draw.randint(1, 3)
            lines.append(
                f"  {key}: {{name: {name}, department: {department}, title: 科员, rank: {rank}, "
                f'joined: {2005 + n % 20}-07-01, phone: "0631-55502{n:02}", scale: 公务员}}'
            )
        self.people = "\n".join(lines) + "\n"
        self.matters: dict[str, str] = {}
        for n in range(24):
            department = DEPARTMENTS[n % len(DEPARTMENTS)]
            self.matters[f"{department[:-1]}{MATTERS[n % 8]}{n}"] = department
        self.table = "".join(
            f"{name}: {{department: {d}, words: [{name[-4:]}], workdays: {n % 4 + 2}}}\n"
            for n, (name, d) in enumerate(self.matters.items())
        )

    def member(self, draw: Random, department: str) -> str:
        """Somebody of a department."""
        return draw.choice([s for s, d in self.staff.items() if d == department])


class Story:
    """The events of one inquiry, laid along the working minutes from its intake on."""

    def __init__(self, draw: Random, office: Office, first: str, start: int):
        self.draw, self.office, self.holder, self.at = draw, office, first, start
        self.acts: list[tuple[int, type[Event], str, dict]] = []

    def add(self, kind: type[Event], by: str = "", least: int = 5, most: int = 300, **words) -> None:
        """One act by the holder (or ``by``), some minutes after the one before."""
        self.at += self.draw.randint(least, most)
        self.acts.append((self.at, kind, by or self.holder, words))

    def hand_on(self, department: str, accept: bool = True) -> None:
        """To somebody of a department, who signs for it or sends it back."""
        to = self.office.member(self.draw, department)
        mode = self.draw.choice(("引领", "电话联系", "电话联系", "书面转交"))
        self.add(Handoff, most=40, to=Target(department, to), mode=mode, reason=f"属{department}职责")
        if accept:
            self.add(Accept, to)
            self.holder = to
        else:
            self.add(Return, to, reason="材料属另一科室，已电话说明")

    def live(self, department: str) -> None:
        """One of the ways an inquiry goes, up to its result."""
        draw, chance = self.draw, self.draw.random()
        if chance < 0.3:
            self.hand_on(department)
        elif chance < 0.34:
            self.hand_on("办公室" if department != "办公室" else "审批科", accept=False)
            self.hand_on(department)
        elif chance < 0.44:
            self.add(Notify, material=("营业执照复印件", "法人授权书"), procedure="窗口提交", written=True)
            self.add(Supplement, most=900, text="材料齐全")
        elif chance < 0.47:
            self.add(Suspend, reason="特别程序", text="专家评审")
            self.add(Resume, most=1500, text="评审结束")
        elif chance < 0.52:
            leader = f"r{draw.randrange(12):02}"
            self.add(Escalate, to=leader, text="当场不能办结，请示办理意见")
            self.add(Instruct, leader, text="按程序尽快办理")
        if draw.random() < 0.4:
            self.add(Progress, text="已告知办理进展和预计时间")
        if draw.random() < 0.05:
            self.add(Urge, f"r{draw.randrange(12):02}", text="请抓紧办理")

    def close(self) -> None:
        """The result, told a few minutes later, and now and then a call-back."""
        self.add(Close, outcome=self.draw.choice(("已解决", "已答复")), result="已书面告知全部材料和办理程序",
                 told=self.at)  # fmt: skip
        if self.draw.random() < 0.3:
            self.add(Callback, most=2000, rating=self.draw.choice(RATINGS), resolved=True)


class Generator:
    """Writes records of either kind into a ledger."""

    def __init__(self, root: str, seed: int):
        self.root, self.draw = root, Random(seed)
        ledger_template.found(root, '"某某局"', load_policy("bumen"))
        self.office = Office(self.draw)
        for name, text in (("staff.yaml", self.office.people), ("matters.yaml", self.office.table)):
            with open(os.path.join(root, name), "w", encoding="utf-8") as file:
                file.write(text)
        self.ledger = Ledger(root)
        now = datetime.fromisoformat(NOW).replace(tzinfo=self.ledger.zone)
        span = (now - timedelta(days=n) for n in range(ARCHIVE_DAYS * 2))
        self.days = sorted(d.date() for d in span if self.ledger.calendar.is_workday(d.date()))
        self.now = len(self.days) * A_DAY - A_DAY + 45
        self.taken: set[str] = set()

    def moment(self, minute: int) -> datetime:
        """The moment of a working minute, counted from the first day of the span."""
        day, minute = divmod(minute, A_DAY)
        start = time(8, 30) if minute < MORNING else time(14, 0)
        begun = datetime.combine(self.days[day], start, self.ledger.zone)
        return begun + timedelta(minutes=minute % MORNING)

    def name(self, received: datetime) -> str:
        """A free id of the day."""
        while True:
            name = f"{received:%Y%m%d}-{''.join(self.draw.choices(ALPHABET, k=6))}"
            if name not in self.taken:
                self.taken.add(name)
                return name

    def inquiry(self, start: int, settled: bool) -> Inquiry | None:
        """One inquiry; None if a settled one would not be settled by now."""
        draw, office = self.draw, self.office
        first = draw.choice(list(office.staff))
        matter = draw.choice(list(office.matters))
        department = office.matters[matter]
        story = Story(draw, office, first, start)
        story.live(department)
        if settled:
            story.close()
            if story.at >= self.now:
                return None
        acts = [a for a in story.acts if a[0] < self.now]
        if not settled and draw.random() < 0.2:
            acts = []
        received, n = self.moment(start), draw.randrange(10000)
        own = department == office.staff[first]
        keys = draw.sample(ALPHABET.lower(), 4)
        return Inquiry(
            id=self.name(received), received=received, channel=draw.choice(CHANNELS),
            category=draw.choice(CATEGORIES), subject=f"{matter}办理材料与流程", first_responder=first,
            detail=f"来人询问{matter}需要哪些材料、多长时间、是否收费，并留下联系方式，等候答复。",
            inquirer=Inquirer(draw.choice(SURNAMES) + "某", f"139{start % 10000:04}{n:04}", f"某建筑公司{n}"),
            department=office.staff[first], scope="本部门" if own else "其他部门", matter=matter,
            policy="bumen", confidential=draw.random() < 0.01,
            events=tuple(self.event(a, "".join(keys[1:]) + ALPHABET[k].lower()) for k, a in enumerate(acts)),
        )  # fmt: skip

    def event(self, act: tuple[int, type[Event], str, dict], key: str) -> Event:
        """An act as the event of this id; ``told`` given as a minute becomes a moment."""
        at, kind, by, words = act
        if "told" in words:
            words["told"] = self.moment(at)
        return kind(key, self.moment(at), by, **words)

    def write(self, count: int, folder: str, first: int, last: int, settled: bool = True) -> None:
        """So many inquiries taken in between two working minutes, evenly spread."""
        done = 0
        while done < count:
            inquiry = self.inquiry(self.draw.randint(first, last), settled)
            if inquiry is None:
                continue
            path = os.path.join(self.root, self.ledger.path(inquiry.id, folder))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(encode(inquiry))
            done += 1


def generate(root: str, running: int, settled: int, archived: int = 0, seed: int = 20261123) -> Ledger:
    """A new ledger in ``root``: inquiries running and settled among the live ones, and archived."""
    made = Generator(root, seed)
    made.write(running, LIVE, made.now - 10 * A_DAY, made.now - 1, settled=False)
    made.write(settled, LIVE, made.now - LIVE_DAYS * A_DAY, made.now - A_DAY)
    made.write(archived, ARCHIVE, 0, made.now - (LIVE_DAYS + 30) * A_DAY)
    return made.ledger


def fill_archive(ledger: Ledger, count: int) -> None:
    """So many files in the archive, a hundred a day back from 2020, each a link to a live record.

    As many names for a scan to meet as a real archive has. Their contents are those of other
    ids: only for what must not read the archive.
    """
    live = [os.path.join(ledger.root, path) for path in ledger.listed(LIVE)[0]]
    for n in range(count):
        day = datetime(2020, 12, 31) - timedelta(days=n // 100)
        digits = "".join(ALPHABET[n >> shift & 31] for shift in (25, 20, 15, 10, 5, 0))
        path = os.path.join(ledger.root, ledger.path(f"{day:%Y%m%d}-{digits}", ARCHIVE))
        if n % 100 == 0:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        os.link(live[n % len(live)], path)
