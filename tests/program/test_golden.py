"""The product against the independent pipeline of reference.py."""

import itertools
import json

import cv2
import numpy as np
import pytest
from conftest import decoded, encoded
from faceward_client import run
from reference import Reference
from templates import features


@pytest.fixture(scope="module")
def reference(packs):
    return Reference(packs / "default")


def shrunk(image: bytes, factor: float) -> bytes:
    """A PNG whose face is small enough for the aligned crop not to be shrunk far."""
    return encoded(cv2.resize(decoded(image), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), ".png")


NAMES = ["a1", "a2", "b"]
FACTORS = [0.35, 0.45]


@pytest.fixture(scope="module")
def landmarks(portraits, packs, tmp_path_factory) -> dict[tuple[str, float], list]:
    """The points that the program tells of each picture."""
    cases = list(itertools.product(NAMES, FACTORS))
    files = [tmp_path_factory.mktemp("faces") / "face.png" for _ in cases]
    for file, (name, factor) in zip(files, cases, strict=True):
        file.write_bytes(shrunk(portraits[name], factor))
    lines = run("extract", "--models", packs / "default", "--json", *files).stdout.splitlines()
    return {case: json.loads(line)["landmarks"] for case, line in zip(cases, lines, strict=True)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("factor", FACTORS)
def test_features_and_landmarks_agree(server, reference, landmarks, portraits, name, factor):
    image = shrunk(portraits[name], factor)
    expected = reference.find(decoded(image))
    assert expected.scale > 0.5, "the reference aligns without area averaging: choose a smaller picture"
    found = features(server.extract(image, "image/png").body)
    assert found @ expected.features / np.linalg.norm(found) >= 0.999
    assert np.abs(np.array(landmarks[name, factor]) - expected.points).max() < 1


@pytest.mark.parametrize("name", NAMES)
def test_a_far_crop_stays_close_too(server, reference, portraits, name):
    """The refiner's crop is then shrunk by area, of whole pixels here, and the landmarks move by a fraction of one."""
    image = shrunk(portraits[name], 0.55)
    found = features(server.extract(image, "image/png").body)
    assert found @ reference.find(decoded(image)).features / np.linalg.norm(found) >= 0.995
