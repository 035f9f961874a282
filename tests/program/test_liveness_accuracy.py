"""Error rates of presentation attack detection on the evaluation sets, where they are at hand, as `faceward evaluate` counts them."""

import sys
from pathlib import Path

import numpy as np
import pytest
from faceward_client import BINARY

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from accuracy_lists import Lists  # noqa: E402
from accuracy_pipeline import judged_by_both  # noqa: E402
from accuracy_runs import Runs  # noqa: E402


@pytest.fixture(scope="module")
def runs(packs, evaluation, tmp_path_factory) -> Runs:
    work = tmp_path_factory.mktemp("accuracy")
    return Runs(Path(BINARY), packs, work, Lists(evaluation, work / "lists"))


def errors(runs: Runs, name: str) -> tuple[dict, dict[str, dict]]:
    """BPCER, and APCER by instrument, at the working point."""
    found = runs.liveness("default", "standard", name)["at_threshold"]
    print(name, found)
    return found["bpcer"], found["apcer"]


def test_sequences_of_frames(runs):
    bona_fide, attacks = errors(runs, "Replay-Attack devel, sequences")
    assert bona_fide["total"] == 32 and bona_fide["count"] <= 3
    assert len(attacks) == 5
    for instrument, found in attacks.items():
        assert found["total"] >= 25 and found["count"] <= 0.05 * found["total"], instrument


def test_videos(runs):
    bona_fide, attacks = errors(runs, "videos")
    assert bona_fide["total"] >= 9 and bona_fide["count"] == 0
    assert attacks and not any(found["count"] for found in attacks.values())


def test_webcam_pictures(runs):
    bona_fide, attacks = errors(runs, "webcam, pictures")
    refused = runs.liveness("default", "standard", "webcam, pictures")["refused"]
    share = lambda found, kind: found["count"] / refused[kind]["total"]
    assert share(bona_fide, "bonafide") <= 0.15 and share(attacks["screen"], "screen") <= 0.1
    assert attacks["print"]["total"] == 7 and attacks["print"]["count"] == 0


@pytest.mark.parametrize("name, least", [("Replay-Attack devel, frames", 330), ("webcam, pictures", 130)])
def test_pictures_are_judged_as_by_an_independent_pipeline(runs, name, least):
    both = judged_by_both(runs, name)
    assert len(both.kind) > least
    for kind in set(both.kind):
        wrong = both.errors(kind)
        assert abs(wrong.program - wrong.pipeline) <= 0.02 * wrong.total, (kind, wrong)
    assert np.median(np.abs(both.program - both.pipeline)) < 0.01
