"""Every command in every document does what it says, run as it stands in a folder like a clone.

Blocks of `sh`, `python` and `ts` run in their order, and must end well; a block of `json` behind one of `sh` is what its
last command answers, though numbers may differ. What cannot run here is a block of `bash` behind a comment that says why
(`<!-- not run: … -->`). An indented block is a synopsis: the program and its options must exist. Of data, those that
something reads are read.
"""

import json
import re
import subprocess
import tempfile
from pathlib import Path

import pytest
import yaml
from document import DOCUMENTS, NOT_RUN, ROOT, blocks
from document_folder import Folder, exports
from faceward_client import run

RUN = ("sh", "python", "ts")
# Run by a test of its own, with networks that it makes.
ELSEWHERE = {"docs/models.md": "test_models_page.py"}
# What no machine reads, and what other tests do: html (program/typescript_client), hex (templates), {toctree} (docs/site).
SHOWN = ("html", "hex", "nginx", "text", "{toctree}")

# Options of the server that a document says it presumes.
SERVERS = {"docs/runbook.md": ("--admin_port", "9090")}

# Lists of pictures of one's own, for docs/evaluation.md.
EVALUATION = {
    "pairs.csv": b"path_a,path_b,same\na1.jpg,a2.jpg,1\na1.jpg,b.jpg,0\n",
    "people.csv": b"path,subject\na1.jpg,a\na2.jpg,a\nb.jpg,b\n",
    "search.csv": b"path,subject,set\na1.jpg,a,gallery\nb.jpg,b,gallery\na2.jpg,a,probe\n",
    "media.csv": b"path,label,pai\nselfie.mp4,bonafide,\n",
}


def is_like(shown, answered) -> bool:
    """Whether an answer has what a document shows of it. Numbers need only be numbers."""
    if isinstance(shown, dict):
        return isinstance(answered, dict) and all(k in answered and is_like(v, answered[k]) for k, v in shown.items())
    if isinstance(shown, list):
        return isinstance(answered, list) and len(shown) <= len(answered) and all(map(is_like, shown, answered))
    if isinstance(shown, int | float) and not isinstance(shown, bool):
        return isinstance(answered, int | float) and not isinstance(answered, bool)
    return shown == answered


def check_synopsis(text: str) -> None:
    """`python bench/x.py --option VALUE`, or a program of bench: it exists, and knows the options."""
    for line in text.splitlines():
        program, *words = line.split()
        path = ROOT / (words[0] if program == "python" else f"bench/{program}.cpp")
        assert path.is_file(), f"there is no {path}"
        for option in re.findall(r"--([a-z][\w-]*)", line):
            assert option in path.read_text(), f"{path} knows no --{option}"


def check_syntax(text: str) -> None:
    subprocess.run(["bash", "-n"], input=text, text=True, check=True)


def check_settings(text: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
        file.write(text)
        file.flush()
        done = run("config", "--config", file.name)
    assert done.returncode == 0, done.stderr


CHECKED = {"": check_synopsis, "bash": check_syntax, "toml": check_settings, "json": json.loads, "yaml": yaml.safe_load}


def presumed(document: str) -> str:
    """What the shell was told before a document: docs/index.md says of its pages that they come after the quick start."""
    first = "docs/quick-start.md"
    if Path(document).parent != Path("docs") or document == first:
        return ""
    return "".join(exports(block.text) for block in blocks(first) if block.language == "sh")


@pytest.fixture(scope="session")
def prepare(portraits, two_people, clip, tmp_path_factory):
    """A maker of folders for documents; what they start is stopped."""
    made = []

    def new(document: str) -> Folder:
        files = {
            "face.jpg": portraits["a1"],
            "same.jpg": portraits["a2"],
            "other.jpg": portraits["b"],
            "group.jpg": two_people,
            "selfie.mp4": clip,
            **EVALUATION,
            **{f"photos/{name}.jpg": picture for name, picture in portraits.items()},
            "recordings/selfie.mp4": clip,
        }
        made.append(Folder(tmp_path_factory.mktemp("clone"), files, presumed(document), SERVERS.get(document, ())))
        return made[-1]

    yield new
    for folder in made:
        folder.stop()


@pytest.mark.parametrize("document", [document for document in DOCUMENTS if document not in ELSEWHERE])
def test_every_block_runs_or_says_why_not(document, prepare):
    found = blocks(document)
    folder = prepare(document) if any(block.language in RUN for block in found) else None
    output, before = "", ""
    for block in found:
        place = f"{document}:{block.line}"
        assert bool(block.not_run) == (block.language == "bash"), f"{place}: what is not run is bash, and says why"
        if block.language in RUN:
            output = folder.run(block, place)
        elif block.language not in SHOWN:
            assert block.language in CHECKED, f"{place}: what is to become of {block.language}?"
            CHECKED[block.language](block.text)
        if (before, block.language) == ("sh", "json"):
            answered = json.loads(output.splitlines()[-1])
            assert is_like(json.loads(block.text), answered), f"{place}: {answered}"
        before = block.language


@pytest.mark.parametrize("document", ELSEWHERE)
def test_another_test_runs_the_document(document):
    assert f'blocks("{document}")' in (ROOT / "tests/program" / ELSEWHERE[document]).read_text()
    assert {block.language for block in blocks(document)} <= {"sh", "toml", *SHOWN}


def test_the_pages_say_what_they_presume():
    place = "quick-start.md#the-command-line"
    assert presumed("docs/scores.md") == 'export PATH="$PWD/build/release/app:$PATH"\n'
    assert presumed("docs/scores.md") in "".join(block.text for block in blocks("README.md"))
    assert place in (ROOT / "docs/index.md").read_text() and "## The command line" in (ROOT / "docs/quick-start.md").read_text()
    assert "9090" in (ROOT / "docs/runbook.md").read_text().partition("```")[0]


def test_the_documents_are_all_here():
    tracked = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True)
    unknown = set(tracked.stdout.split()) - set(DOCUMENTS)
    assert all(path.startswith("bench/") for path in unknown), unknown


def test_a_comment_is_read_as_the_reason():
    assert NOT_RUN.fullmatch("<!-- not run: needs root -->")[1] == "needs root"
    assert is_like({"a": 1, "b": [{"c": "x"}]}, {"a": 2.5, "b": [{"c": "x", "d": 0}, 1], "e": 0})
    assert not is_like({"a": 1}, {"b": 1}) and not is_like("x", "y") and not is_like(1, True)
