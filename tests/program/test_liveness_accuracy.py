"""Error rates of presentation attack detection on the evaluation sets, where they are at hand."""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from faceward_client import Server

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from liveness import SETS, outcomes, table  # noqa: E402


def judged(packs: Path, evaluation: Path, name: str) -> dict[str, list]:
    """The outcomes of a set by instrument; what is judged of them is printed as a table."""
    base, rows_file, column, wanted = SETS[name]
    with (evaluation / base / rows_file).open() as opened:
        rows = [row for row in csv.DictReader(opened) if all(row[k] == v for k, v in wanted.items())]
    own = Server(packs / "default")
    found = outcomes(own, evaluation / base, rows, column)
    assert own.stop() == 0
    table(name, found)
    kinds = defaultdict(list)
    for outcome in found:
        kinds[outcome.instrument].append(outcome)
    return kinds


def test_sequences_of_frames(packs, evaluation):
    kinds = judged(packs, evaluation, "Replay-Attack devel, sequences")
    bona_fide = [outcome.score for outcome in kinds.pop("bonafide") if outcome.score is not None]
    assert len(bona_fide) == 32 and sum(score > 0.5 for score in bona_fide) <= 3
    for instrument, attacks in kinds.items():
        scores = [outcome.score for outcome in attacks if outcome.score is not None]
        assert len(scores) >= 25 and sum(score <= 0.5 for score in scores) <= 0.05 * len(scores), instrument


def test_videos(packs, evaluation):
    kinds = judged(packs, evaluation, "videos")
    bona_fide = kinds.pop("bonafide")
    assert sum(outcome.score is not None for outcome in bona_fide) >= 9
    assert not [outcome for outcome in bona_fide if outcome.score is not None and outcome.score > 0.5]
    for attacks in kinds.values():
        assert not [outcome for outcome in attacks if outcome.score is not None and outcome.score <= 0.5]


def test_webcam_pictures(packs, evaluation):
    kinds = judged(packs, evaluation, "webcam, pictures")
    errors = {
        kind: sum((o.score > 0.5) == (kind == "bonafide") for o in found if o.score is not None) / len(found)
        for kind, found in kinds.items()
    }
    assert errors["bonafide"] <= 0.15 and errors["screen"] <= 0.1 and errors["print"] == 0
