"""An office under one of the made-up regulations, and short words for what is done in it."""

import json
from pathlib import Path

HERE = Path(__file__).parent / "policies"
STAFF = """\
departments:
  一科: {leader: kezhang, in_charge: fenguan, phone: "0631-5550101"}
  二科: {leader: erke, phone: "0631-5550102"}
  办公室: {leader: zhuren}
staff:
  xiaoli: {name: 小李, department: 一科, rank: 1}
  linpin: {name: 林聘, department: 一科, rank: 1, status: 临聘}
  jiediao:
    name: 解调
    posts: [{department: 一科, rank: 1, from: 2026-01-01, kind: 借调}]
  kezhang: {name: 柯章, department: 一科, rank: 5}
  erke: {name: 尔科, department: 二科, rank: 5}
  fenguan: {name: 冯管, department: 办公室, rank: 7}
  zhuren: {name: 朱仁, department: 办公室, rank: 6}
"""
ASKED = ("intake", "--channel", "来访", "--category", "咨询", "--scope", "本人",
         "--name", "张某", "--phone", "0631-5550199")  # fmt: skip


class Office:
    """A ledger under one of the regulations, and short words for what is done in it."""

    def __init__(self, root: Path, run, policy: str):
        """Found the ledger from the file of the regulation."""
        self.root, self.run = root, run
        run("init", root, "--policy", HERE / f"{policy}.yaml", "--name", "某单位")
        (root / "staff.yaml").write_text(STAFF, "utf-8")
        (root / "matters.yaml").write_text("杂事: {department: 办公室, words: [杂事]}\n", "utf-8")
        settings = root / "ledger.yaml"
        text = settings.read_text("utf-8").replace("leaders: {}", "leaders: {主要领导: fenguan}")
        settings.write_text(text, "utf-8")

    def __call__(self, *words, now: str, who: str = "zhuren", code: int | None = 0):
        """Run a command at a moment."""
        return self.run("-L", self.root, "--as", who, *words, now=now, code=code)

    def case(self, day: str, article: str, *verify: str, staff: str = "xiaoli", more: tuple = ()) -> str:
        """Reported at 9 and found true at 10 of a day; gives the id."""
        report = ("--staff", staff, "--article", article, "--summary", f"{day}{staff}的事", "--occurred", day)
        case = self("sanction", "report", *report, *more, now=f"{day}T09:00").id
        self("sanction", "verify", case, "--finding", "查实", *verify, now=f"{day}T10:00")
        return case

    def decide(self, case: str, day: str, *words: str, code: int = 0):
        """Decided at 11 of a day."""
        return self("sanction", "decide", case, *words, now=f"{day}T11:00", code=code)

    def year(self, now: str = "2026-12-30T09:00") -> dict:
        """The appraisal of 2026: people by id, and the departments."""
        data = json.loads(self("evaluate", "2026", "-f", "json", now=now).out)
        return {p["id"]: p for p in data["staff"]} | {d["department"]: d for d in data["departments"]} | {
            "review": data["review"]}  # fmt: skip
