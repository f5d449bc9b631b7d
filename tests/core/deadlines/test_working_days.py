"""Working days, opening hours, and how limits are counted."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shouwen.core.deadlines.opening_hours import WEEKDAYS, Hours, intervals
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.errors import BadData, Usage
from shouwen.store.settings import load_calendar
from tests.support.clock import CALENDAR, ZONE, at
from tests.support.roster import CONFIG

DATES = st.dates(date(2024, 1, 1), date(2028, 12, 31))
USUAL = {"工作日": ("08:30-12:00", "14:00-17:30")}


def office(usual: dict = USUAL, seasons=(), off=(), work=(), covered=range(2000, 2100)) -> Calendar:
    """A calendar without public holidays, for what only the hours decide."""
    return Calendar(set(off), set(work), set(covered), Hours(usual, seasons), ZONE)


@pytest.mark.parametrize(
    "received, count, due",
    [
        ("2025-12-31", 3, "2026-01-06"),  # New Year off, Sunday the 4th works
        ("2026-02-12", 5, "2026-02-26"),  # Saturday the 14th works, then the spring festival
        ("2026-02-13", 1, "2026-02-14"),  # due on a make-up Saturday
        ("2026-02-16", 1, "2026-02-24"),  # received on a holiday
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-06-18", 1, "2026-06-22"),
        ("2026-09-18", 5, "2026-09-24"),  # Sunday the 20th works
        ("2026-09-30", 5, "2026-10-13"),  # Saturday 10-10 works
        ("2025-01-24", 5, "2025-02-07"),  # Sunday 01-26 works
    ],
)
def test_limits_cross_holidays_and_makeup_days(received, count, due):
    """The published arrangements of 2025 and 2026 decide, make-up weekends included."""
    start, end = date.fromisoformat(received), date.fromisoformat(due)
    assert CALENDAR.after(start, count) == end
    assert not CALENDAR.provisional(start, end)


def test_a_year_not_yet_published_is_provisional():
    """A limit that reaches into 2027 has a date, and says that the date may change."""
    start = date(2026, 12, 29)
    due = CALENDAR.after(start, 5)
    assert due == date(2027, 1, 6)  # Monday to Friday less 1 January
    assert CALENDAR.provisional(start, due)
    assert not CALENDAR.provisional(start, date(2026, 12, 31))


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_248_working_days(year):
    """The count that the published arrangements of both years give."""
    assert CALENDAR.between(date(year - 1, 12, 31), date(year, 12, 31)) == 248


def test_a_calendar_file_overrides_and_completes(tmp_path):
    """The office's own file beats the library, and covers a year that nobody has published."""
    folder = tmp_path / "calendar"
    folder.mkdir()
    (folder / "2026.yaml").write_text(
        "year: 2026\noff:\n  2026-11-24: 停电\nwork:\n  2026-11-28: 补班\n", "utf-8"
    )
    (folder / "2027.yaml").write_text(
        "year: 2027\ncomplete: true\noff: [2027-01-01, 2027-01-04]\nwork: [2027-01-02]\n", "utf-8"
    )
    own = load_calendar(str(tmp_path), CONFIG, ZONE)
    assert own.after(date(2026, 11, 23), 1) == date(2026, 11, 25)
    assert own.after(date(2026, 11, 27), 1) == date(2026, 11, 28)
    assert own.after(date(2026, 12, 31), 2) == date(2027, 1, 5)
    assert not own.provisional(date(2026, 12, 31), date(2027, 1, 5))


def test_a_file_not_complete_leaves_its_year_provisional(tmp_path):
    """Some known closures are not yet the year's arrangement."""
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar/2027.yaml").write_text("year: 2027\noff: [2027-01-04]\n", "utf-8")
    own = load_calendar(str(tmp_path), CONFIG, ZONE)
    assert own.after(date(2026, 12, 31), 1) == date(2027, 1, 5)
    assert own.provisional(date(2026, 12, 31), date(2027, 1, 5))


def test_an_office_without_hours_is_refused(tmp_path):
    """Without a day of work no limit could ever end."""
    from msgspec import structs

    with pytest.raises(BadData, match="没有一天上班"):
        load_calendar(str(tmp_path), structs.replace(CONFIG, hours={}), ZONE)


def test_open_saturdays_have_hours_and_are_no_working_days():
    """Working days pass it over; hours run on it; it closes at its own time."""
    open_saturday = office({**USUAL, "周六": ("09:00-11:30",)})
    assert open_saturday.after(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert open_saturday.opens(date(2026, 11, 28)) and not open_saturday.is_workday(date(2026, 11, 28))
    assert open_saturday.close_of(date(2026, 11, 28)) == at("28 11:30")
    assert open_saturday.after_hours(at("27 17:00"), 2) == at("28 10:30")
    assert open_saturday.opened(at("27 17:00"), at("30 09:00")) == timedelta(hours=3, minutes=30)
    assert [str(open_saturday.opening(date(2026, 11, n))) for n in (28, 29)] == ["2026-11-28", "2026-11-30"]
    shut = office({**USUAL, "周六": ("09:00-11:30",)}, off=[date(2026, 10, 3)])
    assert not shut.opens(date(2026, 10, 3))  # a Saturday within the holiday


def test_a_makeup_saturday_takes_mondays_hours_even_where_saturdays_have_their_own():
    """2026-02-14 replaces a weekday: it closes when weekdays close, and is a 工作日."""
    made_up = [date(2026, 2, 14), date(2026, 2, 28)]
    open_saturday = office({**USUAL, "周六": ("09:00-11:30",)}, work=made_up)
    for day in made_up:
        assert open_saturday.is_workday(day)
        assert open_saturday.close_of(day).time() == time(17, 30)
    assert open_saturday.close_of(date(2026, 2, 7)).time() == time(11, 30)


def test_an_office_open_at_weekends_alone_works_at_weekends():
    """A reading room open on Saturdays and Sundays has its working days then."""
    room = office({"周六": ("09:00-16:00",), "周日": ("09:00-16:00",)})
    assert room.after(date(2026, 11, 23), 2) == date(2026, 11, 29)


@pytest.mark.parametrize(
    "moment, day",
    [
        ("23 17:29", 23),
        ("23 17:30", 24),
        ("23 17:31", 24),
        ("23 00:10", 23),
        ("28 10:00", 30),
        ("27 18:00", 30),
    ],
)
def test_what_comes_after_closing_falls_on_the_next_working_day(moment, day):
    """Before the close of business the day itself; from then on, and on days off, the next."""
    assert CALENDAR.first_day(at(moment)) == date(2026, 11, day)


def test_a_makeup_saturday_keeps_a_weekdays_hours():
    """On a make-up day the office keeps Monday's hours, or the week's first if Mondays are closed."""
    assert office(work=[date(2026, 11, 28)]).close_of(date(2026, 11, 28)) == at("28 17:30")
    late = office({"工作日": ("09:00-17:00",), "周一": ()}, work=[date(2026, 11, 28)])
    assert late.close_of(date(2026, 11, 28)) == at("28 17:00")


def test_seasonal_hours_change_the_close_of_business():
    """Summer hours, and a season that spans the turn of the year."""
    seasons = [("06-01", "09-30", {"工作日": ("08:00-12:00", "15:00-18:00")}),
               ("12-15", "01-15", {"工作日": ("09:00-16:00",)})]  # fmt: skip
    found = office(seasons=seasons)
    assert found.close_of(date(2026, 7, 1)).time() == time(18)
    assert found.close_of(date(2026, 6, 1)).time() == found.close_of(date(2026, 9, 30)).time() == time(18)
    assert found.close_of(date(2026, 11, 23)).time() == time(17, 30)
    one_day = office(seasons=[("12-24", "12-24", {"工作日": ("09:00-12:00",)})])
    assert [one_day.close_of(date(2026, 12, n)).hour for n in (23, 24, 25)] == [17, 12, 17]
    assert found.close_of(date(2026, 12, 15)).time() == found.close_of(date(2027, 1, 15)).time() == time(16)


def test_a_season_closed_altogether_holds_no_working_day():
    """A school shut in August: limits wait for September, even over a make-up day."""
    shut = office(seasons=[("08-01", "08-31", {"工作日": ()})], work=[date(2026, 8, 8)])
    assert shut.after(date(2026, 7, 31), 1) == date(2026, 9, 1)
    assert shut.this_or_next(date(2026, 8, 8)) == date(2026, 9, 1)


@pytest.mark.parametrize(
    "start, hours, end",
    [
        ("23 09:00", 2, "23 11:00"),
        ("23 11:00", 2, "23 15:00"),  # over lunch
        ("23 07:00", 1, "23 09:30"),  # before opening
        ("23 12:30", 1, "23 15:00"),  # in the break
        ("27 17:00", 1, "30 09:00"),  # over the weekend
        ("23 14:00", 7, "24 12:00"),  # exactly at the end of an interval
        ("2026-02-13 17:00", 1, "2026-02-14 09:00"),  # into a make-up Saturday
    ],
)
def test_hours_run_only_while_the_office_is_open(start, hours, end):
    """A limit in hours begins at once and stands still at lunch, at night and on days off."""
    assert CALENDAR.after_hours(at(start), hours) == at(end)


def test_hours_and_some_time_more():
    """What a pause took out is added to the hours, over the night and exactly."""
    assert CALENDAR.after_hours(at("23 09:00"), 2, timedelta(minutes=90)) == at("23 14:30")
    assert CALENDAR.after_hours(at("23 16:00"), 2, timedelta(hours=1)) == at("24 10:00")
    assert CALENDAR.after_hours(at("23 12:30"), 0, timedelta(minutes=1)) == at("23 14:01")


@pytest.mark.parametrize(
    "start, end, days",
    [
        ("23 17:31", "24 08:29", "0"),  # a night
        ("23 17:30", "24 08:30", "0"),  # from close to opening, both included
        ("23 12:00", "23 14:00", "0"),  # lunch
        ("27 17:30", "30 08:30", "0"),  # a weekend
        ("23 08:30", "23 17:30", "1"),
        ("23 00:00", "24 00:00", "1"),
        ("23 16:00", "24 10:00", "3/7"),  # an hour and a half twice, of seven
        ("23 10:00", "26 10:00", "3"),  # what was missing of the first day is that of the last
        ("2026-02-13 10:00", "2026-02-24 10:00", "2"),  # a make-up Saturday, then the holiday
        ("24 10:00", "23 10:00", "0"),
    ],
)
def test_lost_working_days_are_shares_of_each_day(start, end, days):
    """Each 工作日 counts by the share of its own opening time that was lost."""
    assert CALENDAR.lost(at(start), at(end)) == Fraction(days)


def test_days_of_other_lengths_lose_shares_of_their_own():
    """Half of a short Friday is half a day, as is half of a long Monday."""
    short = office({"工作日": ("08:00-16:00",), "周五": ("08:00-12:00",), "周六": ("08:00-12:00",)})
    assert short.lost(at("27 10:00"), at("30 12:00")) == Fraction(1)
    assert short.lost(at("28 08:00"), at("28 12:00")) == 0  # an open Saturday is no 工作日


@given(DATES, st.lists(st.integers(0, 4000), min_size=3, max_size=3))
def test_lost_time_adds_up(day, minutes):
    """Split anywhere, the parts are as long as the whole."""
    start = datetime.combine(day, time(), ZONE)
    a, b, c = (start + timedelta(minutes=n) for n in sorted(minutes))
    assert CALENDAR.lost(a, b) + CALENDAR.lost(b, c) == CALENDAR.lost(a, c)


def test_opened_is_the_inverse_of_after_hours():
    """What was counted is what lies between."""
    end = CALENDAR.after_hours(at("27 16:00"), 9)
    assert CALENDAR.opened(at("27 16:00"), end) == timedelta(hours=9)
    assert CALENDAR.opened(end, at("27 16:00")) == timedelta()


@pytest.mark.parametrize(
    "text, why",
    [("8点到12点", "“8点到12点”不是时段，应写成 08:30-12:00"), ("12:00-08:00", "时段“12:00-08:00”的起点不早于终点"),
     ("08:00-08:00", "时段“08:00-08:00”的起点不早于终点"), ("08:00-25:00", "“08:00-25:00”不是时段"),
     ("08:30+08:00-12:00", "不是时段")],
)  # fmt: skip
def test_wrong_intervals_are_named(text, why):
    """A mistyped opening time is shown as typed."""
    with pytest.raises(ValueError, match=why):
        intervals([text])


def test_overlapping_intervals_are_refused():
    """The same minute must not count twice."""
    with pytest.raises(ValueError, match="重叠"):
        intervals(["08:30-12:00", "11:00-14:00"])
    assert intervals(["14:00-17:30", "8:30-12:00"]) == ((time(8, 30), time(12)), (time(14), time(17, 30)))


def test_intervals_may_touch():
    """Two shifts that follow each other without a break share no minute, in whatever order they stand."""
    shifts = ((time(8), time(12)), (time(12), time(16)))
    assert intervals(["08:00-12:00", "12:00-16:00"]) == intervals(["12:00-16:00", "08:00-12:00"]) == shifts


def test_a_wrong_day_of_the_week_is_named():
    """星期一 is not 周一; the week says which words it knows."""
    with pytest.raises(ValueError, match="^“星期一”不是工作日或周一至周日$"):
        Hours({"星期一": ("09:00-12:00",)})


@pytest.mark.parametrize("season", [(), [("12-15", "01-15", {"周三": ("09:00-12:00",)})]])
def test_open_weekdays_are_those_of_the_season(season):
    """Which days of the week the office opens is asked of a day, for seasons differ."""
    hours = Hours({"工作日": ("09:00-17:00",), "周一": ()}, season)
    assert list(hours.open_weekdays(date(2026, 7, 1))) == [1, 2, 3, 4]
    assert list(hours.open_weekdays(date(2027, 1, 1))) == ([2] if season else [1, 2, 3, 4])


def test_an_endless_count_is_refused_in_words():
    """A mistyped limit of a billion days is no crash."""
    with pytest.raises(Usage, match="核对天数"):
        CALENDAR.after(date(2026, 11, 23), 10**9)


def test_another_zone_does_not_move_the_day():
    """Hours asked with a moment of another zone are those of the ledger's clock."""
    utc = at("23 09:00").astimezone(ZoneInfo("UTC"))
    assert CALENDAR.after_hours(utc, 2) == at("23 11:00")


@pytest.mark.parametrize("machine", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_an_office_open_day_and_night_keeps_the_ledgers_days(machine, machine_zone):
    """Hours before dawn and before midnight belong to the ledger's day, wherever the machine is."""
    machine_zone(machine)
    ward = office({"周一": ("00:00-23:59",), "周三": ("00:00-23:59",)})
    for early, late_ in (("23 00:30", "23 02:30"), ("23 21:00", "23 23:00")):
        assert ward.opened(at(early), at(late_)) == timedelta(hours=2)
        assert ward.after_hours(at(early), 2) == at(late_)


@pytest.mark.parametrize("count", [104, 105, 106, 261])
def test_a_count_may_end_with_the_last_day_looked_at(count):
    """An office open on Mondays alone has 104 of them in 2026 and 2027; the next is counted as well."""
    mondays = office({"周一": ("09:00-17:00",)})
    assert mondays.after(date(2026, 1, 1), count) == date(2026, 1, 5) + timedelta(weeks=count - 1)


def test_the_day_itself_or_the_next_that_works():
    """What falls on a day off waits for the next working day, also over the turn of the year."""
    assert CALENDAR.after(date(2026, 11, 28), 0) == date(2026, 11, 28)  # nothing counted, nothing moved
    asked = [date(2026, 11, 23), date(2026, 11, 28), date(2027, 12, 31), date(2028, 1, 1)]
    fresh = [office().this_or_next(day) for day in asked]
    assert fresh == [date(2026, 11, 23), date(2026, 11, 30), date(2027, 12, 31), date(2028, 1, 3)]


@given(DATES, st.integers(0, 300))
def test_between_counts_what_after_adds(day, count):
    """``after`` and ``between`` agree about every count."""
    assert CALENDAR.between(day, CALENDAR.after(day, count)) == count


@given(DATES, DATES, st.integers(1, 60))
def test_after_keeps_order(one, other, count):
    """Who came earlier is never due later."""
    first, last = sorted((one, other))
    assert CALENDAR.after(first, count) <= CALENDAR.after(last, count)


WEEKS = st.dictionaries(
    st.sampled_from(WEEKDAYS), st.sampled_from([(), ("09:00-17:00",), ("08:00-12:00", "13:00-16:00")]),
    min_size=1,
).filter(lambda week: any(week.values()))  # fmt: skip


@given(WEEKS, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 400))
def test_any_week_will_do(week, day, count):
    """Whatever days an office opens, counting agrees with looking at each day in turn."""
    odd = office(week)
    due = odd.after(day, count)
    opening = {d for d, hours in week.items() if hours}
    working = opening - {"周六", "周日"} or opening
    step, left = day, count
    while left:
        step += timedelta(days=1)
        left -= WEEKDAYS[step.weekday()] in working
    assert due == step
    assert odd.between(day, due) == count
    assert odd.close_of(due).time() == intervals(week[WEEKDAYS[due.weekday()]])[-1][1]


@given(WEEKS, st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.integers(1, 60))
def test_hours_in_any_week(week, moment, hours):
    """The office was open just that long between start and end."""
    odd = office(week)
    start = moment.replace(tzinfo=ZONE)
    end = odd.after_hours(start, hours)
    assume(end.year < 2100)
    assert odd.opened(start, end) == timedelta(hours=hours)


def test_years_are_counted_in_whatever_order_they_are_asked_for():
    """The list of working days grows to earlier years too, and holds the last days of its last one."""
    fresh = load_calendar("/nowhere", CONFIG, ZONE)
    assert fresh.after(date(2026, 3, 2), 1) == date(2026, 3, 3)
    assert fresh.between(date(2025, 12, 29), date(2026, 1, 5)) == 4  # 30, 31, Sunday the 4th, 5
    alone = load_calendar("/nowhere", CONFIG, ZONE)
    assert alone.between(date(2025, 12, 28), date(2025, 12, 31)) == 3
