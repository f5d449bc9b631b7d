"""What does not fit together in the roster and the other settings of an office."""

from collections.abc import Collection, Iterator
from datetime import date

from shouwen.core.errors import Problem
from shouwen.core.integrity.checks import near
from shouwen.core.office.chart import Department, Staff, holder_of, holders
from shouwen.core.office.presence import no_department
from shouwen.core.office.roster import Office


def check_office(office: Office) -> Iterator[Problem]:
    """Yield what does not fit together in staff.yaml, matters.yaml and ledger.yaml."""
    names = _names(office)
    for key, person in office.staff.items():
        yield from _person(office, names, key, person)
    for name, department in office.departments.items():
        yield from _department(office, name, department)
    for name, matter in office.matters.items():
        yield from _missing("matters.yaml", f"事项“{name}”的部门", matter.department, names, "部门表")
    for title, post in office.config.leaders.items():
        for holder in holders(post):
            yield from _missing("ledger.yaml", title, holder, office.staff, "人员表")
    for counter in office.config.git.counters:
        for staff in counter.staff:
            yield from _missing("ledger.yaml", f"窗口 {counter.email} 的人员", staff, office.staff, "人员表")
    yield from _missing("ledger.yaml", "office ", office.config.office, names, "部门表")


SEATS = {"leader": "负责人", "deputy": "副负责人", "in_charge": "分管领导"}


def seats_left(office: Office, today: date) -> Iterator[Problem]:
    """Yield the seats that the chart still gives, today, to somebody who has left the office."""
    held = [
        (f"{key}的{word}", holder_of(getattr(department, seat), today))
        for key, department in office.departments.items() if department.holds(today)
        for seat, word in SEATS.items()
    ]  # fmt: skip
    held += [(title, office.top(title, today)) for title in office.config.leaders]
    for what, who in held:
        if who and office.left(who, today):
            text = f"{what}{office.plain_name(who)}（{who}）已经离开（{office.tenure_text(who)}），今天仍写着是他"
            yield _wrong(text, "写明谁从哪天接任；暂缺的写到他最后一天为止（until）")


def _names(office: Office) -> dict[str, None]:
    """Return every name that a department has or had."""
    former = (f.name for d in office.departments.values() for f in d.formerly)
    return dict.fromkeys((*office.departments, *former))


def _missing(path: str, what: str, name: str, known: Collection[str], kind: str) -> Iterator[Problem]:
    if name and name not in known:
        yield Problem(path, 0, "roster", f"{what}“{name}”不在{kind}里", near(name, known))


def _wrong(text: str, hint: str) -> Problem:
    return Problem("staff.yaml", 0, "roster", text, hint)


def _person(office: Office, names: Collection[str], key: str, person: Staff) -> Iterator[Problem]:
    for post in person.every_post():
        yield from _missing("staff.yaml", f"{key} 的部门", post.department, names, "部门表")
        first = post.from_ or person.from_
        if first and office.ended(post.department, first):
            gone = no_department(office, post.department, first)
            yield _wrong(f"{key} 的职务自 {first} 起，{gone}", "写那一天有的部门，或改正日期")
    for period in (person, *person.posts, *person.away):
        if period.from_ and period.until and period.from_ > period.until:
            text = f"{key} 的一段起止日期颠倒：from {period.from_} 晚于 until {period.until}"
            yield _wrong(text, "改正日期")
    for absence in person.away:
        yield from _missing("staff.yaml", f"{key} 的代理人", absence.deputy, office.staff, "人员表")
        if absence.deputy == key:
            yield _wrong(f"{key} 离岗时的代理人是本人", "写另一个人的编号")


def _department(office: Office, name: str, department: Department) -> Iterator[Problem]:
    for seat in (department.leader, department.deputy, department.in_charge):
        for leader in holders(seat):
            yield from _missing("staff.yaml", f"{name} 的负责人", leader, office.staff, "人员表")
    if department.into:
        yield from _missing("staff.yaml", f"{name} 并入的部门", department.into, office.departments, "部门表")
        if not department.until:
            yield _wrong(f"{name} 写了 into 而没有 until：不知道哪一天并入", "补上 until（原部门的最后一天）")
        elif department.into == name or office.successor(department.into, department.until) == name:
            yield _wrong(f"{name} 的 into 绕回了自己", "写它并入的部门")
    for former in department.formerly:
        if former.until < (department.from_ or former.until):
            yield _wrong(f"{name} 的曾用名“{former.name}”在它设立以前就停用了", "改正日期")
        if former.name == name:
            yield _wrong(f"{name} 的曾用名与现名相同", "删去这一项")
