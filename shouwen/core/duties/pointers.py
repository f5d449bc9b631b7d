"""Where a text sends somebody: which department, which unit, where, by which phone."""

import re
from collections.abc import Iterable

# What a unit's name ends like, but not where the sign belongs to another word: 办理, 所需, 部门, 到处.
_UNIT = (
    r"[一-鿿]{2}(?:局(?![长部面限势])|(?<![大务业])厅(?!长)|委(?![托员派屈婉])|院(?![长内里子落])|中心|公司|[大支]队|银行|政府|街道"
    r"|(?<![到用好坏何别此各])处(?![理罚置分长室于])|(?<!学)科(?![长学目员技室])|站(?![长点在着])|(?<![场厕有无])所(?![需有以属说列在示谓得提])"
    r"|(?<![全内外局各])部(?![门分位署长])|(?<![能可去要请来帮代不先再经承主督协交难好已场就上在急])办(?![理事公法结好件税证完到了妥成不案过]))"
    r"|(?:委员|协|联合|工|居委|村委|理事|商|基金)会"
)
# Marks of a place, but not where they only belong to the name of a unit or a thing: 街道办, 公安厅, 部门, 挂号.
_PLACE = (
    r"[\d０-９一二三四五六七八九十百]\s*号(?!码)|(?<![铁公道思线电网])路(?![线由径政])|街(?!道)|楼|巷|窗|大厦|(?<!办公)室"
    r"|(?<![部专上热])门(?![诊户])|[大服务营业事案批诊门]厅|村(?![委民])|(?<![城乡])镇(?!政府)"
)
_TIME = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[:：]\d{2}"
_PHONE = r"\d(?:[-－—\s()（）]{0,2}\d){4}"  # the shortest that is a telephone's: 12329, 95598


def whereabouts(text: str, departments: Iterable[str] = ()) -> dict[str, object]:
    """Return what a text says of where to go, by the words of a regulation (``items``).

    A department is named by its name, which is no place however it ends; a unit ends like one, a
    place has the mark of one, a phone is digits in a row that are no date and no time of day.
    """
    bare = text
    phone = bool(re.search(_PHONE, re.sub(_TIME, "、", text)))
    for name in (known := list(departments)):
        bare = bare.replace(name, "、")
    place = bool(re.search(_PLACE, bare))
    return {
        "部门": any(name in text for name in known), "单位": bool(re.search(_UNIT, text)) or bare != text,
        "地点": place, "电话": phone, "联系方式": phone or place,
    }  # fmt: skip
