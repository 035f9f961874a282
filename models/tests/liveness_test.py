"""The parts of the pack builder that serve liveness: one output of several, self-test samples, tables."""

import hashlib
import sys
import tomllib
from pathlib import Path

import cv2
import numpy as np
import openvino as ov
import pytest
from openvino import opset8

ROOM = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOM))

from builder import golden, manifest, png, samples  # noqa: E402
from builder.convert import keep_output  # noqa: E402
from builder.errors import BuildError  # noqa: E402

TABLES = {name: tomllib.loads((ROOM / f"{name}.toml").read_text()) for name in ("sources", "packs", "calibration")}
LIVENESS = [(name, pack["liveness"]) for name, pack in TABLES["packs"].items()]


# --- one output of several


def test_the_output_of_the_wanted_size_is_kept_alone():
    source = opset8.parameter([1, 4], np.float32, "source")
    sums = opset8.reduce_sum(source, np.array([1], np.int64), keep_dims=True)
    doubled = opset8.add(source, source)
    for node, name in ((sums, "sums"), (doubled, "doubled")):
        node.output(0).get_tensor().set_names({name})
    network = ov.Model([sums, doubled], [source], "two")
    kept = keep_output(network, 4)
    assert [output.get_names() for output in kept.outputs] == [{"doubled"}]
    assert "ReduceSum" not in {operation.get_type_name() for operation in kept.get_ops()}
    with pytest.raises(BuildError, match="0 outputs have 5 values"):
        keep_output(network, 5)


# --- samples


def test_the_samples_pixels_are_the_same_everywhere():
    portrait = golden.picture_of({"picture": "pattern", "size": 512}, Path())
    pixels = {make.__name__: make(portrait) for make in (samples.bona_fide, samples.attack)}
    assert {name: picture.shape for name, picture in pixels.items()} == {
        "bona_fide": (600, 600, 3),
        "attack": (840, 840, 3),
    }
    assert {name: hashlib.sha256(picture.tobytes()).hexdigest()[:16] for name, picture in pixels.items()} == {
        "bona_fide": "a8315fab6cd112ce",
        "attack": "08640fe97cc5a2a8",
    }


def test_a_picture_is_doubled_as_others_do_it():
    picture = np.random.default_rng(3).integers(0, 256, (7, 5, 3), np.uint8)
    expected = cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
    assert np.abs(samples.doubled(picture).astype(int) - expected).max() <= 1


def test_a_blur_keeps_flat_areas_and_spreads_a_point():
    picture = np.full((9, 9, 3), 75, np.uint8)
    assert (samples.blurred(picture) == 75).all()
    picture[4, 4] = 100
    assert (samples.blurred(picture)[2:7, 2:7] == 76).all() and samples.blurred(picture)[1, 4, 0] == 75


def test_samples_are_written_as_pictures_with_their_digests(tmp_path):
    portrait = golden.picture_of({"picture": "pattern", "size": 512}, Path())
    png.write_png(tmp_path / "portrait.png", portrait)
    digests = samples.write_samples(tmp_path / "portrait.png", tmp_path)
    assert set(digests) == {"bona_fide.png", "attack.png"}
    for name, digest in digests.items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    expected = samples.attack(portrait)
    assert (png.read_png(tmp_path / "attack.png") == expected).all()
    assert (cv2.imread(str(tmp_path / "attack.png"))[..., ::-1] == expected).all()


# --- tables


@pytest.mark.parametrize("pack, settings", LIVENESS)
def test_a_liveness_table_names_what_its_pack_and_the_calibrations_hold(pack, settings):
    roles = {name: TABLES["sources"]["network"][name]["manifest"] for name in TABLES["packs"][pack]["networks"]}
    assert {roles[name]["role"] for name in settings["networks"]} == {"attack_detector"}
    assert all(set(roles[name]) >= {"crop", "output"} for name in settings["networks"])
    mesh = TABLES["sources"]["network"][settings["dense_landmarks"]]
    assert mesh["output_size"] == 3 * roles[settings["dense_landmarks"]]["output"]["points"]
    fusion = TABLES["calibration"]["liveness"][settings["fusion"]]
    assert len(fusion["weights"]) == len(fusion["thorough"]["weights"]) == len(settings["networks"])
    assert settings["stillness"] in TABLES["calibration"]["stillness"]


@pytest.mark.parametrize("pack, settings", LIVENESS)
def test_a_manifest_has_all_that_liveness_needs(pack, settings):
    table = manifest.liveness_of(settings, TABLES["calibration"], {"bona_fide.png": "a" * 64, "attack.png": "b" * 64})
    table = tomllib.loads(manifest.to_toml({"liveness": table}))["liveness"]
    assert table["networks"] == settings["networks"]
    assert {"weights", "intercept", "fitted_on", "dense_landmarks"} <= set(table)
    assert set(table["thorough"]) == {"weights", "intercept", "crops"}
    assert set(table["stillness"]) == {"eyes", "plane", "intercept", "fitted_on"}
    assert table["selftest"] == {
        "bona_fide": "bona_fide.png",
        "bona_fide_sha256": "a" * 64,
        "attack": "attack.png",
        "attack_sha256": "b" * 64,
    }
