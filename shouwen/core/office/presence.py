"""Whether a person, or a department, is there on a day; why not, in words for a refusal."""

from datetime import date

from shouwen.core.office.chart import Chart
from shouwen.core.office.roster import Office


def absent_from_office(office: Office, staff: str, day: date) -> str:
    """Return why a person cannot act on a day (not yet, or no longer, in post, or on leave), or ''."""
    name = f"{office.plain_name(staff)}（{staff}）" if staff in office.staff else f"“{staff}”"
    if not office.holds(staff, day):
        return f"{name}{day}不在岗（{office.tenure_text(staff)}）"
    if absence := office.absence(staff, day):
        until = f"至{absence.until}" if absence.until else ""
        return f"{name}{day}不在岗（{absence.why or '离岗'}{until}）"
    return ""


def left_since(office: Office, staff: str, today: date) -> str:
    """Return why somebody who has left the office acts no more, whatever day the act is dated; '' while in it."""
    return absent_from_office(office, staff, today) if office.left(staff, today) else ""


def no_department(office: Chart, department: str, day: date) -> str:
    """Return why a department is not there on a day: not set up yet, or ended, with who has its business; or ''."""
    key = office.unit(department, day)
    found = office.departments.get(key)
    if not found or found.holds(day):
        return ""
    if not office.ended(key, day):
        return f"{department}{day}还没有（{found.from_}设立）"
    into = office.successor(key, day)
    if into != key:
        return f"{department}{day}已不存在：{found.until}并入{into}"
    leader = office.leader(key, day)
    return f"{department}{day}已不存在：{found.until}撤销{f'，由{office.name(leader)}接手' if leader else ''}"
