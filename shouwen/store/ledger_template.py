"""A new ledger: commented starter files in the plain subset, ready to be edited."""

import os

from msgspec import to_builtins

from shouwen.core.errors import Conflict
from shouwen.core.matter import Matter
from shouwen.core.regulation.schema import Policy
from shouwen.store.atomic_files import create, read, replace
from shouwen.store.directories import make_directory

# Placeholders that the office replaces with its own people.
_PEOPLE = (
    ("zhangsan", "张三"), ("lisi", "李四"), ("wangwu", "王五"), ("zhaoliu", "赵六"),
    ("sunqi", "孙七"), ("zhouba", "周八"), ("wujiu", "吴九"), ("zhengshi", "郑十"),
)  # fmt: skip

_LEDGER = """\
# 台账设置。改完运行 shouwen check。
name: {name}
# 执行的制度：shouwen policy list 查看编号；年中更换时写成清单：
# policy:
#   - {{id: {policy}, until: 2026-06-30}}
#   - {{id: benju, from: 2026-07-01}}
policy: {policy}
timezone: Asia/Shanghai

# 上班时段；哪一天不同就另写那一天，如 周六: ["09:00-11:30"]。
hours:
{hours}

# 监督投诉电话，印在回执上。
supervision_phone: "{phone}"

# 归口部门：不明确的事找它。
office: {office}
# 上级领导（人员编号）：逐级请示用。
leaders: {{}}

# 办结多少天以后可以归档。
archive_after: 90

# 覆盖制度的设置，例如把“一年内”改为当年、改办结期限：
# overrides:
#   limits:
#     办结:
#       - {{scope: [本人], workdays: 2, article: 本局规定}}
"""

ATTRIBUTES = """\
# 记录一行一事：两边各加的行都保留，合并不会冲突。
inquiries/** text eol=lf merge=union
archive/** text eol=lf merge=union
sanctions/** text eol=lf merge=union
*.yaml text eol=lf
"""

IGNORE = """\
/.lock
.*.new
.*.bak
/private/
/outbox/
"""


def _hours(policy: Policy) -> str:
    """Return the opening hours of such an office, a line a day; weekends too where it is open then."""
    hours = {"工作日": ("08:30-12:00", "14:00-17:30")} | policy.starter.hours
    lines = []
    for day, spans in hours.items():
        quoted = ", ".join(f'"{span}"' for span in spans)
        lines.append(f"  {day}: [{quoted}]")
    return "\n".join(lines)


def _staff(policy: Policy) -> str:
    lines = [
        "# 部门和人员。人员编号用拼音；from/until 写任职起止，换人不要删旧的。",
        "# evaluated: false 的人（实习、进修、物业）不参加年度考核。",
        "departments:",
    ]
    departments = policy.starter.departments or {"办公室": "综合协调"}
    people = []
    for n, name in enumerate(departments):
        key, person = _PEOPLE[n % len(_PEOPLE)]
        key = key if n < len(_PEOPLE) else f"{key}{n}"
        people.append((key, person, name))
        lines.append(f'  {name}: {{leader: {key}, phone: "", place: ""}}')
    lines += ["", "# 样例人员，请换成自己的人。", "staff:"]
    lines += [
        f'  {key}: {{name: {person}, department: {name}, title: 负责人, rank: 5, joined: "2020-01-01", '
        f'phone: "", email: "", scale: {policy.starter.scale}}}'
        for key, person, name in people
    ]
    return "\n".join(lines) + "\n"


def _matters(policy: Policy) -> str:
    lines = ["# 分工表：事项 → 部门、联系人、地点、电话、期限。words 是来人会说的词。"]
    office = policy.starter.office or next(iter(policy.starter.departments), "办公室")
    for name, matter in (policy.starter.matters or {"其他事项": Matter(department=office)}).items():
        values = ", ".join(
            f"{key}: [{', '.join(value)}]" if isinstance(value, tuple) else f"{key}: {value}"
            for key, value in to_builtins(matter).items()
        )
        lines.append(f"{name}: {{{values}}}")
    return "\n".join(lines) + "\n"


def found(root: str, name: str, policy: Policy, brought: dict[str, bytes] | None = None) -> list[str]:
    """Write a new ledger into a directory that has none; return the paths written.

    ``brought`` are the office's own regulations to be copied into it, by path.

    Raises:
        Conflict: there is one already, or the disk failed.
        BadData: a file that is there is a link, a pipe, a folder or too large, or the disk cannot read it.
    """
    if os.path.lexists(os.path.join(root, "ledger.yaml")):
        raise Conflict(f"{root}: 已经是台账，没有改动")
    office = policy.starter.office or next(iter(policy.starter.departments), "办公室")
    files = {path: raw.decode() for path, raw in (brought or {}).items()} | {
        "staff.yaml": _staff(policy), "matters.yaml": _matters(policy),
        ".gitattributes": ATTRIBUTES, ".gitignore": IGNORE,
        "ledger.yaml": _LEDGER.format(
            name=name, policy=policy.id, office=office, phone=policy.starter.supervision_phone,
            hours=_hours(policy),
        ),
    }  # fmt: skip
    make_directory(os.path.abspath(root))
    if brought:
        make_directory(os.path.join(os.path.abspath(root), "policies"))
    for path, text in files.items():  # ledger.yaml last: only then is it a ledger
        try:
            create(os.path.join(os.path.abspath(root), path), text.encode(), path, shared=True)
        except FileExistsError:
            # An init cut short has left some of these very files; anything else is not ours.
            same = read(os.path.join(root, path), path) == text.encode()
            if not same and not path.startswith(".git"):
                raise Conflict(f"{root}/{path}: 已有这个文件，没有覆盖；换一个空目录") from None
    return list(files)


def add_lines(root: str, path: str, text: str) -> int:
    """Add to a file those lines of ``text`` that it lacks; how many were added.

    Raises:
        BadData: the file is a link, a pipe, a folder or too large, or the disk cannot read it.
        Conflict: the disk failed, or somebody else changed the file meanwhile.
    """
    full = os.path.join(root, path)
    try:
        old = read(full, path)
    except FileNotFoundError:
        create(full, text.encode(), path, shared=True)
        return text.count("\n")
    have = set(old.decode("utf-8", "replace").splitlines())
    new = [line for line in text.splitlines() if line not in have]
    if new:
        end = b"" if not old or old.endswith(b"\n") else b"\n"
        replace(full, old, old + end + "".join(f"{line}\n" for line in new).encode(), path)
    return len(new)
