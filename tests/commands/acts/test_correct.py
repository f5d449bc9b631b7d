"""correct: one value or several, by the names people use, all or none."""

import pytest

from shouwen.core.errors import Refused, Usage
from shouwen.core.inquiry.corrections import CORRECTABLE, FIELDS, field_of

WORDS = [(word, name) for name, words in FIELDS.items() for word in (name, *words)]


@pytest.mark.parametrize(
    "word, name",
    [*WORDS, ("　电 话".replace(" ", ""), "inquirer.phone"), ("紧要", "urgency"), ("SUBJECT", "subject")],
)
def test_a_field_by_what_people_call_it(word, name):
    """Chinese or English, full-width, the beginning where it is the only one."""
    assert field_of(word) == name


def test_no_two_fields_share_a_name():
    """A word means one field."""
    assert len({word for word, _ in WORDS}) == len(WORDS)


@pytest.mark.parametrize("word, error", [("颜色", Usage), ("", Usage), ("受", Usage), ("服务对象", None), ("id", Refused), ("首问", Usage),
                                         ("first_responder", Refused), ("inquirer.anonymous", Refused)])  # fmt: skip
def test_a_word_that_is_none(word, error):
    """What is never corrected is refused by the rules; what there is not, or could be several, is a slip of the line."""
    if error is None:
        assert field_of(word) in CORRECTABLE
        return
    with pytest.raises(error, match="可更正：受理时间、渠道"):
        field_of(word)


def _lines(ledger, name):
    (path,) = ledger.glob(f"inquiries/*/*/{name}.yaml")
    return path.read_text("utf-8").splitlines()


def test_several_at_once(sw, ledger, inquiry):
    """One line each, with the same reason, in the order said; show has them by their Chinese names."""
    name = inquiry()
    before = _lines(ledger, name)
    sw("wangfang", "correct", name, "--field", "姓名", "--value", "章某", "--field", "电话", "--value", "０６３１－５５５０１２４",
       "--field", "受理时间", "--value", "2026-11-23 09:00", "--reason", "听错")  # fmt: skip
    added = _lines(ledger, name)[len(before) :]
    assert [line.split('"field": ')[1] for line in added] == [
        '"inquirer.name", "value": "章某", "reason": "听错"}',
        '"inquirer.phone", "value": "0631-5550124", "reason": "听错"}',
        '"received", "value": "2026-11-23T09:00:00+08:00", "reason": "听错"}',
    ]
    shown = sw("wangfang", "show", name).out
    assert "服务对象：章某 0631-5550124" in shown and "受理：2026-11-23 09:00" in shown
    assert "更正  项目：电话；更正为：0631-5550124；理由：听错" in shown
    assert "更正  项目：受理时间；更正为：2026-11-23 09:00；理由：听错" in shown


@pytest.mark.parametrize(
    "bad, code",
    [(("类别", "胡说"), 2), (("电话", "没有"), 2), (("受理时间", "明天上午"), 2), (("事由", "施工许可证办理材料"), 3), (("颜色", "红"), 2)],
)  # fmt: skip
def test_one_that_will_not_do_leaves_all_unwritten(bad, code, sw, ledger, inquiry):
    """The second of two is wrong, or changes nothing: the first is not written either."""
    name = inquiry()
    before = _lines(ledger, name)
    words = ("--field", "姓名", "--value", "章某", "--field", bad[0], "--value", bad[1])
    sw("wangfang", "correct", name, *words, "--reason", "听错", code=code)
    assert _lines(ledger, name) == before


@pytest.mark.parametrize("order", [("类别", "电话"), ("电话", "类别")])
def test_what_becomes_protected_is_protected_at_once(order, sw, ledger, inquiry):
    """Corrected to 举报 together with a phone number: the number goes to private/ in either order."""
    name = inquiry()
    value = {"类别": "举报", "电话": "0631-5550777"}
    words = [w for field in order for w in ("--field", field, "--value", value[field])]
    sw("wangfang", "correct", name, *words, "--reason", "听错")
    assert "5550777" not in "\n".join(_lines(ledger, name))
    assert "5550777" in (ledger / f"private/{name}.yaml").read_text("utf-8")
    assert "0631-5550777" in sw("wangfang", "show", name).out


def test_after_expiry_all_rest_on_the_approval(sw, ledger, inquiry):
    """One of the values would move a verdict that stands: without approval none is written, with it all are."""
    name = inquiry()
    before = _lines(ledger, name)
    words = (
        "--field",
        "事由",
        "--value",
        "换一个",
        "--field",
        "受理时间",
        "--value",
        "2026-11-23 09:10",
        "--reason",
        "x",
    )
    late = "2026-11-30T09:00"
    refused = sw("wangfang", "correct", name, *words, now=late, code=3)
    assert "没有办件人以外的人批准" in refused.err and _lines(ledger, name) == before
    sw("wangfang", "correct", name, *words, "--approved-by", "赵军", now=late)
    added = _lines(ledger, name)[len(before) :]
    assert len(added) == 2 and all('"approved_by": "zhaojun"' in line for line in added)
