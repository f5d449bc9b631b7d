"""What is heavier: only what an order says, never what nobody laid down."""

from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.accountability.gravity import heavier
from shouwen.store.settings import load_policy

ORDER = ["警告", "记过", "记大过", "降级", "撤职", "开除"]
BUMEN = load_policy("bumen")
WORDS = st.lists(
    st.sampled_from([*ORDER, "诫勉教育", "效能告诫", "通报批评", "写检查"]), max_size=4, unique=True
)


def test_orders_of_law_regulation_and_ladder():
    """公务员法 62, Art. 9 (two 诫勉教育 weigh as one 效能告诫), and each rung of Art. 4 above the last."""
    assert heavier(BUMEN, ["记过"], ["警告"]) == ()
    assert heavier(BUMEN, ["警告"], ["记过"]) == ("记过",)
    assert heavier(BUMEN, ["效能告诫"], ["诫勉教育"]) == ()
    assert heavier(BUMEN, ["扣发奖金", "待岗"], ["通报批评", "取消评先资格"]) == ()
    assert heavier(BUMEN, ["通报批评"], ["扣发奖金"]) == ("扣发奖金",)
    assert heavier(BUMEN, ["行政警告处分"], ["诫勉教育"]) == ()  # by way of 效能告诫


def test_one_dropped_measure_makes_room_for_one():
    """Two light ones in the place of one heavy one: one of them is one more."""
    assert len(heavier(BUMEN, ["记大过"], ["警告", "记过"])) == 1
    assert heavier(BUMEN, ["记过", "记大过"], ["警告", "记过"]) == ()


@given(WORDS, st.data())
def test_dropping_is_never_heavier(before: list[str], data) -> None:
    """Whatever is known of the order: a part of what stood is not worse."""
    after = data.draw(st.lists(st.sampled_from(before), unique=True)) if before else []
    assert heavier(BUMEN, before, after) == ()


@given(WORDS, WORDS)
def test_there_and_back_is_never_lighter_both_ways(before: list[str], after: list[str]) -> None:
    """If neither way makes it worse, it is the same measures."""
    if not heavier(BUMEN, before, after) and not heavier(BUMEN, after, before):
        assert set(before) == set(after)


@given(WORDS, WORDS)
def test_more_measures_are_always_worse(before: list[str], after: list[str]) -> None:
    """A longer list can never be the milder one."""
    if len(after) > len(before):
        assert heavier(BUMEN, before, after)
