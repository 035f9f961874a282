"""Makes docs/api.md of the API's description. Usage: python docs/reference.py [FILE], which is docs/api.md otherwise."""

import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/program"))
from description import Description  # noqa: E402

INTRO = """# API reference

Made of `service/api/openapi.yaml` by `python docs/reference.py`. A running server has the same with every schema and example, at `/openapi.json` for programs
and at `/docs` to read and try; a test holds the description and the server's answers together. How to call it from `curl`, Python and TypeScript:
[clients](clients.md).
"""


def plain(text: str) -> str:
    """In one line, fit for a cell of a table."""
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|")


def table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def parameters(description: Description, operation: dict) -> str:
    found = [description.resolved(node) for node in operation.get("parameters", [])]
    rows = [[f"`{p['name']}`", p["in"], plain(p.get("description", ""))] for p in found]
    return table(["parameter", "in", "meaning"], rows) if rows else ""


def body(description: Description, operation: dict) -> str:
    content = description.resolved(operation.get("requestBody", {})).get("content", {})
    rows = []
    for kind, medium in content.items():
        schema = description.resolved(medium["schema"])
        if kind != "multipart/form-data":
            rows.append([f"`{kind}`", "the body", plain(schema.get("description", ""))])
            continue
        parts = {f"`{name}`": part for name, part in schema.get("properties", {}).items()}
        if "additionalProperties" in schema:
            parts["any name"] = schema["additionalProperties"]
        for name, part in parts.items():
            wanted = name.strip("`") in schema.get("required", [])
            what = description.resolved(part)
            what = description.resolved(what["items"]) if what.get("type") == "array" else what
            rows.append([f"`{kind}`", name + ("" if wanted else ", optional"), plain(what.get("description", ""))])
    return table(["sent as", "part", "what"], rows) if rows else ""


def answers(description: Description, operation: dict) -> str:
    rows = []
    for status, node in operation["responses"].items():
        response = description.resolved(node)
        codes = " ".join(f"`{code}`" for code in description.codes_of(status, response))
        rows.append([status, plain(response["description"]), codes])
    return table(["status", "answer", "codes"], rows)


def errors(description: Description) -> str:
    examples = description.document["components"]["examples"]
    rows = [[f"`{code}`", plain(example["value"]["message"])] for code, example in examples.items() if code[:4] in ("BPE-", "LDE-", "SRV-")]
    return "## Error codes\n\nThe message goes on with the reason, and with the part that it is about.\n\n" + table(["code", "message, for example"], rows)


def page(description: Description) -> str:
    text = INTRO
    for (verb, path), operation in description.operations().items():
        text += f"\n## {verb} {path}\n\n{operation['summary']}.\n\n"
        if "description" in operation:
            text += operation["description"].strip() + "\n\n"
        text += parameters(description, operation) + body(description, operation) + answers(description, operation).rstrip("\n") + "\n"
    return text + "\n" + errors(description).rstrip("\n") + "\n"


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/api.md"
    target.write_text(page(Description(yaml.safe_load((ROOT / "service/api/openapi.yaml").read_text()))))


main()
