"""An office of each system, and its command line."""

from collections.abc import Callable
from dataclasses import dataclass
from json import loads
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from shouwen.store.ledger import Ledger

OFFICES = Path(__file__).parent / "offices"
LEADERS = ("分管领导", "主要领导")


@dataclass
class System:
    """A ledger under a regulation; called, it is the command line of a member of staff.

    ``o("wangfang", "2026-11-23T09:15", "intake", …)``: who, when, then the command.
    """

    root: Path
    run: Callable

    def __call__(self, who: str, now: str, *args: str, code: int | None = 0):
        """Run a command as somebody at a time; the result, its exit code checked."""
        return self.run("-L", self.root, "--as", who, *args, now=now, code=code)

    def intake(self, who: str, now: str, code: int = 0, **options: str | bool):
        """Take an inquiry in; the options by name, True for a bare flag. Gives the result."""
        words = {"channel": "来访", "category": "咨询", "subject": "办事程序", "name": "张某",
                 "phone": "13812341234", "scope": "本人", "detail": "问要带什么、多久办好"} | options  # fmt: skip
        args: list[str] = []
        for key, value in words.items():
            if value:
                args += [f"--{key.replace('_', '-')}"] + ([] if value is True else [str(value)])
        return self(who, now, "intake", *args, code=code)

    def show(self, name: str, now: str) -> dict:
        """The whole story of an inquiry as JSON, as the first of the office sees it whom it does not concern."""
        words = ("show", name, "--format", "json")
        seen = self.run("-L", self.root, *words, now=now, code=None)
        if seen.code == 2:
            looks = (
                self.run("-L", self.root, "--as", who, *words, now=now, code=None) for who in self.staff()
            )
            seen = next(one for one in looks if one.code == 0)
        assert seen.code == 0, seen.err
        return loads(seen.out)

    def staff(self) -> list[str]:
        """Everybody in the roster."""
        return [*Ledger(str(self.root)).office.staff]

    def found(self, name: str, now: str) -> set[tuple[str, str]]:
        """(article, name of the duty) of what is wrong with an inquiry."""
        return {(f["article"], f["name"]) for f in self.show(name, now)["findings"]}

    def json(self, who: str, now: str, *args: str, code: int | None = 0) -> dict:
        """The JSON that a command prints."""
        return loads(self(who, now, *args, "--format", "json", code=code).out)

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a settings file as its keeper would, in an editor; ``old`` must be there."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def system(tmp_path: Path, run: Callable) -> Callable[[str], System]:
    """``system("bumen")``: a ledger made by init with the staff of ``offices/bumen.yaml``.

    Whoever has the title 分管领导 or 主要领导 there is entered as such in ledger.yaml.
    """

    def made(name: str) -> System:
        root = tmp_path / name
        run("init", root, "--policy", name, "--name", "某单位")
        office = OFFICES / f"{name}.yaml"
        (root / "staff.yaml").write_bytes(office.read_bytes())
        staff = YAML(typ="safe").load(office)["staff"]
        leaders = {s["title"]: key for key, s in staff.items() if s.get("title") in LEADERS}
        o = System(root, run)
        if leaders:
            words = ", ".join(f"{title}: {key}" for title, key in leaders.items())
            o.edit("ledger.yaml", "leaders: {}", f"leaders: {{{words}}}")
        return o

    return made
