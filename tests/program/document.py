"""The documents, and the blocks in them."""

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("README.md", "models/README.md", "clients/*/README.md", "docs/*.md")
    for path in ROOT.glob(pattern)
)

NOT_RUN = re.compile(r"<!-- not run: (.+) -->")


@dataclass(frozen=True)
class Block:
    """A fenced block, or with the language "" an indented one."""

    language: str
    text: str
    line: int
    not_run: str  # why, if a comment before the block says so


def blocks(document: str) -> list[Block]:
    """The blocks of a document, which is named by its path in the repository, in their order."""
    found = []
    reason = ""
    for token in MarkdownIt().parse((ROOT / document).read_text()):
        if token.type in ("fence", "code_block"):
            language, *_ = [*token.info.split(), ""]
            found.append(Block(language, token.content, token.map[0] + 1, reason))
        said = NOT_RUN.search(token.content) if token.type == "html_block" else None
        reason = said[1] if said else ""
    return found
