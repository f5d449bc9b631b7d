"""The bulletin, the appraisal and the overdue report as pages: in a real browser, light and dark, narrow and wide, on A4.

The measures are taken by Chromium; what stands on paper is read back from the PDF.
"""

import email
import email.policy
import html
import json
import re
import shutil
from pathlib import Path

import pytest

from shouwen.render.appraisal.sheets import SERVICE, SIGNERS
from shouwen.render.bulletin.text import NAMES, PERIOD_NAMES, TITLES, unit
from tests.render.forms.test_print import CHROMIUM, POINTS, Paper, browse, plain
from tests.support.places import ROOT

EXAMPLE = ROOT / "ledger-example"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="没有 chromium，无法打印"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="没有 pdftotext（poppler-utils），无法读回"),
]
LONG = "工程建设项目招标投标与政府采购监督管理科（含交易中心）"
WORD = "A" * 60
PAGES = {
    "bulletin": ("bulletin", "--month", "2026-11", "-f", "html"),
    "bulletin-staff": ("bulletin", "--year", "2026", "--by", "staff", "-f", "html"),
    "evaluate": ("evaluate", "2026", "-f", "html"),
    "show": ("show", "20261109-ACNCDF", "-f", "html"),
    "overdue": ("overdue", "--soon", "3", "--by", "department", "-f", "html"),
}


@pytest.fixture
def crowded(tmp_path: Path) -> Path:
    """The example with a department of a long name, and a person whose name has no place to break."""
    root = Path(shutil.copytree(EXAMPLE, tmp_path / "crowded"))
    for file in root.rglob("*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(text.replace("招投标科", LONG).replace("name: 林娜", f"name: {WORD}"), "utf-8")
    assert WORD in (root / "staff.yaml").read_text("utf-8")
    return root


# What the measures must find: two texts and a bar on one place.
CRASH = "".join(
    f'<p style="position: absolute; top: 0; left: 0; margin: 0">{inner}</p>'
    for inner in ("甲甲甲", "乙乙乙", '<svg width="99" height="30"><rect width="99" height="30"/></svg>')
)
WIDTHS = (360, 600, 800, 1000, 1400)


def mail_pages(run, root: Path) -> dict[str, str]:
    """The HTML part of the message of eight o'clock, whole and as a program shows it that drops style sheets."""
    raw = run(
        "-L", root, "overdue", "--soon", "3", "--by", "department", "-f", "eml", "--to", "a@example.org"
    ).out
    page = email.message_from_string(raw, policy=email.policy.default).get_body(("html",)).get_content()
    return {"mail": page, "mail-bare": re.sub(r"<style>.*?</style>", "", page, flags=re.S)}


MEASURE = """\
<script>
const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b; };
const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; } return "rgb(255, 255, 255)"; };
const contrast = e => { const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x); return (a + .05) / (b + .05); };
addEventListener("load", () => {
  const found = [...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument, width = page.documentElement.clientWidth;
    const all = [...page.body.querySelectorAll("*")].filter(e => e.getClientRects().length && !e.closest("thead, svg"));
    const said = all.filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim()));
    return {name: frame.title, width, scroll: page.documentElement.scrollWidth, paper: light(getComputedStyle(page.body).backgroundColor),
            outside: all.filter(e => e.getBoundingClientRect().right > width + .5).map(e => e.textContent.slice(0, 30)),
            faint: said.filter(e => contrast(e) < 4.5).map(e => e.textContent.slice(0, 30)),
            broken: all.flatMap(e => [...e.childNodes]).filter(n => n.nodeType == 3 && /^\\s*\\d{8}-[0-9A-Z]{6}\\s*$/.test(n.textContent))
              .filter(n => { const r = document.createRange(); r.selectNodeContents(n); return r.getClientRects().length > 1; }).length,
            collide: (() => {
              const boxes = said.flatMap(e => [...e.childNodes].filter(n => n.nodeType == 3 && n.textContent.trim()).map(n => {
                const r = document.createRange(); r.selectNodeContents(n); return [n.textContent.trim().slice(0, 20), [...r.getClientRects()]]; }))
                .flatMap(([t, rs]) => rs.map(r => [t, r])).sort((a, b) => a[1].top - b[1].top);
              const out = [];
              for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length && boxes[j][1].top < boxes[i][1].bottom - 2; j++) {
                const [a, b] = [boxes[i][1], boxes[j][1]];
                if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
                  out.push(boxes[i][0] + " / " + boxes[j][0]);
              }
              const bars = [...page.querySelectorAll("svg rect")].map(e => e.getBoundingClientRect()).filter(r => r.width > 1);
              for (const [t, r] of boxes) for (const b of bars)
                if (Math.min(r.right, b.right) - Math.max(r.left, b.left) > 2 && Math.min(r.bottom, b.bottom) - Math.max(r.top, b.top) > 5) out.push(t + " / 条形");
              return out.slice(0, 5);
            })(),
            small: Math.min(...said.map(e => parseFloat(getComputedStyle(e).fontSize))), said: said.length};
  });
  document.body.textContent = JSON.stringify(found);
});
</script>
"""


@pytest.mark.parametrize("scheme", [0, 1], ids=["dark", "light"])
def test_every_page_fits_every_screen(run, crowded: Path, tmp_path: Path, scheme: int) -> None:
    """On a telephone and a wide screen, by day and by night: nothing sticks out, all can be read."""
    pages = {name: run("-L", crowded, *words).out for name, words in PAGES.items()} | mail_pages(run, crowded)
    frames = [
        f'<iframe title="{name} {width}" style="border: 0; width: {width}px; height: 9000px" '
        f'srcdoc="{html.escape(page)}"></iframe>'
        for name, page in pages.items()
        for width in WIDTHS
    ] + [f'<iframe title="crash" style="width: 360px" srcdoc="{html.escape(CRASH)}"></iframe>']
    source = tmp_path / "all.html"
    source.write_text(f'<!DOCTYPE html><meta charset="utf-8">{MEASURE}<body>{"".join(frames)}', "utf-8")
    setting = f"--blink-settings=preferredColorScheme={scheme}"
    dom = browse(tmp_path, source, setting, "--window-size=1500,1200", "--dump-dom")
    found = json.loads(html.unescape(re.search(r"<body>(\[.*\])", dom, re.S)[1]))
    assert found.pop()["collide"] == ["甲甲甲 / 乙乙乙", "甲甲甲 / 条形", "乙乙乙 / 条形"]
    assert [each["name"] for each in found] == [f"{n} {w}" for n in pages for w in WIDTHS]
    assert all(each["said"] > 40 for each in found)
    wrong = [
        e["name"] for e in found if e["scroll"] > e["width"] or e["outside"] or e["faint"] or e["collide"]
    ]
    assert wrong == [], found
    assert min(each["small"] for each in found) >= 12
    dark = {each["name"].split()[0]: each["paper"] < 0.1 for each in found}
    assert dark == {
        name: scheme == 0 and name != "mail-bare" for name in pages
    }  # a bare message stays as readable by day
    assert [each["name"] for each in found if each["broken"]] == []


def test_the_bulletin_on_paper(run, crowded: Path, tmp_path: Path) -> None:
    """Pinned up, the bulletin has every figure, every name and every rule of counting on A4."""
    words = PAGES["bulletin"]
    paper = Paper(tmp_path, run("-L", crowded, *words).out)
    items = json.loads(run("-L", crowded, *words[:-1], "json").out)["items"]
    left_out = paper.text.split(plain("略去："))[1].split("。")[0].split("、") if "略去" in paper.text else []
    meanings = [meaning for name, (_, meaning) in TITLES.items() if plain(unit(name)) not in left_out]
    assert len(meanings) > 15
    texts = [*(unit(n) for n in TITLES), *meanings, *PERIOD_NAMES.values(),
             *(item["name"] for item in items[1:]), *(f"按{NAMES[g]}" for g in ("department", "category", "channel", "staff"))]  # fmt: skip
    assert len(texts) > 60 and LONG in texts and WORD in texts
    assert [text for text in texts if plain(text) not in paper.text] == []
    assert (paper.sizes, paper.outside()) == ({POINTS["A4"]}, [])
    assert f"第{len(paper.pages)}页,共{len(paper.pages)}页" in paper.text


def test_three_inquiries_are_one_page(sw, inquiry, tmp_path: Path) -> None:
    """What there is, not every table that could be: no chart of ones, no row of nothing; what is left out is named."""
    for who, options in (
        ("wangfang", {}),
        ("lijie", {"channel": "来访", "category": "求助"}),
        ("wangfang", {"scope": "本人"}),
    ):
        name = inquiry(who, **options)
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "已说明")
    page = sw("wangfang", "bulletin", "--month", "2026-11", "-f", "html").out
    assert (
        "<figure>" not in page
        and "没有可计的，略去：" in page
        and "满意率" in page.split("略去：")[1].split("。")[0]
    )
    paper = Paper(tmp_path, page)
    assert len(paper.pages) == 1
    assert all(plain(text) in paper.text for text in ("受理300", "按部门", "审批科21", "规划科10", "台账锚"))


def test_each_sheet_is_a_page_to_sign(run, crowded: Path, tmp_path: Path) -> None:
    """The office's table and what the document leaves open, then one A4 page for everybody, to be signed."""
    paper = Paper(tmp_path, run("-L", crowded, *PAGES["evaluate"]).out)
    staff = json.loads(run("-L", crowded, "evaluate", "2026", "-f", "json").out)["staff"]
    table = [page for page in paper.texts if "考核依据表" not in page]
    pages = paper.texts[len(table) :]
    assert len(table) <= 2
    assert [p["name"] for p in staff if p["name"] not in table[0]] == []
    for person, page in zip(staff, pages, strict=True):
        evidence = [e for f in person["findings"] for e in f["evidence"]]
        texts = [person["name"], person["id"], person["department"], *person["actions"], *person["unfiled"],
                 *(t for n, t in SERVICE if not n.endswith("_default") or person["statistics"][n]), *SIGNERS, *(f"{e['path']}:{e['line']}" for e in evidence)]  # fmt: skip
        assert [text for text in texts if plain(text) not in page] == [], person["id"]
        assert page.count("签字") == 3 <= page.count("日期")
    assert (paper.sizes, paper.outside()) == ({POINTS["A4"]}, [])


def test_the_overdue_report_on_paper(run, crowded: Path, tmp_path: Path) -> None:
    """Printed for the morning's meeting, every late matter with its article is on A4 across, nothing cut off."""
    words = PAGES["overdue"]
    paper = Paper(tmp_path, run("-L", crowded, *words).out)
    items = json.loads(run("-L", crowded, *words[:-1], "json").out)["items"]
    texts = [t for i in items for t in (i["id"], i["subject"], i["inquirer"], i["department"], i["clock"])]
    assert len(items) > 5 and LONG in texts
    assert [text for text in texts if plain(text) not in paper.text] == []
    assert (paper.sizes, paper.outside()) == ({POINTS["A4 across"]}, [])
