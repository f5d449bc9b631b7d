"""Where a text sends somebody: which department, which unit, where, by which phone."""

import re
from collections.abc import Iterable

UNITS = ("局", "厅", "委", "院", "处", "科", "所", "站", "中心", "公司", "法院", "大队", "办", "部", "会")
PLACES = ("路", "街", "号", "楼", "室", "窗", "巷", "村", "镇", "大厦", "门", "厅")
_TIME = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[:：]\d{2}"
_PHONE = r"\d(?:[-－—\s()（）]{0,2}\d){4}"  # the shortest that is a telephone's: 12329, 95598


def whereabouts(text: str, departments: Iterable[str] = ()) -> dict[str, object]:
    """Return what a text says of where to go, by the words of a regulation (``items``).

    A department is named by its name; a unit ends like one, a place has the mark of one, a phone
    is digits in a row that are no date and no time of day.
    """
    phone = bool(re.search(_PHONE, re.sub(_TIME, "、", text)))
    place = any(mark in text for mark in PLACES)
    return {
        "部门": any(name in text for name in departments), "单位": any(end in text for end in UNITS),
        "地点": place, "电话": phone, "联系方式": phone or place,
    }  # fmt: skip
