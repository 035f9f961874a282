#!/usr/bin/env python3
"""Writes model packs of small generated ONNX networks, whose answers are known without any weights of others.

usage: make_generated.py FOLDER

FOLDER gets a folder for each pack, and in it besides the pack: faces.png, and expected.json with the faces that the
detector must find in it (boxes and points in pixels). A generated detector sees a face wherever one cell of one of its
levels is filled with that level's colour: red at stride 8, green at 16, blue at 32. So a wrong channel order, a wrong
order of levels, cells or anchors, and a wrong scale all show. A generated recogniser projects the means of an 8 x 8
grid at random.
"""

import hashlib
import json
import struct
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE = 320
BGR = {8: 2, 16: 1, 32: 0}  # the channel that each stride looks at
CELLS = {8: (32, 30), 16: (14, 4), 32: (4, 6)}  # column and row of the face of each stride in faces.png
BOX = np.array([-2.25, -2.5, 2.75, 3.75])  # x1 y1 x2 y2 of a face, from its anchor's point, in strides
ALIGNED = [(38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041)]
POINTS = (np.array(ALIGNED) - (56, 66)) / 18 + (0.25, 0.625)


@dataclass(frozen=True)
class Input:
    """How a picture becomes a network's input, in the manifest's words."""

    side: int
    layout: str = "nchw"
    colour: str = "rgb"
    mean: tuple[float, ...] = (127.5, 127.5, 127.5)
    std: tuple[float, ...] = (127.5, 127.5, 127.5)

    def channel(self, bgr: int) -> int:
        return bgr if self.colour == "bgr" else 2 - bgr

    def tensor(self, picture: np.ndarray) -> np.ndarray:
        """channels x height x width"""
        ordered = picture if self.colour == "bgr" else picture[..., ::-1]
        return ((ordered.astype(np.float32) - np.float32(self.mean)) / np.float32(self.std)).transpose(2, 0, 1)


class Graph:
    """An ONNX graph under construction; each method adds operations and returns the name of the result."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def add(self, kind: str, *inputs: str, output: str = "", **attributes) -> str:
        output = output or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def weight(self, values: np.ndarray) -> str:
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def cells(self, source: str, stride: int) -> str:
        """The mean of each cell of stride x stride pixels."""
        return self.add("AveragePool", source, kernel_shape=[stride, stride], strides=[stride, stride])

    def rows(self, cells: str, weights: np.ndarray, bias: np.ndarray, shape: list[int]) -> str:
        """A linear function of each cell's three channels, one cell after the other."""
        kernel = self.weight(weights.astype(np.float32)[:, :, None, None])
        mapped = self.add("Conv", cells, kernel, self.weight(bias.astype(np.float32)))
        last = self.add("Transpose", mapped, perm=[0, 2, 3, 1])
        return self.add("Reshape", last, self.weight(np.array(shape, np.int64)))

    def save(self, path: Path, source: tuple[str, list], outputs: dict[str, list]) -> None:
        def value(name, shape):
            return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

        results = [value(*item) for item in outputs.items()]
        graph = helper.make_graph(self.nodes, path.stem, [value(*source)], results, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
        onnx.checker.check_model(model)
        path.write_bytes(model.SerializeToString())


def cell_means(tensor: np.ndarray, side: int) -> np.ndarray:
    channels, height, width = tensor.shape
    return tensor.reshape(channels, height // side, side, width // side, side).mean((2, 4))


def sigmoid(value):
    return 1 / (1 + np.exp(-np.float64(value)))


class Scrfd:
    """Nine outputs: scores, box distances and points in strides, for two anchors at each cell's corner."""

    head, spec, gain = "scrfd", Input(SIDE, std=(128.0, 128.0, 128.0)), 8.0

    def save(self, path: Path) -> None:
        graph = Graph()
        names = {kind: [f"{kind}_{stride}" for stride in BGR] for kind in ("score", "bbox", "kps")}
        for stride, bgr in BGR.items():
            cells = graph.cells("input.1", stride)
            seen = np.zeros((2, 3))
            seen[0, self.spec.channel(bgr)] = self.gain
            score = graph.rows(cells, seen, np.array([0, -20]), [-1, 1])
            graph.add("Sigmoid", score, output=f"score_{stride}")
            for kind, face in (("bbox", BOX * (-1, -1, 1, 1)), ("kps", POINTS.ravel())):
                twice = np.tile(face, 2)
                rows = graph.rows(cells, np.zeros((twice.size, 3)), twice, [-1, face.size])
                graph.add("Identity", rows, output=f"{kind}_{stride}")
        widths = {"score": 1, "bbox": 4, "kps": 10}
        outputs = {name: ["rows", widths[kind]] for kind in names for name in names[kind]}
        graph.save(path, ("input.1", [1, 3, "height", "width"]), outputs)

    def anchor(self, stride: int, cell: tuple[int, int]) -> np.ndarray:
        return np.array(cell) * stride

    def score(self, stride: int) -> float:
        channel = self.spec.channel(BGR[stride])
        return sigmoid(self.gain * (255 - self.spec.mean[channel]) / self.spec.std[channel])

    def check(self, picture: np.ndarray) -> np.ndarray:
        means = cell_means(self.spec.tensor(picture), 8)[self.spec.channel(BGR[8])].ravel()
        return np.column_stack([sigmoid(self.gain * means), np.full(means.size, sigmoid(-20))]).ravel()


class RetinaFace:
    """Three outputs, relative to priors at the cells' centres with two sides for each level."""

    head, gain = "retinaface", 0.05
    spec = Input(SIDE, colour="bgr", mean=(104.0, 117.0, 123.0), std=(1.0, 1.0, 1.0))
    anchor_and_side = {8: (0, 16), 16: (1, 128), 32: (0, 256)}  # which of the two sees the face, and its side

    def save(self, path: Path) -> None:
        graph = Graph()
        parts = {"loc": [], "conf": [], "landms": []}
        for stride, bgr in BGR.items():
            cells = graph.cells("input0", stride)
            anchor, side = self.anchor_and_side[stride]
            seen, bias = np.zeros((4, 3)), np.array([0.0, -20, 0, -20])
            seen[2 * anchor + 1, self.spec.channel(bgr)] = self.gain
            bias[2 * anchor + 1] = 0
            parts["conf"].append(graph.rows(cells, seen, bias, [1, -1, 2]))
            encoded = {"loc": self.encoded_box(stride, side), "landms": POINTS.ravel() * stride / side / 0.1}
            for kind, face in encoded.items():
                twice = np.tile(face, 2)
                parts[kind].append(graph.rows(cells, np.zeros((twice.size, 3)), twice, [1, -1, face.size]))
        graph.add("Concat", *parts["loc"], output="loc", axis=1)
        graph.add("Softmax", graph.add("Concat", *parts["conf"], axis=1), output="conf", axis=2)
        graph.add("Concat", *parts["landms"], output="landms", axis=1)
        priors = 2 * sum((640 // stride) ** 2 for stride in BGR)
        outputs = {"loc": [1, priors, 4], "conf": [1, priors, 2], "landms": [1, priors, 10]}
        graph.save(path, ("input0", [1, 3, 640, 640]), outputs)

    @staticmethod
    def encoded_box(stride: int, side: int) -> np.ndarray:
        """Centre and size of the face against a prior, with the variances 0.1 and 0.2."""
        centre, size = (BOX[:2] + BOX[2:]) / 2 * stride, (BOX[2:] - BOX[:2]) * stride
        return np.concatenate([centre / side / 0.1, np.log(size / side) / 0.2])

    def anchor(self, stride: int, cell: tuple[int, int]) -> np.ndarray:
        return (np.array(cell) + 0.5) * stride

    def score(self, stride: int) -> float:
        return sigmoid(self.gain * (255 - self.spec.mean[self.spec.channel(BGR[stride])]))

    def check(self, picture: np.ndarray) -> np.ndarray:
        return np.tile(self.encoded_box(8, self.anchor_and_side[8][1]), 2 * (SIDE // 8) ** 2)


@dataclass(frozen=True)
class Recogniser:
    dimension: int
    spec: Input
    batch: int | str

    def save(self, path: Path) -> None:
        graph = Graph()
        source, shape = "data", [self.batch, 3, 112, 112]
        if self.spec.layout == "nhwc":
            source, shape = graph.add("Transpose", "data", perm=[0, 3, 1, 2]), [self.batch, 112, 112, 3]
        flat = graph.add("Flatten", graph.cells(source, 14))
        graph.add("MatMul", flat, graph.weight(self.projection()), output="fc1")
        graph.save(path, ("data", shape), {"fc1": [self.batch, self.dimension]})

    def projection(self) -> np.ndarray:
        return np.random.default_rng(self.dimension).normal(0, 0.1, (192, self.dimension)).astype(np.float32)

    def check(self, picture: np.ndarray) -> np.ndarray:
        return cell_means(self.spec.tensor(picture), 14).ravel() @ self.projection()


PACKS = {
    "scrfd-512": (Scrfd(), Recogniser(512, Input(112), "batch")),
    "retinaface-128": (RetinaFace(), Recogniser(128, Input(112, "nchw", "bgr", (0.0,) * 3, (1.0,) * 3), 1)),
    "scrfd-1024": (
        Scrfd(),
        Recogniser(1024, Input(112, "nhwc", "rgb", (123.675, 116.28, 103.53), (58.395, 57.12, 57.375)), "batch"),
    ),
}


def pattern(side: int) -> np.ndarray:
    """The picture of a manifest's network check."""
    k = np.arange(side * side * 3, dtype=np.uint64)
    return ((k * 2654435761 % 2**32) >> 24).astype(np.uint8).reshape(side, side, 3)


def scene(strides) -> np.ndarray:
    """A black picture (BGR) with the face of each of the strides."""
    picture = np.zeros((SIDE, SIDE, 3), np.uint8)
    for stride in strides:
        left, top = (place * stride for place in CELLS[stride])
        picture[top : top + stride, left : left + stride, BGR[stride]] = 255
    return picture


def write_png(path: Path, picture: np.ndarray) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width = picture.shape[:2]
    lines = np.concatenate([np.zeros((height, 1), np.uint8), picture[..., ::-1].reshape(height, -1)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines.tobytes())) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


def expected_faces(detector) -> list[dict]:
    """The faces of faces.png, largest first."""
    faces = []
    for stride in sorted(CELLS, reverse=True):
        anchor = detector.anchor(stride, CELLS[stride])
        box = np.tile(anchor, 2) + BOX * stride
        points = anchor + POINTS * stride
        faces.append({"box": box.tolist(), "score": detector.score(stride), "points": points.round(4).tolist()})
    return faces


def network_entry(network_id: str, role: str, network, output: str, folder: Path) -> str:
    spec, file = network.spec, folder / f"{network_id}.onnx"
    expected = [float(f"{value:.7g}") for value in network.check(pattern(spec.side))[:16]]
    return f"""
[[network]]
id = "{network_id}"
name = "generated {network_id}"
version = "1"
role = "{role}"
file = "{file.name}"
sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"
licence = "CC0-1.0"
origin = "generated for tests"
training_data = "none"
[network.input]
width = {spec.side}
height = {spec.side}
layout = "{spec.layout}"
colour = "{spec.colour}"
mean = {list(spec.mean)}
std = {list(spec.std)}
[network.output]
{output}
[network.check]
expected = {expected}
tolerance = 0.001
"""


def profile_entry(name: str) -> str:
    return f"""
[profile.{name}]
detector = "detector"
embedders = ["recogniser"]
detector_score = 0.6
detector_sizes = [{SIDE}]
[profile.{name}.calibration]
slope = 10.0
intercept = -3.0
fitted_on = "nothing: a generated network"
"""


def write_pack(folder: Path, detector, recogniser: Recogniser) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    detector.save(folder / "detector.onnx")
    recogniser.save(folder / "recogniser.onnx")
    write_png(folder / "selftest.png", scene([32]))
    write_png(folder / "faces.png", scene(CELLS))
    (folder / "expected.json").write_text(json.dumps({"faces": expected_faces(detector)}, indent=1) + "\n")
    selftest = hashlib.sha256((folder / "selftest.png").read_bytes()).hexdigest()
    manifest = f'format = 1\nname = "{folder.name}"\nversion = "1.0.0"\nsummary = "generated for tests"\n'
    manifest += network_entry("detector", "detector", detector, f'head = "{detector.head}"', folder)
    manifest += network_entry("recogniser", "embedder", recogniser, f"dimension = {recogniser.dimension}", folder)
    manifest += profile_entry("fast") + profile_entry("balanced")
    manifest += f'\n[selftest]\npicture = "selftest.png"\nsha256 = "{selftest}"\n'
    (folder / "manifest.toml").write_text(manifest)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for name, networks in PACKS.items():
        write_pack(Path(sys.argv[1]) / name, *networks)


if __name__ == "__main__":
    main()
