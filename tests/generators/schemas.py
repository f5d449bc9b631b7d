"""Write shouwen/docs/schema/*.json, the JSON Schemas that editors check a ledger's files by.

python -m tests.generators.schemas
"""

import json

import msgspec

from shouwen.core.accountability.case import Case
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.office import roster
from shouwen.core.regulation import schema
from shouwen.store.settings import CalendarYear
from tests.support.documents import DOCS

# What a regulation inherits, its own file need not say.
MERGED = ("Policy", "Choice", "FirstAsked", "Extension", "Duty", "Violation", "Scale", "Cap", "Levels")


def schemas() -> dict[str, dict]:
    """File name → JSON Schema, from the structs themselves."""
    made = {
        "inquiry": msgspec.json.schema(Inquiry), "case": msgspec.json.schema(Case),
        "policy": msgspec.json.schema(schema.Policy), "ledger": msgspec.json.schema(roster.Config),
        "calendar": msgspec.json.schema(CalendarYear),
    }  # fmt: skip
    for name in MERGED:
        made["policy"]["$defs"][name].pop("required", None)
    made["policy"]["$defs"]["Policy"]["required"] = ["id", "name"]
    for value in made.values():
        for kind in value["$defs"].values():
            kind.pop("description", None)  # docstrings speak to developers, in English
    return {
        f"{name}.schema.json": {"$schema": "https://json-schema.org/draft/2020-12/schema", **value}
        for name, value in made.items()
    }


if __name__ == "__main__":
    for file, value in schemas().items():
        text = json.dumps(value, ensure_ascii=False, indent=1)
        (DOCS / "schema" / file).write_text(text + "\n", "utf-8")
        print(file)
