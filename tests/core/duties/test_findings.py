"""What a finding says: its name and article, whether the act is refused, as what and about whom it may be reported."""

from msgspec import structs

from shouwen.core.duties.findings import Finding
from shouwen.core.inquiry.events import Accept, Extend, Progress
from shouwen.core.rulebook import Rules
from tests.support.clock import CALENDAR, at
from tests.support.records import close, event, handoff, inquiry, judged, policy
from tests.support.roster import OFFICE

WORDS = {"article": "四", "phrases": ["不知道"]}
SAID = event(Progress, "23 10:00", text="不知道", id="said")


def found(*events, now="24 15:00", rules=None, duties=None, **header) -> list[Finding]:
    """The findings on an inquiry under the default extension and just these duties."""
    rules = rules or policy()
    book = structs.replace(rules, duties=policy(duties=duties).duties if duties else {})
    if duties:
        book = structs.replace(book, duties={name: book.duties[name] for name in duties})
    return judged(inquiry(*events, **header), now, Rules(book, OFFICE, CALENDAR))[2]


def test_a_dispute_says_by_which_rule_it_was_decided():
    """The act, why it took no effect, and what decides; the act that causes it is refused."""
    taken = event(Accept, "23 10:00", "lijie", id="take")
    assert found(taken) == [
        Finding(
            "争议", "默认",
            "签收未生效：现为“在办”，不能签收（须为待签收）。时间在先者有效，时间相同的按事件编号先后", "take", True,
        )
    ]  # fmt: skip


def test_a_void_extension_cites_the_article_on_extensions():
    """It is refused under the article that allows extensions, or by default where none does."""
    late = event(Extend, "27 10:00", approved_by="zhaojun", reason="勘查", workdays=1, id="late")
    own = policy(extension={"article": "十二", "times": 1, "workdays": 5})
    for rules, article in ((own, "十二"), (structs.replace(own, extension=None), "默认")):
        assert found(late, rules=rules) == [
            Finding("延期无效", article, "期满后才提出延期，不算延期", "late", True)
        ]


def test_a_broken_duty_says_whether_it_is_refused_and_what_it_may_be_reported_as():
    """拒绝 refuses the act, 提示 shows it; a violation named by the regulation goes with it."""
    for level, refused in (("拒绝", True), ("提示", False)):
        duties = {"task_from": {"article": "四", "level": level, "violation": "推诿"}}
        text = "交办事项没有写明由谁交办（--assigned-by）"
        assert found(duties=duties) == [
            Finding(
                "交办领导", "四", text, "", refused, "推诿", None, True, owed_from="", due=at("23 17:30"),
                source="条文",
            )
        ]  # fmt: skip


def test_a_lead_cites_an_article_and_words_are_none():
    """What the base alone asks for charges nobody; a phrase in a reply is looked at, and is no lead."""
    ours = found(duties={"task_from": {"article": "默认"}})
    words = found(SAID, duties={"forbidden_words": WORDS | {"violation": "推诿"}})
    assert [(f.lead, f.violation) for f in (*ours, *words)] == [(False, ""), (False, "")]


def test_a_duty_holds_for_the_inquiries_it_is_laid_down_for():
    """What is laid down for visits alone finds nothing on a call."""
    for channel, count in (("来访", 1), ("来电", 0)):
        assert (
            len(found(SAID, duties={"forbidden_words": WORDS | {"channel": ["来访"]}}, channel=channel))
            == count
        )


def test_a_complaint_is_about_whom_it_names_other_breaches_about_whoever_acted():
    """Only the breach of those complained of is put to them."""
    duties = {"complaint": {"article": "五"}, "forbidden_words": WORDS}
    told = found(SAID, duties=duties, about=("lijie", "sunmei"))
    assert {f.name: f.whose for f in told} == {"引起投诉": ("lijie", "sunmei"), "禁用语": None}


def test_a_duty_read_elsewhere_finds_nothing():
    """What a call-back may omit is asked by its clock, not held against the record; the rest is found."""
    duties = {"callback": {"article": "六"}, "forbidden_words": WORDS}
    assert [f.name for f in found(SAID, duties=duties)] == ["禁用语"]


def test_every_finding_is_told():
    """Disputes, void extensions and broken duties stand beside each other, in this order."""
    late = event(Extend, "27 10:00", approved_by="zhaojun", reason="勘查", workdays=1)
    told = found(
        SAID, event(Accept, "23 11:00", "lijie"), late, handoff("27 11:00"), close("27 12:00"), now="30 09:00",
        duties={"forbidden_words": WORDS, "handoff_person": {"article": "三"}, "confirm": {"article": "三"}},
    )  # fmt: skip
    assert [f.name for f in told] == ["争议", "延期无效", "禁用语"]
