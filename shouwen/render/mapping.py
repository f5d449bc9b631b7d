"""The start of a mapping file, from the titles that a sheet has."""

from msgspec import json

from shouwen.core.transfer.mapping import FIELDS, NEEDED, TIMES, Grid, find_header, text_at
from shouwen.render.values import safe


def _quoted(text: str) -> str:
    return json.encode(safe(text)).decode()


def starter(grid: Grid, opens: str, closes: str) -> str:
    """A mapping to complete: fields whose title is known are filled in, the others told of.

    ``opens`` and ``closes`` are the hours that a day alone may mean (08:30, 17:30).
    """
    known = [title for titles in FIELDS.values() for title in titles]
    row = find_header(grid, known)
    titles = [text_at(grid, row, c) for c in range(len(grid.rows[row]))] if grid.rows else []
    titles = [t for t in titles if t]
    found = {}
    for key, names in FIELDS.items():
        fitting = [n for n in names if n in titles and n not in found.values()]
        if fitting:
            found[key] = fitting[0]
    lines = [
        "# 左边是台账的项目，右边是表里的列名；补上、改好后用 shouwen import 文件 --mapping 本文件 --dry-run 检查"
    ]
    if grid.sheet:
        lines.append(f"sheet: {_quoted(grid.sheet)}")
    lines += [f"header: {row + 1}  # 列名在第几行", "columns:"]
    lines += [f"  {key}: {_quoted(title)}" for key, title in found.items()]
    lines += [f"  # {key}:  # {names[0]}" for key, names in FIELDS.items() if key not in found]
    missing = [key for key in NEEDED if key not in found and key not in TIMES and key != "subject"]
    left = [t for t in titles if t not in found.values()]
    if left:
        lines.append(f"# 还没有用到的列：{'、'.join(map(safe, left))}")
    lines += [f"{'# ' if not missing else ''}defaults:  # 表里没有或空着时写什么"]
    lines += [f'  {key}: ""  # {FIELDS[key][0]}' for key in missing]
    lines += ["  # outcome: 已答复", "  # mode: 引领  # 承办人不是首问责任人时，是怎样转过去的"]
    lines += ["# values:  # 表里的词怎样对应", "#   channel: {电话: 来电, 上门: 来访}"]
    lines += ["times:  # 只有日期、没有钟点时算几点", f'  received: "{opens}"', f'  closed: "{closes}"']
    lines += ['# dates: ["%Y%m%d", "%d/%m/%Y %H:%M"]  # 别的日期写法']
    return "\n".join(lines) + "\n"
