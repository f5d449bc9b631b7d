"""What happened, as a jurist writes it down, read as the record that the tool would have kept."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from shouwen.core.inquiry.header import Inquiry

ZONE = ZoneInfo("Asia/Shanghai")
HEADER = {
    "id": "20261123-K7Q4QX", "received": "23 09:00", "channel": "来电", "category": "咨询",
    "subject": "施工许可证办理材料", "first_responder": "wangfang", "department": "审批科",
    "scope": "其他部门", "policy": "bumen", "inquirer": {"name": "张某", "phone": "13812341234"},
}  # fmt: skip
MOMENTS = ("at", "received", "promised", "told", "until", "when", "due")


def moment(text: str) -> datetime:
    """ "23 09:15" (November 2026) or "2026-12-01 09:15", in the ledger's zone."""
    day, clock = str(text).split(" ")
    day = day if "-" in day else f"2026-11-{int(day):02}"
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


def timed(values: dict) -> dict:
    """The values with their times as a record has them."""
    return {k: moment(v).isoformat() if k in MOMENTS else v for k, v in values.items()}


def written(case: dict) -> Inquiry:
    """The record that a case describes; events are numbered from 1 in the order written."""
    events = [{"id": str(n), "by": "wangfang", **timed(event)} for n, event in enumerate(case["events"], 1)]
    return msgspec.convert(timed(HEADER | case.get("inquiry", {})) | {"events": events}, Inquiry)
