#!/usr/bin/env python3
"""What was tried to make verification more accurate with the given networks, as a Markdown table.

usage: trials_verification.py --models PACK --eval DIR --work DIR

PACK is the default pack, DIR holds verification/cfp; --work keeps the features. The pipeline is the tests' independent
one, so that a trial costs nobody a line of C++. EER in per cent over the frontal-profile pairs of CFP's protocol:
identities 1-125 are there to choose by, 126-250 to check.
"""

import csv
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import openvino as ov

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "program"))
from pipeline import arguments, equal_error_rate, seen_in  # noqa: E402
from reference import SETTINGS, Reference, align, unit  # noqa: E402

HALF = 125
SMALL = 192  # values of the small recogniser, which come before those of the large one


class Trial(Reference):
    """The reference with a second refiner and crops of many kinds."""

    def __init__(self, pack: Path):
        super().__init__(pack)
        model = ov.Core().read_model(pack / "centerface.xml")
        model.reshape([1, 3, 160, 160])
        self._second = ov.Core().compile_model(model, "CPU", SETTINGS)
        self._outputs = [output.get_any_name() for output in model.outputs]

    def look(self, picture: np.ndarray) -> dict[str, np.ndarray] | None:
        """Features of one face under each variant of its crop."""
        faces = next((found for found in (self._detect(picture, side) for side in (320, 640)) if len(found)), None)
        if faces is None:
            return None
        box = max(faces, key=lambda f: (f[2] - f[0]) * (f[3] - f[1]))
        detector = box[5:].reshape(5, 2)
        first = self._refine(picture, box)
        first = detector if first is None else first
        second = self._refine_again(picture, box)
        second = first if second is None else second
        crops = {name: align(picture, points)[0] for name, points in
                 {"detector": detector, "first": first, "second": second, "mean": (first + second) / 2}.items()}  # fmt: skip
        crops["mirrored"] = crops["mean"][:, ::-1]
        crops["first mirrored"] = crops["first"][:, ::-1]
        crops["smaller"] = resized(crops["mean"], 0.93)
        crops["larger"] = resized(crops["mean"], 1.07)
        crops["evened"] = evened(crops["mean"])
        crops["brightened"] = brightened(crops["mean"])
        return {name: self._embed(np.ascontiguousarray(crop)) for name, crop in crops.items()}

    def _refine_again(self, picture: np.ndarray, face: np.ndarray) -> np.ndarray | None:
        """CenterFace's landmarks: heat, scale, offset and landmarks at a quarter of the crop's size."""
        side = 1.6 * max(face[2] - face[0], face[3] - face[1])
        corner = np.array([face[0] + face[2] - side, face[1] + face[3] - side]) / 2
        scale = 160 / side
        move = np.array([[scale, 0, -corner[0] * scale], [0, scale, -corner[1] * scale]])
        crop = cv2.warpAffine(picture, move, (160, 160))
        found = self._second(crop[None, :, :, ::-1].transpose(0, 3, 1, 2).astype(np.float32))
        heat, size, offset, marks = (found[name][0] for name in self._outputs)
        y, x = np.unravel_index(np.argmax(heat[0]), heat[0].shape)
        if heat[0, y, x] < 0.2:
            return None
        height, width = 4 * np.exp(size[:, y, x])
        centre = 4 * (np.array([x, y]) + offset[::-1, y, x] + 0.5)
        corners = marks[:, y, x].reshape(5, 2)[:, ::-1] * [width, height] + centre - np.array([width, height]) / 2
        return corners / scale + corner


def resized(crop: np.ndarray, scale: float) -> np.ndarray:
    return cv2.warpAffine(crop, np.array([[scale, 0, 56 * (1 - scale)], [0, scale, 56 * (1 - scale)]]), (112, 112), borderMode=cv2.BORDER_REPLICATE)


def evened(crop: np.ndarray) -> np.ndarray:
    """Contrast-limited adaptive histogram equalisation of the lightness."""
    lab = cv2.cvtColor(crop, cv2.COLOR_BGR2LAB)
    lab[:, :, 0] = cv2.createCLAHE(2.0, (4, 4)).apply(lab[:, :, 0])
    return cv2.cvtColor(lab, cv2.COLOR_LAB2BGR)


def brightened(crop: np.ndarray) -> np.ndarray:
    """The gamma that takes the median of a too dark or too bright crop to the middle of the range."""
    middle = float(np.median(crop)) / 255
    if 0.3 <= middle <= 0.7:
        return crop
    gamma = np.clip(np.log(0.5) / np.log(np.clip(middle, 0.02, 0.98)), 0.4, 2.5)
    return (255 * (crop / 255.0) ** gamma).astype(np.uint8)


def joined(*names: str) -> Callable[[dict], np.ndarray]:
    """The mean of each recogniser's features over some variants."""

    def features(looked: dict) -> np.ndarray:
        total = sum(looked[name] for name in names)
        return np.concatenate([unit(total[:SMALL]), unit(total[SMALL:])]) / np.sqrt(2)

    return features


def weighted(share: float, *names: str) -> Callable[[dict], np.ndarray]:
    """The same with another share of the small recogniser in the similarity."""
    roots = np.sqrt(2 * np.array([share, 1 - share]))

    def features(looked: dict) -> np.ndarray:
        made = joined(*names)(looked)
        return np.concatenate([roots[0] * made[:SMALL], roots[1] * made[SMALL:]])

    return features


TRIALS = {
    "landmarks of the detector": joined("detector"),
    "landmarks of RetinaFace (`balanced`)": joined("first"),
    "landmarks of CenterFace": joined("second"),
    "mean of the two landmarks": joined("mean"),
    "RetinaFace, and mirrored": joined("first", "first mirrored"),
    "mean of the two, and mirrored (`accurate`)": joined("mean", "mirrored"),
    "… and crops of both landmarks instead of their mean": joined("first", "second", "mirrored"),
    "… and crops 7 % smaller and larger": joined("mean", "mirrored", "smaller", "larger"),
    "… with evened light (CLAHE) instead": joined("evened"),
    "… with evened light besides": joined("mean", "mirrored", "evened"),
    "… with dark and bright crops brought to the middle (gamma)": joined("brightened"),
    "`accurate`, small recogniser 0.4 of the similarity": weighted(0.4, "mean", "mirrored"),
    "`accurate`, small recogniser 0.6 of the similarity": weighted(0.6, "mean", "mirrored"),
    "`accurate`, small recogniser alone": weighted(1, "mean", "mirrored"),
    "`accurate`, large recogniser alone": weighted(0, "mean", "mirrored"),
}


class Pairs:
    """The frontal-profile pairs whose pictures both have a face."""

    def __init__(self, file: Path, seen: dict):
        with file.open() as opened:
            rows = list(csv.DictReader(opened))
        rows = [row for row in rows if seen.get(row["path_a"]) and seen.get(row["path_b"])]
        self._seen = seen
        self._paths = [(row["path_a"], row["path_b"]) for row in rows]
        self._same = np.array([row["same"] == "1" for row in rows])
        self.fit = np.array([int(Path(row["path_a"]).parts[1]) <= HALF for row in rows])

    def similarities(self, features: Callable[[dict], np.ndarray]) -> np.ndarray:
        made = {path: features(self._seen[path]) for pair in self._paths for path in pair}
        return np.array([made[a] @ made[b] for a, b in self._paths])

    def error(self, similarity: np.ndarray, part: np.ndarray) -> float:
        return equal_error_rate(similarity[part & self._same], similarity[part & ~self._same])

    def calibrated_apart(self) -> np.ndarray:
        """The sum of both recognisers' log-odds, weights by logistic regression on the half that is there to choose by."""
        both = joined("mean", "mirrored")
        values = np.stack([self.similarities(lambda looked: both(looked)[part] * np.sqrt(2))
                           for part in (slice(0, SMALL), slice(SMALL, None))] + [np.ones(len(self._same))], 1)  # fmt: skip
        weights, wanted = np.zeros(3), self._same[self.fit].astype(float)
        inputs = values[self.fit]
        for _ in range(50):  # Newton's method
            expected = 1 / (1 + np.exp(-inputs @ weights))
            slope = inputs.T @ (inputs * (expected * (1 - expected))[:, None]) + 1e-6 * np.eye(3)
            weights += np.linalg.solve(slope, inputs.T @ (wanted - expected))
        return values @ weights


def main() -> None:
    given = arguments(__doc__)
    folder = given.eval / "verification/cfp"
    names = [str(path.relative_to(folder)) for path in sorted(folder.glob("images/*/*/*.jpg"))]
    seen = seen_in(folder, names, Trial(given.models).look, given.work / "verification.npz")
    pairs = Pairs(folder / "pairs_frontal_profile.csv", seen)
    print("| trial | 1-125, EER % | 126-250, EER % |\n|---|---|---|")
    similarities = {name: pairs.similarities(features) for name, features in TRIALS.items()}
    similarities["`accurate`, the recognisers calibrated apart and their log-odds added"] = pairs.calibrated_apart()
    for name, similarity in similarities.items():
        print(f"| {name} | {100 * pairs.error(similarity, pairs.fit):.2f} | {100 * pairs.error(similarity, ~pairs.fit):.2f} |")


if __name__ == "__main__":
    main()
