"""The documents render to pages: every link and anchor leads somewhere, and a page asks nobody for anything."""

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PYTHON = os.environ["FACEWARD_DOCUMENTS_PYTHON"]

# What a browser fetches by itself to show a page.
FETCHED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}


def render(docs: Path, site: Path) -> subprocess.CompletedProcess:
    command = [PYTHON, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", "--builder", "html", docs, site]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = render(DOCS, folder)
    assert done.returncode == 0, done.stderr
    return folder


class Fetches(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get(FETCHED.get(tag, ""))
        if address:
            self.found.append(address)


def test_every_document_is_a_page(site):
    assert {path.stem for path in DOCS.glob("*.md")} <= {path.stem for path in site.glob("*.html")}


def test_pages_fetch_nothing_from_elsewhere(site):
    outside = re.compile(r"^(\w+:)?//")
    for page in site.glob("*.html"):
        fetches = Fetches()
        fetches.feed(page.read_text())
        assert fetches.found and not [address for address in fetches.found if outside.match(address)], page
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", style.read_text()), style


@pytest.mark.parametrize("link", ["[there](nowhere.md)", "[there](clients.md#nowhere)", "![there](images/nowhere.svg)"])
def test_a_broken_link_is_an_error(tmp_path, link):
    for name in ("conf.py", "clients.md"):
        shutil.copy(DOCS / name, tmp_path)
    (tmp_path / "index.md").write_text(f"# Documents\n\n```{{toctree}}\nclients\n```\n\n{link}\n")
    (tmp_path / "clients.md").write_text("# Clients\n")
    done = render(tmp_path, tmp_path / "site")
    assert done.returncode != 0 and "nowhere" in done.stderr, done.stderr


def anchors(path: Path) -> set[str]:
    """Of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", ["README.md", "models/README.md", "clients/python/README.md", "clients/typescript/README.md"])
def test_links_of_the_other_documents_lead_somewhere(document):
    path = ROOT / document
    for token in MarkdownIt().parse(path.read_text()):
        for child in token.children or []:
            target = child.attrs.get("href") or child.attrs.get("src") or ""
            if not target or ":" in target.partition("/")[0]:
                continue
            name, _, anchor = target.partition("#")
            file = (path.parent / name) if name else path
            assert file.exists(), f"{document}: {target}"
            assert not anchor or anchor in anchors(file), f"{document}: {target}"
