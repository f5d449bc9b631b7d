"""A small register, and a mapping of it that a test changes."""

TITLES = ["序号", "受理时间", "姓名", "联系方式", "事项内容", "首问责任人", "办结时间"]
COLUMNS = {"number": "序号", "received": "受理时间", "name": "姓名", "phone": "联系方式", "subject": "事项内容",
           "first_responder": "首问责任人", "closed": "办结时间"}  # fmt: skip
MORE = """\
defaults: {scope: 本人, channel: 来访, category: 咨询, outcome: 已答复}
times: {received: "08:30", closed: "17:30"}
"""
ROW = ["1", "2025-01-06", "", "13800000001", "咨询社保转移", "王芳", "2025-01-06"]


def mapping(more: str = "", **columns: str) -> str:
    """A mapping of these columns (of COLUMNS, changed), with more lines."""
    lines = "".join(f"  {key}: {title}\n" for key, title in (COLUMNS | columns).items() if title)
    return f"columns:\n{lines}{MORE}{more}"
