"""The forms as printed: A4 sheets from a real browser, with nothing cut off.

Chromium prints them, poppler reads the PDF back. Labels and values are looked for in what stands
on the paper, not in the HTML.
"""

import html
import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec import structs

from shouwen.core.inquiry.events import Return
from shouwen.core.inquiry.header import Inquirer
from shouwen.core.inquiry.lifecycle import replay
from shouwen.render.forms.catalogue import KINDS, filled, subject_of
from shouwen.render.forms.registers import register
from shouwen.store.ledger import Ledger

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="没有 chromium，无法打印"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="没有 pdftotext（poppler-utils），无法读回"),
]
LATER = "2026-11-30T10:00"
LONG = "服务对象反映的情况较为复杂需要逐项说明并附上全部材料" * 12
WORD = "A" * 300
POINTS = {"A4": (595, 842), "A4 across": (842, 595)}


def browse(folder: Path, page: Path, *options: str) -> str:
    """Run the browser on a page with a profile of its own; what it wrote to stdout."""
    done = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout


def plain(text: str) -> str:
    """Text without blanks and line ends, radicals and full-width marks as ordinary characters."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


class Paper:
    """A page printed: its sheets, their size, what stands on all or on each of them, and where."""

    def __init__(self, folder: Path, page: str):
        source, pdf = folder / "form.html", folder / "form.pdf"
        source.write_text(page, "utf-8")
        browse(folder, source, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
        raw = subprocess.check_output(["pdftotext", "-raw", pdf, "-"], text=True)
        self.text, self.texts = plain(raw), [plain(page) for page in raw.split("\f")[:-1]]
        boxes = subprocess.check_output(["pdftotext", "-bbox", pdf, "-"], text=True)
        boxes = boxes[boxes.index("<doc>") : boxes.index("</doc>") + 6]
        self.pages = ElementTree.fromstring(boxes).findall("page")

    @property
    def sizes(self) -> set[tuple[int, int]]:
        """Width and height of the pages, in whole points."""
        return {(round(float(p.get("width"))), round(float(p.get("height")))) for p in self.pages}

    def outside(self, margin: float = 28) -> list[str]:
        """The words that stand nearer to an edge than ``margin`` points (the footer: 14)."""
        return [
            word.text
            for page in self.pages
            for word in page.findall("word")
            if float(word.get("xMin")) < margin
            or float(word.get("xMax")) > float(page.get("width")) - margin
            or float(word.get("yMin")) < margin
            or float(word.get("yMax")) > float(page.get("height")) - 14
        ]


@pytest.fixture
def long(ledger: Path, whole: str) -> str:
    """An inquiry that says everything at length, and a word that has no place to break."""
    store = Ledger(str(ledger))
    record = store.read(store.find(whole)).content
    fields = {"reason": LONG, "text": LONG, "result": LONG, "basis": LONG, "procedure": LONG, "comment": LONG}
    events = tuple(
        structs.replace(e, **{k: v for k, v in fields.items() if hasattr(e, k) and not isinstance(e, Return)})
        for e in record.events
    )
    inquirer = Inquirer("某" + LONG[:99], WORD[:60], WORD)
    other = structs.replace(
        record, id="20261116-M0NG00", subject=LONG, detail=LONG, inquirer=inquirer, events=events
    )
    store.create(other)
    return other.id


def form_and_page(sw, ledger: Path, name: str, inquiry: str) -> tuple[list[str], str]:
    """The texts that must stand on the paper, and the page."""
    store = Ledger(str(ledger))
    content = store.read(store.find(inquiry)).content
    rules, state = store.rules(content.policy), replay(content)
    if not KINDS[name].rows:
        page = sw(
            "wangfang", "form", name, "--from", "2026-11-16", "--to", "2026-11-16", "-f", "html", now=LATER
        ).out
        found = register(name, "某局", "", [(rules, state)])
        return [found.title, *(c.title for c in found.columns), *(found.rows[0] if found.rows else ())], page
    page = sw("wangfang", "form", name, inquiry, "-f", "html", now=LATER).out
    event = subject_of(name, rules, state)
    form = filled(name, rules, state, event, content.received.replace(month=12), "")
    boxes = [box for row in form.rows for box in row]
    texts = [t for box in boxes for t in (box.label, *box.value.split("\n"), box.foot)]
    return [form.title, form.office, form.id, *form.notes, *texts], page


@pytest.mark.parametrize("name", KINDS, ids=[kind.english for kind in KINDS.values()])
def test_one_sheet_with_everything(sw, ledger: Path, whole: str, tmp_path: Path, name: str) -> None:
    """A hall prints one A4 sheet a form: every label and value is on it, within the margins."""
    texts, page = form_and_page(sw, ledger, name, whole)
    paper = Paper(tmp_path, page)
    assert [text for text in texts if plain(text) not in paper.text] == []
    assert paper.outside() == []
    assert len(paper.pages) == 1
    assert paper.sizes == {POINTS["A4" if KINDS[name].rows else "A4 across"]}


@pytest.mark.parametrize("name", ["交接表", "否定报备表", "汇总表"], ids=["handoff", "refusal", "summary"])
def test_long_values_wrap(sw, ledger: Path, long: str, tmp_path: Path, name: str) -> None:
    """Three hundred characters in every box go on in the next line, and the sheet on the next page."""
    texts, page = form_and_page(sw, ledger, name, long)
    paper = Paper(tmp_path, page)
    assert LONG in page
    assert [text for text in texts if plain(text) not in paper.text] == []
    assert paper.outside() == []
    assert len(paper.pages) >= 2
    assert paper.sizes == {POINTS["A4" if KINDS[name].rows else "A4 across"]}


def test_headings_repeat(sw, ledger: Path, whole: str, tmp_path: Path) -> None:
    """On every page of a long list it is plain what each column means; no row is torn apart."""
    store = Ledger(str(ledger))
    record = store.read(store.find(whole)).content
    for n in range(60):
        store.create(structs.replace(record, id=f"20261116-N{n:05}", subject=f"第{n}件" + LONG[:40]))
    page = sw("wangfang", "form", "台账", "--from", "2026-11-16", "-f", "html", now=LATER).out
    paper = Paper(tmp_path, page)
    assert len(paper.pages) > 2
    assert paper.text.count("业务属性首问责任人承办人") == len(paper.pages)
    assert [n for n in range(60) if f"第{n}件{LONG[:40]}" not in paper.text] == []
    assert f"第{len(paper.pages)}页,共{len(paper.pages)}页" in paper.text
    assert "共61件。" in paper.text and paper.outside() == []


MEASURE = """\
<script>
addEventListener("load", () => {
  const found = [...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument, body = page.body;
    const cells = [...page.querySelectorAll("th, td, td div, h1, h2, p, span, table")];
    const seen = cells.filter(c => c.offsetWidth);
    const wide = seen.filter(c => getComputedStyle(c).display != "inline" && c.scrollWidth > c.clientWidth + 1);
    const room = getComputedStyle(body), inner = body.getBoundingClientRect().right - parseFloat(room.paddingRight);
    const border = page.querySelector("table").getBoundingClientRect().right;
    return {name: frame.title, border: border > inner - 0.5, cells: cells.length, width: body.offsetWidth,
            page: page.documentElement.scrollWidth > page.documentElement.clientWidth,
            wide: wide.map(c => c.textContent.slice(0, 40))};
  });
  document.body.textContent = JSON.stringify(found);
});
</script>
"""


def test_no_cell_overflows(sw, ledger: Path, whole: str, long: str, tmp_path: Path) -> None:
    """At the width of the paper no cell of any form holds more than it can show."""
    frames = []
    for name, kind in KINDS.items():
        for inquiry in (whole, long) if kind.rows else ("",):
            words = [inquiry] if inquiry else ["--from", "2026-11-01"]
            page = sw("wangfang", "form", name, *words, "-f", "html", now=LATER).out
            # the frame is as wide as the paper: the sheet on the screen has the print's measures
            width = "210mm" if kind.rows else "297mm"
            frames.append(
                f'<iframe title="{name} {inquiry}" scrolling="no" style="border: 0; width: {width}; height: 3000px" '
                f'srcdoc="{html.escape(page)}"></iframe>'
            )
    source = tmp_path / "all.html"
    source.write_text(f'<!DOCTYPE html><meta charset="utf-8">{MEASURE}<body>{"".join(frames)}', "utf-8")
    dom = browse(tmp_path, source, "--window-size=1300,1200", "--dump-dom")
    found = json.loads(html.unescape(re.search(r"<body>(\[.*\])", dom, re.S)[1]))
    assert len(found) == 2 * 9 + 4
    assert all(
        each["cells"] > 20 for each in found if not each["name"].startswith("请示议题")
    )  # an empty list
    assert [
        (each["name"], each["wide"]) for each in found if each["wide"] or each["page"] or each["border"]
    ] == []
    assert {each["width"] for each in found} == {794, 1123}  # 210 and 297 millimetres
