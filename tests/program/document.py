"""The examples in a document."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def examples(name: str) -> list[tuple[str, str]]:
    """(language, text) of each fenced block of a document, in its order."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", (DOCS / name).read_text(), re.MULTILINE | re.DOTALL)
