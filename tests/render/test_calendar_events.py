"""A calendar program reads what we write: every event back through the library icalendar, whatever stands in it."""

from datetime import UTC, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from shouwen.render.calendar_events import Waiting, calendar_text
from shouwen.render.values import safe
from tests.support.clock import at

NOW = at("23 09:15")
# Everything that stands for something in the format, and what a record may hold besides.
TEXTS = st.text(
    alphabet=st.sampled_from("a;,:\\n\"'%= 件理\t\r\n\x07\u202e\u2028😀é"), max_size=80
) | st.text(max_size=200)


def read(text: str) -> icalendar.Calendar:
    """The object as the library reads it; every line is as short as the format wants it and ends as it does."""
    assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return icalendar.Calendar.from_ical(text)


@given(
    TEXTS,
    st.lists(TEXTS, max_size=4),
    st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1)),
    st.booleans(),
)
def test_what_is_read_back_is_what_was_written(subject, lines, due, red):
    """No text ends a property, adds one or loses a character that can be shown; the moment is the same moment."""
    due = due.replace(microsecond=0, tzinfo=UTC).astimezone(NOW.tzinfo)
    (event,) = read(calendar_text("某局", [Waiting("20261123-K7Q4QX", subject, due, lines, red)], NOW)).walk(
        "VEVENT"
    )
    assert str(event["SUMMARY"]) == ("超期：" if red else "") + "\n".join(map(safe, subject.split("\n")))
    told = "\n".join(["20261123-K7Q4QX", *lines])
    assert str(event["DESCRIPTION"]) == "\n".join(map(safe, told.split("\n")))
    assert event.decoded("DTSTART") == due and event.decoded("DTSTAMP") == NOW
    assert event["UID"] == "20261123-K7Q4QX@shouwen"


def test_the_same_inquiry_is_the_same_event_another_day():
    """A calendar that reads the file again moves the event: same UID, later stamp."""
    first = Waiting("20261123-K7Q4QX", "问材料", at("26 17:30"), [])
    later = Waiting("20261123-K7Q4QX", "问材料", at("30 17:30"), [], red=True, provisional=True)
    day = timedelta(days=1)
    (one,), (two,) = (
        read(calendar_text("某局", [w], n)).walk("VEVENT") for w, n in ((first, NOW), (later, NOW + day))
    )
    assert one["UID"] == two["UID"] and two.decoded("DTSTAMP") - one.decoded("DTSTAMP") == day
    assert (one["STATUS"], two["STATUS"]) == ("CONFIRMED", "TENTATIVE")
    assert str(two["SUMMARY"]) == "超期：问材料（暂定）"


def test_nothing_due_is_an_object_all_the_same():
    """A subscription that has become empty is read, and empties the calendar."""
    empty = read(calendar_text("某局", [], NOW))
    assert empty.walk("VEVENT") == [] and len(empty.subcomponents) == 1
    assert str(empty["X-WR-CALNAME"]) == "某局"


def test_the_first_due_comes_first():
    """Whoever reads the file by eye sees what is due next on top."""
    some = [Waiting(f"2026112{n}-AAAAAA", "", at(f"2{9 - n} 17:30"), []) for n in range(1, 5)]
    events = read(calendar_text("某局", some, NOW)).walk("VEVENT")
    assert [e["UID"][7] for e in events] == ["4", "3", "2", "1"]
