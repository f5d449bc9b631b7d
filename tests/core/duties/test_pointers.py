"""What a text tells of where to go."""

import pytest

from shouwen.core.duties.pointers import whereabouts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("属规划科，在二楼201室，电话0631-5550133", {"部门", "单位", "地点", "电话", "联系方式"}),
        ("请打 12329", {"电话", "联系方式"}),
        ("往前走", set()),
        ("在人民路8号", {"地点", "联系方式"}),
        ("属税务局", {"单位"}),
        ("第1234件", set()),
        ("请于2026年11月30日到3楼", {"地点", "联系方式"}),
        ("请于2026-11-30 09:00来", set()),
        ("11月30日9点到12点，5号窗", {"地点", "联系方式"}),
        ("2026年11月30日以前打０６３１－５５５０１３３", {"电话", "联系方式"}),
        ("打(0631) 5550133", {"电话", "联系方式"}),
    ],
)
def test_what_a_text_tells(text: str, told: set[str]) -> None:
    """A department by its name, a unit by its ending, a place by its mark, a phone by its digits."""
    assert {word for word, there in whereabouts(text, ("规划科",)).items() if there} == told
