"""docs/models.md followed to the letter, with small networks of each family's shape whose answers are known."""

import functools
import hashlib
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest
from document import blocks
from faceward_client import BINARY, LIVENESS, PATTERN, Server, picture, plain_environment, run

sys.path.insert(0, str(Path(__file__).parents[2] / "models" / "tests"))
from make_generated import Graph, cell_means, pattern


@dataclass(frozen=True, eq=False)
class Family:
    """What a family's networks are fed with by their makers' own code, and what they take and give."""

    name: str  # the manifest's
    dimension: int
    tensor: Callable[[np.ndarray], np.ndarray]  # of an aligned face, BGR
    source: tuple[str, list]
    outputs: dict[str, list]
    inner: tuple[float, float] = (0, 1)  # what the network itself subtracts and multiplies with
    unit: bool = False  # whether it gives features of unit length and, as second output, their norm

    def weights(self) -> tuple[np.ndarray, np.ndarray]:
        """A projection of the means of an 8 x 8 grid, and a bias, which keeps scale from vanishing in the unit length."""
        random = np.random.default_rng(self.dimension)
        projection, bias = random.normal(0, 5, (192, self.dimension)), random.normal(size=self.dimension)
        return projection.astype(np.float32), bias.astype(np.float32)

    def save(self, path: Path) -> None:
        graph, (projection, bias) = Graph(), self.weights()
        first, *others = self.outputs
        subtracted = graph.add("Sub", self.source[0], graph.weight(np.float32(self.inner[0])))
        scaled = graph.add("Mul", subtracted, graph.weight(np.float32(self.inner[1])))
        flat = graph.add("Flatten", graph.cells(scaled, 14))
        projected = graph.add("MatMul", flat, graph.weight(projection))
        features = graph.add("Add", projected, graph.weight(bias), output="" if self.unit else first)
        if self.unit:
            graph.add("ReduceL2", features, output=others[0], axes=[1], keepdims=1)
            graph.add("Div", features, others[0], output=first)
        graph.save(path, self.source, self.outputs)

    def features(self, face: np.ndarray) -> np.ndarray:
        projection, bias = self.weights()
        features = cell_means((self.tensor(face) - self.inner[0]) * self.inner[1], 14).ravel() @ projection + bias
        return features / np.linalg.norm(features) if self.unit else features


def opencv_blob(scale: float, mean: float) -> Callable[[np.ndarray], np.ndarray]:
    """As OpenCV's FaceRecognizerSF and InsightFace's ArcFaceONNX do."""
    return lambda face: cv2.dnn.blobFromImage(face, scale, (112, 112), (mean,) * 3, swapRB=True)[0]


def adaface(face: np.ndarray) -> np.ndarray:
    """to_input of AdaFace's inference.py, on its RGB picture."""
    rgb = face[..., ::-1]
    return (((rgb[:, :, ::-1] / 255.0) - 0.5) / 0.5).transpose(2, 0, 1)


def edgeface(face: np.ndarray) -> np.ndarray:
    """torchvision's ToTensor and Normalize(0.5, 0.5) of an RGB picture, as EdgeFace's README has it."""
    return (face[..., ::-1].transpose(2, 0, 1) / 255.0 - 0.5) / 0.5


FAMILIES = [
    Family("SFace", 128, opencv_blob(1, 0), ("data", [1, 3, 112, 112]), {"fc1": [1, 128]}, inner=(127.5, 0.0078125)),
    Family("AdaFace IR-101", 512, adaface, ("input", ["batch_size", 3, 112, 112]),
           {"output": ["batch_size", 512], "1333": ["batch_size", 1]}, unit=True),
    Family("EdgeFace-S", 512, edgeface, ("input", ["batch", 3, 112, 112]), {"embedding": ["batch", 512]}),
    Family("ArcFace R50", 512, opencv_blob(1 / 127.5, 127.5), ("input.1", ["None", 3, 112, 112]), {"683": [1, 512]}),
]  # fmt: skip


@dataclass
class Followed:
    """What following the document led to."""

    family: Family
    home: Path
    told: str = ""

    @property
    def pack(self) -> Path:
        return self.home / "my-pack"

    def shell(self, text: str) -> None:
        path = [str(Path(BINARY).resolve().parent), str(Path(sys.executable).parent), os.environ["PATH"]]
        variables = plain_environment() | {"HOME": str(self.home), "PATH": os.pathsep.join(path)}
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=self.home, env=variables, capture_output=True,
                              text=True, check=False, timeout=300)  # fmt: skip
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        self.told += done.stdout

    def add(self, text: str) -> None:
        with (self.pack / "manifest.toml").open("a") as manifest:
            manifest.write(f"\n{text}")


def steps() -> list[tuple[str, str]]:
    return [(block.language, block.text) for block in blocks("docs/models.md")]


def calibration_example() -> str:
    return next(text for language, text in steps() if language == "sh" and "calibrate" in text)


def follow(family: Family, home: Path) -> Followed:
    """The document's commands run and its blocks added in their order, with a check of the network's arithmetic."""
    result = Followed(family, home)
    family.save(result.home / "recogniser.onnx")
    expected = [float(f"{value:.7g}") for value in family.features(pattern(112))[:32]]
    digest_command = next(text for language, text in steps() if "digest=" in text)
    for language, text in steps():
        if language == "toml" and "[profile." in text:
            result.add(text)
        elif language == "toml" and f'name = "{family.name}"' in text:
            result.add(f"{text}\n[network.check]\nexpected = {expected}\ntolerance = 2e-5\n")
            result.shell(digest_command)
        elif language == "sh" and text not in (digest_command, calibration_example()):
            result.shell(text)
    return result


@pytest.fixture(scope="module")
def follow_once(packs, portraits, tmp_path_factory) -> Callable[[Family], Followed]:
    @functools.cache
    def once(family: Family) -> Followed:
        home = tmp_path_factory.mktemp("home")
        (home / ".cache" / "faceward" / "packs").mkdir(parents=True)
        (home / ".cache" / "faceward" / "packs" / "current").symlink_to(packs)
        for name, image in {"face.jpg": portraits["a1"], "other.jpg": portraits["b"]}.items():
            (home / name).write_bytes(image)
        return follow(family, home)

    return once


@pytest.fixture(params=FAMILIES, ids=lambda family: family.name)
def followed(request, follow_once) -> Followed:
    return follow_once(request.param)


def test_the_commands_tell_what_the_document_says(followed):
    assert "The pack holds" in followed.told and f"{followed.family.name} " in followed.told
    assert f"names[{followed.family.source[0]}]" in followed.told
    assert "face.jpg: 1.0 approved" in followed.told and "other.jpg: " in followed.told
    shown = run("models", "--models", followed.pack).stdout
    assert f"{followed.family.name} " in shown and "score calibrated on nothing yet" in shown


def test_templates_have_the_networks_dimension(followed):
    assert run("extract", "--models", followed.pack, followed.home / "face.jpg").returncode == 0
    made = (followed.home / "face.jpg.template").read_bytes()
    (dimension,) = struct.unpack_from("<H", made, 6)
    assert dimension == followed.family.dimension and len(made) == 60 + 2 * dimension


def test_the_server_is_well_and_compares(followed, portraits):
    server = Server(followed.pack, "--workers", "1")
    try:
        assert server.request("GET", PATTERN + "health").status == 200
        assert server.request("GET", LIVENESS + "health").status == 200
        samples = [picture(name, portraits["a1"]) for name in ("sample_1", "sample_2")]
        answer = server.post("extract_and_compare", samples)
        assert answer.json()["decision"] == "approved"
    finally:
        assert server.stop() == 0


WRONG = {
    "colour": lambda text: text.replace('"rgb"', '"no"').replace('"bgr"', '"rgb"').replace('"no"', '"bgr"'),
    "mean": lambda text: text.replace("mean = [0.0,", "mean = [0.5,").replace("mean = [127.5,", "mean = [127.0,"),
    "scale": lambda text: text.replace("std = [1.0,", "std = [1.004,").replace("std = [127.5,", "std = [128.0,"),
}


@pytest.mark.parametrize("what", WRONG)
def test_another_preparation_gives_other_values(followed, tmp_path, what):
    pack = copied(followed.pack, tmp_path / "pack")
    others, own = (pack / "manifest.toml").read_text().split('id = "recogniser"')
    assert WRONG[what](own) != own
    (pack / "manifest.toml").write_text(others + 'id = "recogniser"' + WRONG[what](own))
    done = run("models", "check", pack)
    assert done.returncode == 1 and "recogniser does not give the values of its check" in done.stdout, done.stdout


def copied(pack: Path, to: Path) -> Path:
    """A pack whose manifest may be changed."""
    to.mkdir()
    for file in pack.iterdir():
        if file.name != "manifest.toml":
            (to / file.name).symlink_to(file)
    (to / "manifest.toml").write_text((pack / "manifest.toml").read_text())
    return to


def halved(path: Path) -> bytes:
    """The network with weights, input and outputs of 16 bits, as exporters write it to save space."""
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        values = onnx.numpy_helper.to_array(tensor).astype(np.float16)
        tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.elem_type = onnx.TensorProto.FLOAT16
    onnx.checker.check_model(model)
    return model.SerializeToString()


@pytest.mark.parametrize("followed", [FAMILIES[3]], indirect=True, ids=["ArcFace"])
def test_a_network_of_16_bit_values_works(followed, tmp_path):
    pack = copied(followed.pack, tmp_path / "pack")
    whole, half = followed.pack / "recogniser.onnx", halved(followed.pack / "recogniser.onnx")
    (pack / "recogniser.onnx").unlink()
    (pack / "recogniser.onnx").write_bytes(half)
    text = (pack / "manifest.toml").read_text()
    digests = [hashlib.sha256(network).hexdigest() for network in (whole.read_bytes(), half)]
    assert text.count(digests[0]) == 1 and text.count("tolerance = 2e-5") == 1
    (pack / "manifest.toml").write_text(text.replace(*digests).replace("tolerance = 2e-5", "tolerance = 0.01"))
    done = run("models", "check", pack)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("followed", [FAMILIES[1]], indirect=True, ids=["AdaFace"])
@pytest.mark.parametrize("line", ["", 'name = "feature"\n'])
def test_of_several_outputs_one_must_be_named(followed, tmp_path, line):
    pack = copied(followed.pack, tmp_path / "pack")
    text = (pack / "manifest.toml").read_text()
    assert text.count('name = "output"\n') == 1
    (pack / "manifest.toml").write_text(text.replace('name = "output"\n', line))
    done = run("models", "check", pack)
    assert done.returncode == 1 and "network recogniser gives output, 1333: name in its output table" in done.stdout


@pytest.mark.parametrize("followed", [FAMILIES[0]], indirect=True, ids=["SFace"])
def test_scores_are_calibrated_as_the_document_says(followed, evaluation):
    source = evaluation / "verification" / "cfp" / "images"
    faces = [file for person in sorted(source.iterdir())[:120] for file in sorted((person / "frontal").iterdir())[:4]]
    (followed.home / "photos").symlink_to(source)
    rows = [f"{file.relative_to(source)},{file.parts[-3]}" for file in faces]
    (followed.home / "people.csv").write_text("\n".join(["path,subject", *rows]) + "\n")
    followed.shell(calibration_example())
    shown = run("models", "check", followed.home / "my-pack-calibrated")
    assert shown.returncode == 0 and "score calibrated on people.csv: " in shown.stdout, shown.stdout
