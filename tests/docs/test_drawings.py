"""The drawings in the documents are what their scripts make of the code and of the calibration as they are now."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs/drawings"))
rooms = __import__("rooms")
scores = __import__("scores")


def test_drawings_are_current(tmp_path):
    subprocess.run([sys.executable, ROOT / "docs/drawings", tmp_path], check=True)
    made = sorted(tmp_path.glob("*.svg"))
    assert [path.name for path in made] == sorted(path.name for path in (ROOT / "docs/images").glob("*.svg"))
    stale = [path.name for path in made if path.read_text() != (ROOT / "docs/images" / path.name).read_text()]
    assert stale == [], "run: python docs/drawings"


def test_the_table_of_scores_is_the_calibration():
    table = tomllib.loads((ROOT / "models/calibration.toml").read_text())[scores.CALIBRATION]
    rates = {(row["score"], row["fmr"], row["fnmr"]) for row in table["rates"] if row["set"] == scores.SET}
    text = (ROOT / "docs/scores.md").read_text()
    shown = re.findall(r"^\| ([\d.]+) \| ([\de.-]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert len(shown) >= 5 and {tuple(map(float, row)) for row in shown} <= rates


def test_rooms_are_those_of_the_includes(tmp_path):
    for name, text in {"engine/a/x.hpp": '#include "engine/b/y.hpp"\n#include <vector>\n', "engine/b/y.hpp": "",
                       "engine/b/y_test.cpp": '#include "engine/a/x.hpp"\n'}.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert rooms.uses(tmp_path) == {"engine/a": {"engine/b"}, "engine/b": set()}


def test_a_circle_of_rooms_is_an_error():
    assert rooms.rows({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == [["a"], ["b"], ["c"]]
    assert rooms.direct({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": {"b"}, "b": {"c"}, "c": set()}
    with pytest.raises(ValueError, match="a ← b ← a"):
        rooms.rows({"a": {"b"}, "b": {"a"}})


def test_rooms_that_cover_each_other_are_found(monkeypatch):
    monkeypatch.setattr(rooms, "ACROSS", {"a": 100, "b": 183, "c": 268})
    assert rooms.covering(["c", "a", "b"]) == [("a", "b")]
