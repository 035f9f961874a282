"""Golden values: what a network's original runtime answered to known pictures (`make_golden.py` wrote them)."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openvino as ov

from .errors import BuildError
from .png import read_png

TOLERANCE = 1e-4
CHECK_VALUES = 16
CONFIG = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1, "EXECUTION_MODE_HINT": "ACCURACY"}


@dataclass(frozen=True)
class Golden:
    """Cases: an input's recipe, and for each output its shape and the values at some flat indices."""

    cases: list[dict]

    @staticmethod
    def read(path: Path) -> "Golden":
        return Golden(json.loads(path.read_text())["cases"])

    def check_values(self) -> list[float]:
        """The first values of the first output for the pattern; empty when it has none."""
        output = next(case for case in self.cases if case["picture"] == "pattern")["outputs"][0]
        return output["values"][: min(CHECK_VALUES, int(np.prod(output["shape"])))]


def worst_difference(network: Path, spec: dict, golden: Golden, portrait: Path) -> float:
    """The largest difference between a converted network and its golden values, relative to max(1, |value|).

    spec: the network's [input] table; portrait: the self-test picture. Raises BuildError beyond TOLERANCE.
    """
    core, differences = ov.Core(), []
    for case in golden.cases:
        tensor = tensor_of(case, spec, portrait)
        model = core.read_model(network)
        model.reshape(tensor.shape)
        outputs = core.compile_model(model, "CPU", CONFIG)(tensor)
        for place, expected in enumerate(case["outputs"]):
            differences.append(_difference(outputs[place], expected, f"{network.stem}, output {place}"))
    worst = float(np.max(differences))  # NaN when there is one
    if not worst <= TOLERANCE:
        raise BuildError(f"{network.stem}: differs by {worst:.1e} from its original, {TOLERANCE:.0e} is allowed")
    return worst


def _difference(values: np.ndarray, expected: dict, what: str) -> float:
    if list(values.shape) != expected["shape"]:
        raise BuildError(f"{what}: shape {list(values.shape)} instead of {expected['shape']}")
    wanted = np.array(expected["values"], np.float64)
    found = values.ravel()[expected["indices"]]
    return float(np.max(np.abs(found - wanted) / np.maximum(1, np.abs(wanted)), initial=0))


def tensor_of(case: dict, spec: dict, portrait: Path) -> np.ndarray:
    """A case's input, batch 1: a picture prepared as the [input] table says, or points as they are."""
    if "points" in case:
        return points_of(case["points"])
    return input_tensor(picture_of(case, portrait), spec)


def points_of(points: int | list) -> np.ndarray:
    """Points of x and y, 1 x count x 2: those of a list, or so many made of the bytes of the pattern."""
    if isinstance(points, int):
        return pattern_bytes(2 * points).astype(np.float32).reshape(1, points, 2)
    return np.array([points], np.float32)


def pattern_bytes(count: int) -> np.ndarray:
    """Byte k is ((k * 2654435761) mod 2^32) >> 24."""
    k = np.arange(count, dtype=np.uint64)
    return ((k * 2654435761 % 2**32) >> 24).astype(np.uint8)


def picture_of(case: dict, portrait: Path) -> np.ndarray:
    """The picture (height x width x BGR, uint8) of a recipe.

    "pattern": the rows are those bytes. "portrait": a crop of the self-test picture, its top left corner at
    (left, top), zeros beyond the picture's edges.
    """
    size = case["size"]
    if case["picture"] == "pattern":
        return pattern_bytes(size * size * 3).reshape(size, size, 3)
    crop = read_png(portrait)[case["top"] :, case["left"] :, ::-1][:size, :size]
    picture = np.zeros((size, size, 3), np.uint8)
    picture[: crop.shape[0], : crop.shape[1]] = crop
    return picture


def input_tensor(picture: np.ndarray, spec: dict) -> np.ndarray:
    """A picture as a network's input, batch 1, prepared as the [input] table says."""
    ordered = picture if spec["colour"] == "bgr" else picture[..., ::-1]
    tensor = (ordered.astype(np.float32) - np.float32(spec["mean"])) / np.float32(spec["std"])
    if spec["layout"] == "nchw":
        tensor = tensor.transpose(2, 0, 1)
    return np.ascontiguousarray(tensor[None])
