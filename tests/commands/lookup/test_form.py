"""``form`` on the command line: what it prints, records, refuses and keeps to itself."""

import os
import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest

from shouwen.render.forms.catalogue import KINDS
from shouwen.render.width import padded, width, wrapped

GOLDEN = Path(__file__).parent / "forms"
REWRITE = "SHOUWEN_GOLDEN" in os.environ
LATER = "2026-11-30T10:00"
HOSTILE = """<script>alert(1)</script> & "|*_[x](y)`\x1b[31m\u202e${x}$title"""


def arguments(name: str, inquiry: str) -> list[str]:
    """What stands after the form's name: the inquiry, or the period of a list."""
    return [inquiry] if KINDS[name].rows else ["--from", "2026-11-01"]


@pytest.mark.parametrize("name", KINDS, ids=[kind.english for kind in KINDS.values()])
def test_text(sw, whole: str, name: str) -> None:
    """Every box of every form for an inquiry to which everything happened, aligned.

    After a change that is meant: SHOUWEN_GOLDEN=1 rewrites tests/commands/lookup/forms, then read the diff.
    """
    found = sw("wangfang", "form", name, *arguments(name, whole), now=LATER)
    kept = GOLDEN / f"{KINDS[name].english}.txt"
    if REWRITE:
        kept.write_text(found.out, "utf-8")
    assert found.out == kept.read_text("utf-8")
    assert found.err == ("提示：已办结（不予办理），不再出具回执单\n" if name == "回执单" else "")
    drawn = [line for line in found.out.splitlines() if line[0:1] in "+|"]
    assert len({width(line) for line in drawn if line}) == 1


def test_list_of_forms(sw) -> None:
    """Without a name the command tells which forms there are and what each is for."""
    found = sw("wangfang", "form").out
    assert [line.split()[0] for line in found.splitlines()[2:]] == list(KINDS)
    assert "不能当场办结时交服务对象" in found


class Texts(HTMLParser):
    """The tags and the texts of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.texts = [], []

    def handle_starttag(self, tag, attributes):
        """Kept with their attributes."""
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        """Kept as they read."""
        self.texts.append(data)


@pytest.fixture
def hostile(sw, ledger: Path) -> str:
    """An inquiry whose every text tries to be something else, in an office that does, too."""
    settings = ledger / "ledger.yaml"
    text = re.sub("(?m)^name: .*$", 'name: "某局<b>$title"', settings.read_text("utf-8"))
    settings.write_text(text, "utf-8")
    name = sw(
        "wangfang", "intake", "--channel", "来电", "--category", "咨询", "--scope", "其他部门",
        "--subject", HOSTILE, "--detail", HOSTILE, "--name", HOSTILE + "某", "--phone", HOSTILE + "1",
        "--organisation", HOSTILE,
    ).id  # fmt: skip
    sw("wangfang", "handoff", name, "--to", "规划科/lijie", "--mode", "电话联系", "--reason", HOSTILE)
    sw("wangfang", "escalate", name, "--text", HOSTILE)
    return name


@pytest.mark.parametrize("name", KINDS, ids=[kind.english for kind in KINDS.values()])
def test_html_is_one_harmless_file(sw, hostile: str, name: str) -> None:
    """What an inquirer says never becomes markup, and the page asks nothing of any other place."""
    page = sw("wangfang", "form", name, *arguments(name, hostile), "--format", "html").out
    read = Texts()
    read.feed(page)
    kinds = {tag for tag, _ in read.tags}
    assert kinds <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "span", "table", "colgroup",
        "col", "thead", "tbody", "tr", "th", "td", "div",
    }  # fmt: skip
    assert not {key for _, attributes in read.tags for key in attributes} & {"src", "href", "onload"}
    assert not re.search(r"url\(|@import|https?:", page)
    assert "某局<b>$title" in read.texts
    shown = '<script>alert(1)</script> & "|*_[x](y)`[31m'
    assert any(text.startswith(shown) for text in read.texts)
    assert "\x1b" not in page and "\u202e" not in page
    assert "@page { size: A4" in page


@pytest.mark.parametrize("name", KINDS, ids=[kind.english for kind in KINDS.values()])
def test_markdown_keeps_its_table(sw, hostile: str, name: str) -> None:
    """Bars, stars and brackets in a value stay a value in its cell."""
    text = sw("wangfang", "form", name, *arguments(name, hostile), "--format", "markdown").out
    rows = [line for line in text.splitlines() if line.startswith("|")]
    bars = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
    assert len(bars) == 1
    assert "<script>" not in text and "\x1b" not in text
    assert r"&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in text
    assert r"\|\*\_\[x\](y)\`" in text


def test_issue_is_recorded(sw, ledger: Path, inquiry) -> None:
    """The paper and the record agree: form, number, to whom, and the day on the paper."""
    name = inquiry()
    given = sw("wangfang", "form", "回执", name, "--issue", "--no", "回〔2026〕12号", "--to-whom", "张某")
    assert given.out.startswith(" ") and "首问负责制回执单" in given.out
    assert "单号：回〔2026〕12号" in given.out and given.out.rstrip().endswith("2026年11月23日")
    record = next(ledger.glob(f"inquiries/**/{name}.yaml")).read_text("utf-8")
    event = record.splitlines()[-1]
    assert '"do": "出具", "form": "回执单", "number": "回〔2026〕12号", "to": "张某"' in event
    again = sw("lijie", "form", "回执单", name, now=LATER)
    assert again.out == given.out
    assert "出具" in sw("wangfang", "show", name).out


def test_issue_later_for_earlier(sw, inquiry) -> None:
    """A receipt given on paper may be entered afterwards, even once the matter is closed."""
    name = inquiry()
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "已告知", now="2026-11-24T10:00")
    late = sw("wangfang", "form", "回执", name, "--issue", now="2026-11-24T11:00", code=3)
    assert "已办结（已答复），不再出具回执单" in late.err
    given = sw("wangfang", "form", "回执", name, "--issue", "--at", "昨天 09:30", now="2026-11-24T11:00")
    assert given.out.rstrip().endswith("2026年11月23日")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("交接表", "还没有转办的记录；先转办：shouwen handoff"),
        ("督办单", "还没有督办的记录；先督办：shouwen supervise"),
        ("提供材料一览表", "还没有一次性告知的记录"),
    ],
)
def test_nothing_to_give_out(sw, ledger: Path, inquiry, tmp_path: Path, name: str, words: str) -> None:
    """An empty form may be printed and written on; given out it must be about something."""
    number = inquiry()
    path = next(ledger.glob(f"inquiries/**/{number}.yaml"))
    before = path.read_bytes()
    target = tmp_path / "form.html"
    refused = sw("wangfang", "form", name, number, "--issue", "-o", target, code=3)
    assert words in refused.err and refused.out == ""
    assert path.read_bytes() == before and not target.exists()
    blank = sw("wangfang", "form", name, number)
    assert KINDS[name].title in blank.out and words in blank.err


def test_output(sw, inquiry, tmp_path: Path) -> None:
    """The file is its owner's alone; another file is never written over, and then nothing is recorded."""
    name, target = inquiry(), tmp_path / "回执.html"
    given = sw("wangfang", "form", "回执", name, "--issue", "-f", "html", "--output", target)
    assert given.out == f"{name}\n"
    assert given.err.endswith(f"已写入 {target}（只本人可读）\n")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    text = target.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    again = sw("wangfang", "form", "交接", name, "--output", target, code=6)
    assert "已有这个文件，没有覆盖" in again.err
    assert target.read_text("utf-8") == text
    shown = sw("wangfang", "show", name).out
    sw("wangfang", "form", "回执", name, "--issue", "--output", target, code=6)
    assert sw("wangfang", "show", name).out == shown


def test_lists_are_masked(sw, inquiry, tmp_path: Path) -> None:
    """A list goes from hand to hand: people are masked, 举报 only counted, unless asked into a file."""
    inquiry(name="赵小明")
    inquiry(category="举报", name="钱某某", subject="反映某事")
    inquiry(name="孙某某", subject="另一件")
    found = sw("wangfang", "form", "台账").out
    assert "赵**" in found and "赵小明" not in found and "13812341234" not in found
    assert "反映某事" not in found and "钱" not in found
    assert "共 2 件。\n另有保密件（举报等）1 件，不列入。" in found
    assert "只用于终端" in sw("wangfang", "form", "汇总表", "--reveal", code=2).err
    target = tmp_path / "list.txt"
    sw("wangfang", "form", "台账", "--reveal", "-o", target)
    bare = target.read_text("utf-8")
    assert "赵小明" in bare and "13812341234" in bare and "钱" not in bare
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_confidential_form_warns(sw, inquiry) -> None:
    """The one form that names who complained says to whom it must not go (信访工作条例第三十条)."""
    found = sw("wangfang", "form", "受理", inquiry(category="举报"))
    assert "张某" in found.out
    assert "不得交给被反映的人或其所在部门" in found.err
    assert sw("wangfang", "form", "受理", inquiry()).err == ""


def test_lists_take_a_period_over_live_and_archive(sw, ledger: Path, inquiry) -> None:
    """The month's ledger holds what was taken in within it, wherever the record lies now."""
    old = inquiry(received="2026-10-30 10:00", subject="十月的事")
    inquiry(subject="十一月的事")
    live = next(ledger.glob(f"inquiries/**/{old}.yaml"))
    moved = ledger / "archive" / live.relative_to(ledger / "inquiries")
    moved.parent.mkdir(parents=True)
    live.rename(moved)
    october = sw("wangfang", "form", "台账", "--from", "2026-10-01", "--to", "2026-10-31").out
    assert "十月的事" in october and "十一月的事" not in october
    assert "期间：2026年10月1日至2026年10月31日" in october
    month = sw("wangfang", "form", "台账").out
    assert "十一月的事" in month and "十月的事" not in month
    assert "期间：2026年11月1日至2026年11月23日" in month
    both = sw("wangfang", "form", "台账", "--from", "10-01").out
    assert both.index("十月的事") < both.index("十一月的事")
    early = sw("wangfang", "form", "台账", "--from", "10-01", "--as-of", "2026-11-01").out
    assert "十月的事" in early and "十一月的事" not in early


def test_unreadable_records_are_told(sw, ledger: Path, inquiry) -> None:
    """A list that misses a record says so on the paper too, and exits 5."""
    inquiry()
    broken = ledger / "inquiries/2026/11/20261101-AAAAAA.yaml"
    broken.write_text("id: [\n", "utf-8")
    found = sw("wangfang", "form", "台账", code=5)
    assert "共 1 件。\n另有 1 个文件读不出，未列入。" in found.out
    assert "读不出的文件 1 个" in found.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["登记", "X"], 2, "没有表单“登记”；可用：受理登记表"),
        (["回执"], 2, "回执单要写是哪一件：shouwen form 回执单 编号"),
        (["回执", "ZZZZ"], 4, "没有编号含“ZZZZ”的记录"),
        (["台账", "X"], 2, "台账按期间列出"),
        (["台账", "--issue"], 2, "台账按期间列出"),
        (["台账", "--from", "2026-11-02", "--to", "2026-11-01"], 2, "--from 2026-11-02 晚于 --to 2026-11-01"),
        (["回执", "X", "--from", "2026-11-01"], 2, "回执单是单件的表单"),
        (["回执", "X", "--at", "09:00"], 2, "--to-whom、--at 与 --issue 同用"),
        (["回执", "X", "--issue", "--as-of", "2026-11-01"], 2, "--as-of 只用于查看"),
        (["回执", "X", "--format", "pdf"], 2, "没有格式“pdf”；可用：text、markdown、html"),
        (["交接", "X", "--event", "zzzz"], 4, "没有编号为 zzzz、可填交接表的事件"),
    ],
)
def test_what_is_wrong_is_said(sw, inquiry, words: list[str], code: int, said: str) -> None:
    """Every mistake on the line is named, with the way out."""
    name = inquiry()
    found = sw("wangfang", "form", *(name if w == "X" else w for w in words), code=code)
    assert said in found.err and found.out == ""


def test_widths() -> None:
    """Chinese takes two columns; a line never exceeds its width, a Latin word is not torn."""
    assert (width("首问ab"), padded("首问", 6), padded("ab", 5, "center")) == (6, "首问  ", " ab  ")
    assert wrapped("首问负责制", 5) == ["首问", "负责", "制"]
    assert wrapped("见 shouwen form", 12) == ["见 shouwen", "form"]
    assert wrapped("电话0631-5550111", 12) == ["电话", "0631-5550111"]
    assert wrapped("a" * 13, 5) == ["aaaaa", "aaaaa", "aaa"]
    assert wrapped("一\n\n二", 10) == ["一", "", "二"]
    assert wrapped("e\u0301" * 4, 3) == ["e\u0301" * 3, "e\u0301"]


@pytest.mark.parametrize(("option", "said"), [("--from", "--from "), ("--to", "--to ")])
def test_a_day_that_is_none_is_named_with_its_option(sw, option, said):
    """Two options take a day: which one is wrong is said."""
    name = next(name for name, kind in KINDS.items() if not kind.rows)
    assert said in sw("wangfang", "form", name, option, "十三月一日", code=2).err
    both = sw("wangfang", "form", name, "--from", "2026-11-02", "--to", "2026-11-01", code=2).err
    assert "--from 2026-11-02" in both and "--to 2026-11-01" in both
