"""A path that a document names leads to something in the repository."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("clients/*/README.md"), ROOT / "README.md"]
PATH = re.compile(r"`([\w.-]+(?:/[\w.*-]+)+)`")


def named_paths(document: Path) -> set[str]:
    """Those that begin with a folder of the repository, or of the document's own; what a build makes is left out."""
    folders = {path.name for at in (ROOT, document.parent) for path in at.iterdir() if path.is_dir()} - {"build"}
    return {path for path in PATH.findall(document.read_text()) if path.split("/")[0] in folders}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_named_paths_are_there(document):
    lost = [path for path in named_paths(document) if not any(list(at.glob(path)) for at in (ROOT, document.parent))]
    assert lost == []


def test_paths_are_found():
    assert {"engine/face/heads.cpp", "docs/drawings/rooms.py"} <= named_paths(ROOT / "docs/contributing.md")
    assert PATH.findall("`application/json` and `/v1/face` and `a b/c`") == ["application/json"]
