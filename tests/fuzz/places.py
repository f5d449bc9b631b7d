"""A ledger in which every field of every file says something, and the places where text stands."""

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

KEY, SETTLED = "20261103-K7Q4QX", "20261104-M3N4PA"
CASE, UPHELD, LIMITS = "S20261105-9DTM2A", "S20261106-7WXYZA", "S20261107-5HJKMA"
DAY = "2026-11-{:02}T{:02}:{:02}:00+08:00"


def _events(day: int, *events: tuple) -> list[dict]:
    """Events of one day, five minutes apart, each with an id of its own."""
    return [
        {"id": f"e{n:03}", "at": DAY.format(day, 10 + n // 12, n % 12 * 5), "by": by, "do": do, **more}
        for n, (by, do, more) in enumerate(events)
    ]


_HEADER = {
    "channel": "来访", "category": "咨询", "subject": "施工许可证办理材料", "detail": "厂房扩建，问要带哪些材料",
    "inquirer": {"name": "张某某", "phone": "0631-5550601", "organisation": "某建筑公司", "anonymous": False, "internal": False, "staff": "zhoumin"},
    "agent": {"name": "钱某某", "phone": "0631-5550602", "relation": "女儿", "staff": "zhoumin"},
    "first_responder": "wangfang", "first_reason": "职位高者为首问责任人", "department": "审批科", "scope": "其他部门",
    "matter": "施工许可证", "urgency": "复杂", "promised": DAY.format(10, 17, 30), "promise_approved_by": "heping", "case_closed": "2026-05-01",
    "about": ["chenshi"], "confidential": False, "recorded_by": "zhaojun", "assigned_by": "heping",
    "imported": DAY.format(5, 9, 0), "not_judged": ["首次回应"], "urgency_stated": False, "policy": "bumen",
}  # fmt: skip
_HANDED = {
    "to": {"department": "规划科", "staff": "lijie"}, "mode": "引领", "reason": "属规划科职责", "approved_by": "zhaojun",
    "absent": "出差", "contact": {"name": "李洁", "phone": "0631-5550133", "place": "二楼201"}, "joint": ["规划科", "办公室"],
    "contact_by": "自行联系", "said": "请到规划科找李洁", "on_behalf_of": "wangfang",
}  # fmt: skip
_TOLD = {
    "material": ["规划许可证", "施工图"], "procedure": "窗口受理", "limit": "5个工作日", "fee": "不收费",
    "basis": "建筑法第八条", "written": True, "consultation": False,
}  # fmt: skip
OPEN = {"id": KEY, "received": DAY.format(3, 9, 0), **_HEADER, "events": _events(
    3, ("wangfang", "转办", _HANDED), ("lijie", "退回", {"reason": "不属本科"}), ("wangfang", "转办", _HANDED), ("lijie", "签收", {}),
    ("lijie", "反馈", {"text": "已说明办理情况", "promised": DAY.format(10, 17, 30), "approved_by": "sunmei"}),
    ("lijie", "记事", {"text": "内部备注", "kind": "申辩"}), ("lijie", "记事", {"text": "记错了件"}),
    ("lijie", "撤回", {"event": "e006", "reason": "记错了件", "approved_by": "sunmei"}), ("lijie", "一次性告知", _TOLD),
    ("lijie", "补正", {"text": "补交一份"}), ("lijie", "中止", {"reason": "不可抗力", "text": "等待答复"}), ("lijie", "恢复", {"text": "答复已到"}),
    ("lijie", "收件", {"material": ["户口本1份"], "text": "原件"}), ("lijie", "退件", {"material": ["户口本1份"], "text": "本人领回"}),
    ("lijie", "异议", {"text": "不接受解释"}), ("lijie", "请示", {"to": "heping", "text": "如何办理"}),
    ("heping", "批示", {"text": "由规划科办", "designate": {"department": "规划科", "staff": "lijie"}, "on_behalf_of": "heping"}),
    ("lijie", "延期", {"approved_by": "sunmei", "reason": "情况复杂", "until": DAY.format(11, 17, 30), "workdays": 0, "told": DAY.format(4, 9, 0), "on_behalf_of": "sunmei"}),
    ("lijie", "预约", {"when": DAY.format(9, 9, 0), "place": "一楼大厅", "reason": "当面答复"}), ("heping", "催办", {"text": "请尽快办理"}),
    ("heping", "督办", {"text": "请书面说明", "due": DAY.format(12, 17, 30), "number": "督3号", "on_behalf_of": "heping", "lead": "sunmei"}),
    ("lijie", "出具", {"form": "回执单", "number": "回12号", "to": "张某某", "missing": ["收件人签名"]}),
    ("lijie", "更正", {"field": "subject", "value": "改后的事由", "reason": "听错了", "approved_by": "sunmei"}),
    ("lijie", "办结", {"outcome": "已解决", "result": "一度办结", "told": DAY.format(5, 9, 0)}), ("wangfang", "重办", {"reason": "没有办好"}),
)}  # fmt: skip
CLOSED = {"id": SETTLED, "received": DAY.format(4, 9, 0), **_HEADER, "events": _events(
    4, ("wangfang", "并案", {"into": KEY, "reason": "同一个项目"}),
    ("wangfang", "办结", {"outcome": "不予办理", "result": "不符合条件", "told": DAY.format(4, 10, 0), "not_told": "联系不上",
                        "reason": "没有规划许可证", "basis": "建筑法第八条", "signed_by": "zhaojun"}),
    ("wangfang", "回访", {"rating": "基本满意", "resolved": True, "comment": "解释清楚"}),
)}  # fmt: skip
_BLAME = {
    "reported": DAY.format(5, 9, 0), "by": "sunmei", "staff": "wangfang", "department": "审批科", "violation": "推诿",
    "article": "四", "inquiry": KEY, "occurred": "2026-11-03", "summary": "没有引领", "source": "投诉", "policy": "bumen",
}  # fmt: skip
_DECIDED = {
    "measures": ["责令限期改正"],
    "authority": "团党委",
    "number": "团发1号",
    "reason": "情节轻",
    "published": "大会",
}
BLAMED = {"id": CASE, **_BLAME, "events": _events(
    5, ("sunmei", "核实", {"finding": "查实", "text": "属实", "needs": ["造成不良影响"], "violation": "推诿"}), ("heping", "决定", _DECIDED), ("heping", "送达", {"text": "当面送达", "complete_by": "2026-11-27"}),
    ("heping", "公布", {"text": "大会通报"}), ("heping", "归档", {"text": "已入档"}), ("wangfang", "申诉", {"text": "不服"}),
    ("heping", "变更", {"measures": ["责令限期改正"], "authority": "团党委", "reason": "从轻", "ground": "新的事实", "until": "2027-02-05", "sums": [], "unit_measures": []}),
)}  # fmt: skip
_ALSO = {"reported": DAY.format(6, 9, 0), "violation": "不按规定办理", "article": "六", "joint": CASE}
_FIRST = ("reported", "by", "staff", "department", "violation", "article", "joint")
_JOINED = {key: (_BLAME | _ALSO)[key] for key in (*_FIRST, *(k for k in _BLAME if k not in _FIRST))}
AGAIN = {"id": UPHELD, **_JOINED, "events": _events(
    6, ("sunmei", "核实", {"finding": "查实", "text": "属实"}), ("heping", "决定", _DECIDED | {"measures": ["效能告诫"]}),
    ("wangfang", "申诉", {"text": "不服"}), ("heping", "维持", {"authority": "团党委", "text": "事实清楚"}),
    ("heping", "撤销", {"reason": "发现新证据", "authority": "团党委"}),
)}  # fmt: skip
WEIGHTY = {"id": LIMITS, **_BLAME | {"reported": DAY.format(7, 9, 0), "inquiry": SETTLED, "occurred": "2026-11-04", "violation": "不按规定办理", "article": "六"}, "events": _events(
    7, ("sunmei", "核实", {"finding": "查实", "text": "属实", "tier": "", "grounds": []}),
    ("heping", "决定", _DECIDED | {"measures": ["责令限期改正", "效能告诫"], "complete_by": "2026-11-20", "until": "2027-05-07", "unit_measures": [], "sums": []}),
    ("sunmei", "整改", {"text": "已向办事人道歉"}), ("heping", "解除", {"authority": "团党委", "text": "期满"}),
)}  # fmt: skip
_POST = {"phone": "0631-5550101", "place": "一楼3号窗口", "from": "2010-01-01", "until": "2199-12-31"}
_PERSON = {"title": "科员", "rank": 2, "joined": "2012-03-01", "phone": "0631-5550111", "email": "a@example.org", "scale": "公务员", "status": "在编",
           "evaluated": True, "from": "2010-01-01", "until": "2199-12-31"}  # fmt: skip
_NAMES = {"wangfang": ("王芳", "审批科"), "zhaojun": ("赵军", "审批科"), "chenshi": ("陈实", "审批科"), "lijie": ("李洁", "规划科"),
          "sunmei": ("孙梅", "规划科"), "heping": ("何平", "办公室")}  # fmt: skip
ROSTER = {
    "departments": {
        "审批科": {"leader": "zhaojun", "deputy": "wangfang", "in_charge": "heping", "aliases": ["审批窗口"], **_POST},
        "规划科": {"leader": [{"staff": "sunmei", "from": "2010-01-01", "until": "2199-12-31"}], "in_charge": "heping", **_POST},
        "办公室": {"leader": "heping", "formerly": [{"name": "秘书科", "until": "2015-12-31"}], **_POST},
        "信息科": {"leader": "zhoumin", **_POST, "until": "2020-12-31", "into": "办公室"},
    },
    "staff": {
        **{key: {"name": name, "department": place, **_PERSON} for key, (name, place) in _NAMES.items()},
        "zhoumin": {"name": "周敏", "email": "b@example.org", "keys": ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA"], "posts": [
            {"department": "信息科", "title": "科长", "rank": 3, "kind": "兼职", "from": "2010-01-01", "until": "2020-12-31"},
            {"department": "办公室", "title": "科员", "rank": 2, "from": "2021-01-01", "until": "2199-12-31"},
        ], "away": [{"why": "产假", "deputy": "heping", "from": "2026-05-04", "until": "2026-08-10"}]},
    },
}  # fmt: skip
KINDS = {"施工许可证": {
    "department": "规划科", "contact": "lijie", "place": "二楼201", "phone": "0631-5550133", "words": ["施工许可"],
    "materials": ["规划许可证"], "procedure": "窗口受理", "workdays": 5, "basis": "建筑法", "fee": "不收费",
}}  # fmt: skip
SETTINGS = {
    "format": 1, "name": "某局", "policy": [{"id": "bumen", "from": "2010-01-01", "until": "2199-12-31"}], "timezone": "Asia/Shanghai",
    "hours": {"工作日": ["08:30-12:00", "14:00-17:30"]}, "supervision_phone": "0631-5550199",
    "seasons": [{"from": "06-01", "until": "09-30", "hours": {"工作日": ["08:00-12:00", "15:00-18:00"]}}],
    "leaders": {"分管领导": "heping", "主要领导": [{"staff": "heping", "from": "2010-01-01", "until": "2199-12-31"}]}, "office": "办公室", "archive_after": 90, "long_pause": 10,
    "retain_private": 0, "git": {"commit": False, "signed": False, "counters": [
        {"email": "ck@example.org", "staff": ["wangfang", "zhaojun"], "keys": ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB"]},
    ]},
    "overrides": {"limits": {"签收": [{"article": "三", "hours": 4}]}, "name": "某局首问责任制"},
}  # fmt: skip
FILES: dict[str, dict] = {
    "ledger.yaml": SETTINGS, "staff.yaml": ROSTER, "matters.yaml": KINDS,
    f"inquiries/2026/11/{KEY}.yaml": OPEN, f"inquiries/2026/11/{SETTLED}.yaml": CLOSED,
    f"sanctions/2026/{CASE}.yaml": BLAMED, f"sanctions/2026/{UPHELD}.yaml": AGAIN,
    f"sanctions/2026/{LIMITS}.yaml": WEIGHTY,
}  # fmt: skip
# Words that stand in several files: put in everywhere at once, the ledger stays consistent.
SHARED = ("审批科", "规划科", "wangfang", "lijie", "王芳", "施工许可证", "某局", "chenshi")

Place = tuple  # (file, step, …): a value; (word,): a word wherever it stands


def _below(value: Any, where: tuple) -> Iterator[Place]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _below(one, (*where, key))
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from _below(one, (*where, n))
    else:
        yield where


def _new(places: Iterator[Place]) -> Iterator[Place]:
    """The places without those that only repeat an act or a person already met."""
    seen = set()
    for place in places:
        value: Any = FILES[place[0]]
        kind = []
        for step in place[1:]:
            several = isinstance(value, list) or place[1:2] == ("staff",) and len(kind) == 1
            value = value[step]
            kind.append(
                value.get("do", "*") if isinstance(value, dict) and several else "*" if several else step
            )
        if (place[0], *kind) not in seen:
            seen.add((place[0], *kind))
            yield place


PLACES: list[Place] = [(w,) for w in SHARED] + [
    place for path, content in FILES.items() for place in _new(_below(content, (path,)))
]  # fmt: skip


def _written(content: dict, escaped: bool) -> bytes:
    """A file: one key a line, each value JSON, which is what records look like; YAML all the same."""
    plain = {k: v for k, v in content.items() if k != "events"}
    lines = [
        f"{_json(key, escaped) if key[:1] not in _LETTERS else key}: {_json(value, escaped)}"
        for key, value in plain.items()
    ]
    if "events" in content:
        lines += ["events:", *(f"- {_json(event, escaped)}" for event in content["events"])]
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def _json(value: Any, escaped: bool) -> str:
    return json.dumps(value, ensure_ascii=escaped)


def _put(content: Any, steps: tuple, value: Any) -> Any:
    if not steps:
        return value
    changed = content.copy()
    changed[steps[0]] = _put(content[steps[0]], steps[1:], value)
    return changed


def _everywhere(content: Any, old: str, new: str) -> Any:
    if isinstance(content, dict):
        return {_everywhere(k, old, new): _everywhere(v, old, new) for k, v in content.items()}
    if isinstance(content, list):
        return [_everywhere(v, old, new) for v in content]
    return new if content == old else content


def spoil(root: Path, changes: dict[Place, Any], escaped: bool) -> None:
    """Write the ledger's files with those values in those places; ``escaped`` spells them \\uXXXX."""
    files = dict(FILES)
    for (path, *steps), value in changes.items():
        if path in files:
            files[path] = _put(files[path], tuple(steps), value)
    for (word, *steps), value in changes.items():
        if not steps:
            files = {path: _everywhere(content, word, value) for path, content in files.items()}
    rmtree(root / "inquiries", ignore_errors=True)  # with what a command took in
    for path, content in files.items():
        same = content == FILES[path]
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(_written(content, escaped and not same))
