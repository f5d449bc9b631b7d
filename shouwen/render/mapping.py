"""A proposed mapping as a file to complete, and the first rows as it would read them."""

from msgspec import json

from shouwen.core.transfer.guess import Guess
from shouwen.core.transfer.mapping import FIELDS, NEEDED, TIMES, Grid
from shouwen.render.values import safe

_ALWAYS = ("received", "subject")  # what each row says itself: no default stands for it


def _quoted(text: str) -> str:
    return json.encode(safe(text)).decode()


def _pairs(words: dict[str, str]) -> str:
    return "{" + ", ".join(f"{_quoted(a)}: {_quoted(b)}" for a, b in words.items()) + "}"


def starter(guess: Guess, grid: Grid, opens: str, closes: str) -> str:
    """Return a mapping to complete: what the sheet tells is filled in, what is unsure or missing is marked ？.

    ``opens`` and ``closes`` are the hours that a day alone may mean (08:30, 17:30).
    """
    lines = [
        "# 左边是台账的项目，右边是表里的列名；标 ？的请核对、补上，再用 shouwen import 文件 --mapping 本文件 --dry-run 检查"
    ]
    if grid.sheet:
        lines.append(f"sheet: {_quoted(grid.sheet)}")
    lines.append(f"header: {guess.header + 1}  # 列名在第几行")
    if guess.header_rows > 1:
        lines.append(f"header_rows: {guess.header_rows}  # 列名占几行，上下连起来")
    lines.append("columns:")
    for key, title in guess.columns.items():
        why = f"  # ？{guess.unsure[key]}" if key in guess.unsure else ""
        told = f"[{_quoted(title)}, {_quoted(guess.oclock[key])}]" if key in guess.oclock else _quoted(title)
        lines.append(f"  {key}: {told}{why}")
    lines += [f'  {key}: ""  # ？{FIELDS[key][0]}在哪一列' for key in _ALWAYS if key not in guess.columns]
    lines += [
        f"  # {key}:  # {names[0]}" for key, names in FIELDS.items() if key not in (*guess.columns, *_ALWAYS)
    ]
    if guess.left:
        lines.append(f"# 还没有用到的列：{'、'.join(map(safe, guess.left))}")
    lines += _defaults(guess) + _values(guess)
    lines += ["times:  # 只有日期、没有钟点时算几点", f'  received: "{opens}"', f'  closed: "{closes}"']
    lines += [
        f'  {key}: "{closes}"' for key in guess.bare if key in TIMES and key not in ("received", "closed")
    ]
    if guess.yearless:
        lines.append("year: 0  # ？有的日期没有写年份：是哪一年")
    if guess.skip:
        lines.append(f"skip: [{', '.join(map(_quoted, guess.skip))}]  # 这些行不是一件事")
    if guess.fill_down:
        lines.append(f"fill_down: [{', '.join(guess.fill_down)}]  # ？“同上”照上一行填")
    lines += ['# dates: ["%Y%m%d", "%d/%m/%Y %H:%M"]  # 别的日期写法']
    return "\n".join(lines) + "\n"


def _defaults(guess: Guess) -> list[str]:
    """Return what each row needs and no column says, to be filled in; what may be needed as a comment."""
    there = guess.columns
    missing = [k for k in NEEDED if k not in there and k not in TIMES and k != "subject"]
    asked = [f'  {key}: ""  # ？{FIELDS[key][0]}' for key in missing]
    if "scope" not in there and "matter" not in there:
        asked.append('  scope: ""  # ？职责范围：本人、本部门、其他部门……')
    outcome = "  outcome: 已答复"
    mode = "  mode: 引领  # 承办人不是首问责任人时，是怎样转过去的"
    if "closed" in there and "outcome" not in there:
        asked.append(f"{outcome}  # ？办结的是什么结果")
    if "mode" not in there and ("handler" in there or "handler_department" in there):
        asked.append(mode.replace("# ", "# ？"))
    rest = [
        f"  # {line.strip()}" for line in (outcome, mode) if not any(line.split(":")[0] in a for a in asked)
    ]
    return [f"{'' if asked else '# '}defaults:  # 表里没有或空着时写什么", *asked, *rest]


def _values(guess: Guess) -> list[str]:
    keys = [key for key in guess.columns if key in {*guess.values, *guess.unknown, *guess.strangers}]
    if not keys:
        return ["# values:  # 表里的词怎样对应", "#   channel: {电话: 来电, 上门: 来访}"]
    lines = ['values:  # 表里的词怎样对应；对应到 "" 是空着']
    for key in keys:
        unknown = guess.unknown.get(key, [])
        nobody = guess.strangers.get(key, [])[
            :_MOST
        ]  # they stay as they are until somebody says who is meant
        words = (
            guess.values.get(key, {}) | dict.fromkeys(unknown[:_MOST], "") | {name: name for name in nobody}
        )
        what = f"{_few(unknown)} 是什么" if unknown else f"人员表里没有 {_few(nobody)}" if nobody else ""
        lines.append(f"  {key}: {_pairs(words)}" + (f"  # ？{what}" if what else ""))
    return lines


def _few(words: list[str]) -> str:
    return "、".join(map(safe, words[:_MOST])) + (" 等" if len(words) > _MOST else "")


_MOST = 20  # unknown words told one by one


def sampled(rows: list[tuple[int, dict[str, str]]], grid: Grid) -> str:
    """Return the first rows as the proposed mapping reads them, a line each; ？ where it cannot."""
    lines = []
    for row, said in rows:
        values = "，".join(f"{FIELDS[key][0]} {value}" for key, value in said.items() if value)
        lines.append(f"  {grid.place(row)} 读成：{values}")
    return "\n".join(lines)
