"""The bulletin as one HTML page: key figures, bars as inline SVG, every table, A4 when printed.

A bar's label and number are ordinary text, the bar alone is SVG with widths in per cent: so it
fits a telephone and a sheet of paper, and everything can be read aloud and copied
(docs/decisions/0017).
"""

from shouwen.core.statistics.figures import Figures
from shouwen.render.bulletin.text import (
    NAMES,
    PERIOD_NAMES,
    PERIODS,
    SETS,
    TITLES,
    Member,
    Report,
    charts,
    chosen,
    happened,
    main_of,
    overall,
    sets_of,
    shown,
    unit,
)
from shouwen.render.html import esc, webpage

_STYLE = """\
.cards { display: grid; grid-template-columns: repeat(2, 1fr); gap: .6rem; margin: 1rem 0 0; padding: 0; }
.card { background: var(--band); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; break-inside: avoid; }
.card dt { color: var(--soft); } .card dd { margin: 0; } .card .big { font-size: 1.7rem; line-height: 1.3; font-weight: 700; }
.card .bad { color: var(--bad); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: .4rem 2.5rem; }
figure { margin: .6rem 0; } figcaption { font-weight: 600; margin-bottom: .3rem; }
.bar { break-inside: avoid; margin: .5rem 0; } .bar p { display: flex; justify-content: space-between; gap: 1rem; margin: 0; line-height: 1.35; }
.bar span:last-child { flex: none; font-variant-numeric: tabular-nums; } .bar svg { display: block; width: 100%; height: 16px; }
.now { fill: var(--accent); } .before { fill: var(--second); } .earlier { fill: var(--third); } .rail { fill: var(--band); }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .3rem 0; } .key svg { width: 1.6em; height: .7em; margin-right: .4em; }
table.all td, table.all thead th:not(:first-child) { text-align: right; } .means { columns: 22rem; padding-left: 1.2rem; font-size: .85rem; }
.means li { break-inside: avoid; }
@media (min-width: 46rem) { table.all td small { display: inline; margin-left: .3em; } .cards { grid-template-columns: repeat(4, 1fr); } }
@media (max-width: 46rem) { table.all th, table.all td { padding: .3rem .25rem; font-size: .85rem; } }
@media print { .sheet { break-before: page; } .cards { grid-template-columns: repeat(4, 1fr); } .charts { grid-template-columns: 1fr 1fr; } .card .big { font-size: 15pt; } .means { columns: 2; } }
"""
_SMALL = """\
@page { margin: 12mm 13mm; }
@media print { body { font-size: 8.5pt; line-height: 1.3; } h2 { margin-top: 2mm; font-size: 10.5pt; } th, td { padding: .25mm 1.2mm; }
  .means { font-size: 7pt; columns: 2; } .cards { display: none; } footer { margin-top: 2mm; } }
"""
_KEY = (("now", "current", 8, 0), ("before", "previous", 3, 9), ("earlier", "year_earlier", 3, 13))
_CARDS = (
    "received", "closed", "overdue", "overdue_default", "on_time", "on_time_default", "accepted", "at_once",
    "called_back", "satisfied",
)  # fmt: skip
_ALWAYS = frozenset({"received", "closed", "open", "overdue", "expired", "on_time"})
_NOTHING = ("—", "0")
_FEW = 10  # matters taken in or open, up to which the bulletin is one page
_BAD = frozenset(
    {
        "overdue",
        "expired",
        "overdue_default",
        "expired_default",
        "untold",
        "unreported",
        "unfiled",
        "undone",
        "second_notices",
    }
)


def _value(text: str) -> str:
    """Return a figure in two tones: 50.0% and smaller the counts it rests on."""
    value, _, parts = text.partition(" ")
    return esc(value) + (f" <small>{esc(parts)}</small>" if parts else "")


def _compared(member: Member, name: str) -> list[str]:
    """Return the periods beside it, as far as there was anything to count."""
    found = [(p, shown(member.figures[p], name)) for p in PERIODS[1:] if happened(member.figures[p])]
    return [f"{PERIOD_NAMES[p]} {text}" for p, text in found if text[0] != "—"]


def _few(report: Report) -> bool:
    """Return whether there is so little that charts and a table for each set of figures would only repeat it."""
    counts = report.of("total")[0].figures["current"].counts
    return max(counts["received"], counts["open"], counts["closed"]) <= _FEW


def _cards(total: Member, counted: tuple[str, ...]) -> list[str]:
    parts = ['<dl class="cards">']
    for name in _CARDS:
        if name not in counted:
            continue
        value, _, counts = shown(total.figures["current"], name).partition(" ")
        bad = " bad" if name in _BAD and total.figures["current"].counts[name] else ""
        lines = ([counts] if counts else []) + _compared(total, name)
        beside = "".join(f"<dd><small>{esc(line)}</small></dd>" for line in lines)
        parts.append(
            f'<div class="card"><dt>{esc(unit(name))}</dt><dd class="big{bad}">{esc(value)}</dd>{beside}</div>'
        )
    return [*parts, "</dl>"]


def _amount(figures: Figures, share: bool) -> float:
    rate = figures.rates["on_time"]
    return (rate.value or 0) if share else figures.counts["received"]


def _rect(kind: str, share: float, y: int, height: int) -> str:
    return f'<rect class="{kind}" x="0" y="{y}" width="{100 * share:.2f}%" height="{height}"/>'


def _figure(title: str, members: list[Member], share: bool) -> list[str]:
    """Return one chart: for every member a bar of each period."""
    name = "on_time" if share else "received"
    most = 1.0 if share else max(_amount(m.figures[p], share) for m in members for p in PERIODS)
    parts = [f"<figure><figcaption>{esc(title)}</figcaption>"]
    for member in members:
        spoken = "；".join([shown(member.figures["current"], name), *_compared(member, name)])
        rects = "".join(
            _rect(kind, _amount(member.figures[p], share) / (most or 1), y, height)
            for kind, p, height, y in _KEY
        )
        parts.append(
            f'<div class="bar"><p><span>{esc(member.name)}</span><span>{esc(shown(member.figures["current"], name))}</span></p>'
            f'<svg role="img" aria-label="{esc(member.name)}：{esc(spoken)}"><rect class="rail" width="100%" height="8"/>{rects}</svg></div>'
        )
    return [*parts, "</figure>"]


def _charts(report: Report, groups: tuple[str, ...]) -> list[str]:
    key = "".join(
        f'<span><svg aria-hidden="true"><rect class="{kind}" width="100%" height="100%"/></svg>'
        f"{PERIOD_NAMES[p]} {esc(str(report.bulletins[p].period))}</span>"
        for kind, p, *_ in _KEY
    )
    parts = ["<h2>对比图</h2>", f'<p class="key soft">{key}</p>', '<div class="charts">']
    for title, values, most in charts(report, groups):
        names = {name for name, *_ in values}
        group = next(g for g in groups if f"按{NAMES[g]}" in title)
        parts += _figure(title, [m for m in report.of(group) if m.name in names], bool(most))
    return [*parts, "</div>"]


def _counted(report: Report) -> tuple[str, ...]:
    """Return the figures that say something: always those of how much and how late, others where anything was counted."""

    def counted(member: Member, name: str) -> bool:
        return any(shown(figures, name).split(" ")[0] not in _NOTHING for figures in member.figures.values())

    members = [member for group in NAMES for member in report.of(group)]
    return tuple(n for n in TITLES if n in _ALWAYS or any(counted(member, n) for member in members))


def _overall(report: Report, counted: tuple[str, ...]) -> list[str]:
    heads = "".join(f'<th scope="col">{h}</th>' for h in ("指标", *PERIOD_NAMES.values()))
    sheet = "" if _few(report) else ' class="sheet"'
    parts = [f"<h2{sheet}>总体情况</h2>", f'<table class="all"><thead><tr>{heads}</tr></thead><tbody>']
    names = (name for _, names in SETS for name in names)
    for name, row in zip(names, overall(report), strict=True):
        if name not in counted:
            continue
        cells = "".join(f"<td>{_value(row[p])}</td>" for p in PERIODS)
        parts.append(f'<tr><th scope="row">{esc(row["name"])}</th>{cells}</tr>')
    return [*parts, "</tbody></table>"]


def _group(members: list[Member], group: str, names: tuple[str, ...]) -> list[str]:
    """Return a table of a group: each cell the period's figure, beneath it those it is compared with."""
    heads = "".join(f'<th scope="col">{esc(h)}</th>' for h in (NAMES[group], *map(unit, names)))
    parts = [f'<table class="wide"><thead><tr>{heads}</tr></thead><tbody>']
    for member in members:
        cells = ""
        for name in names:
            beside = "".join(f"<small>{esc(line)}</small>" for line in _compared(member, name))
            value = esc(shown(member.figures["current"], name))
            cells += f'<td data-title="{esc(unit(name))}"><div>{value}{beside}</div></td>'
        parts.append(f'<tr><th scope="row">{esc(member.name)}</th>{cells}</tr>')
    return [*parts, "</tbody></table>"]


def page(report: Report, by: str) -> str:
    """Return the whole page; ``by`` one group alone."""
    few = _few(report)
    # Of a few, the whole has the default limits by themselves already; a table would only repeat it.
    groups = tuple(g for g in chosen(report, by) if by or not few or g != "source")
    parts = [f"<h1>{esc(report.title)}</h1>", f'<p class="soft">{esc(report.compared)}</p>']
    counted = _counted(report)
    parts += _cards(report.of("total")[0], counted)
    drawn = tuple(g for g in groups if (g != "staff" or by) and len(report.of(g)) > 1)
    if drawn and (by or not few):
        parts += _charts(report, drawn)
    parts += _overall(report, counted)
    if left_out := [unit(n) for n in TITLES if n not in counted]:
        parts.append(f'<p class="soft">没有可计的，略去：{esc("、".join(left_out))}。</p>')
    for group in groups:
        members = report.of(group)
        if len(members) == 1 and not by:  # its figures are those of the whole
            parts.append(f"<p>按{NAMES[group]}：全部属{esc(members[0].name)}，同总体情况。</p>")
        elif members:
            parts.append(f"<h2>按{NAMES[group]}</h2>")
            for title, names in (("", main_of(group)),) if few and not by else sets_of(group):
                if kept := tuple(n for n in names if n in counted):
                    parts += [*([f"<h3>{title}</h3>"] if title else []), *_group(members, group, kept)]
    for head, lines in report.blocks:
        parts.append(f"<h2>{esc(head)}</h2>" if lines else f"<p>{esc(head)}。</p>")
        parts += ["<ul>", *(f"<li>{esc(line)}</li>" for line in lines), "</ul>"] if lines else []
    means = "".join(
        f"<li>{esc(unit(n))}：{esc(TITLES[n][1])}</li>" for _, names in SETS for n in names if n in counted
    )
    parts += ["<h2>口径</h2>", f'<ul class="means">{means}</ul>']
    parts += [f"<footer>{'<br>'.join(map(esc, report.footers))}</footer>"]
    return webpage(report.title, _STYLE + (_SMALL if few else ""), parts)
