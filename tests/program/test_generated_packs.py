"""Packs of other people's shapes, by manifest alone: generated networks whose output is known."""

import json

import numpy as np
import pytest
from conftest import GENERATED
from faceward_client import run

PACKS = sorted(path.parent for path in GENERATED.glob("*/manifest.toml"))


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_the_pack_holds(pack):
    done = run("models", "check", pack)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_the_known_face_comes_out(pack, tmp_path):
    picture = tmp_path / "faces.png"
    picture.write_bytes((pack / "faces.png").read_bytes())
    done = run("extract", "--models", pack, "--profile", "fast", "--tolerate_bystanders", "--json", picture)
    found = json.loads(done.stdout)
    known = json.loads((pack / "expected.json").read_text())["faces"]
    nearest = min(known, key=lambda face: np.abs(np.subtract(face["box"], found["box"])).max())
    assert np.abs(np.subtract(nearest["box"], found["box"])).max() < 0.5
    assert np.abs(np.subtract(nearest["points"], found["landmarks"])).max() < 0.5
    assert abs(nearest["score"] - found["detector_score"]) < 1e-3
