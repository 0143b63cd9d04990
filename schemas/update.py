"""Make ``argo/fields.json`` from the fields of Argo's published schemas and our notes on them.

    python schemas/update.py path/to/fields.json

The input has every type and field of Argo's kinds with the versions that know
it, as the published schemas say; ``argo/notes.json`` puts right what they get
wrong. See README.md for where both come from, and for the form of the output.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

KINDS = ("ClusterWorkflowTemplate", "CronWorkflow", "Workflow", "WorkflowTemplate")
LEAVES = {"string": "text", "boolean": "boolean", "integer": "int32"}
FACTS = ("since", "last", "deprecated_since", "enum")
FOLDER = Path(__file__).resolve().parent / "argo"

Record = dict[str, Any]


def kind_of(text: str, name: str, notes: Record) -> str:
    """Return *text*, the type of the field *name* (``Type.field``), in our own words."""
    if name in notes["kinds"]:
        return str(notes["kinds"][name])
    found = re.fullmatch(r"(list|map)<(.+)>", text)
    if found is not None:
        return f"{found[1]}<{kind_of(found[2], name, notes)}>"
    if text == "integer" and name in notes["int64"]:
        return "int64"
    return str(notes["aliases"].get(text, LEAVES.get(text, text)))


def convert(type_name: str, fields: Record, notes: Record) -> Record:
    """Return what the table says of one type."""
    record: Record = {"fields": {}}
    always = notes["always"].get(type_name, ())
    for name, said in sorted(fields.items()):
        full_name = f"{type_name}.{name}"
        record["fields"][name] = kind_of(said["type"], full_name, notes)
        for fact in FACTS:
            if fact in said and not (fact == "since" and name in always):
                record.setdefault(fact.removesuffix("_since"), {})[name] = said[fact]
        if said.get("required"):
            record.setdefault("required", []).append(name)
        if full_name in notes["instead"]:
            record.setdefault("instead", {})[name] = notes["instead"][full_name]
    return record


def reached(types: Record) -> set[str]:
    """Return the types that the four kinds are made of."""
    found: set[str] = set()
    waiting = list(KINDS)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for kind in types[name]["fields"].values():
            inner = kind.replace("list<", "").replace("map<", "").rstrip(">")
            if inner in types:
                waiting.append(inner)
    return found


def stale(source: Record, notes: Record) -> list[str]:
    """Return the names in *notes* that the source does not have."""
    types = source["types"]
    names = [*notes["kinds"], *notes["int64"], *notes["instead"]]
    names += [f"{type_name}.{name}" for type_name, own in notes["always"].items() for name in own]
    missing = []
    for full_name in names:
        type_name, _, name = full_name.rpartition(".")
        if name not in types.get(type_name, {}).get("fields", {}):
            missing.append(full_name)
    aliases = {name for name, said in types.items() if "alias" in said}
    return missing + sorted(aliases ^ {*notes["aliases"], *notes["empty"]})


def make(source: Record, notes: Record) -> str:
    """Return the text of the table.

    :raises ValueError: when a note speaks of what the source does not have.
    """
    if missing := stale(source, notes):
        raise ValueError(f"argo/notes.json and the source disagree about {', '.join(missing)}")
    types = {
        name: convert(name, said.get("fields", {}), notes) for name, said in source["types"].items()
    }
    kept = reached(types)
    lines = [
        f"{json.dumps(name)}:{json.dumps(types[name], separators=(',', ':'), ensure_ascii=False)}"
        for name in sorted(kept)
    ]
    head = {"versions": source["versions"], "tags": source["tags"], "kinds": KINDS}
    return json.dumps(head)[:-1] + ', "types": {\n' + ",\n".join(lines) + "\n}}\n"


def main() -> None:
    source = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    notes = json.loads((FOLDER / "notes.json").read_text(encoding="utf-8"))
    (FOLDER / "fields.json").write_text(make(source, notes), encoding="utf-8")


if __name__ == "__main__":
    main()
