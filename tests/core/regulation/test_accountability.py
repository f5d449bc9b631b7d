"""The measures that a rule of accountability names."""

from shouwen.core.regulation.accountability import Rung, Special, Tier, Violation


def test_every_measure_of_a_rung():
    """What must be, what may be chosen, what may be added."""
    assert Rung(measures=("甲",), one_of=("乙", "丙"), optional=("丁",)).named == ("甲", "乙", "丙", "丁")


def test_what_follows_in_any_case_and_what_may():
    """By occasion, gravity and person too for the one who did it; a department's measure is not among them."""
    rule = Violation(
        article="五", text="推诿", also=("通报",), optional=("检查",), ladder=(Rung(measures=("教育",)), Rung(one_of=("扣奖",))),
        tiers={"严重": Tier(measures=("免职",))}, special=(Special(article="六", status=("临聘",), measures=("辞退",)),),
        unit=Rung(measures=("整改",)),
    )  # fmt: skip
    assert rule.fixed == ("检查", "通报")
    assert rule.named == ("检查", "通报", "教育", "扣奖", "免职", "辞退")
