"""Inquiries as rows of a list."""

from shouwen.render.inquiries import Rows, askers_apart


def test_inquirers_of_one_name_are_told_apart():
    """Shown whole, two of one name bear the last digits; one who asks twice, or leaves no name, does not."""
    asked = [("张伟", "13800000001"), ("张伟", "13900000002"), ("张伟", ""), ("李强", "137"), ("李强", "137"),
             ("匿名", "1"), ("匿名", "2"), ("未留名", ""), ("未留名", "3")]  # fmt: skip
    found = askers_apart(Rows(rows=[{"inquirer": name, "phone": phone} for name, phone in asked]))
    assert [row["inquirer"] for row in found.rows] == [
        "张伟（0001）", "张伟（0002）", "张伟（未留电话）", "李强", "李强", "匿名", "匿名", "未留名", "未留名",
    ]  # fmt: skip
