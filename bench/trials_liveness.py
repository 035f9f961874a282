#!/usr/bin/env python3
"""What was tried to tell attacks better in single pictures with the given networks, as a Markdown table.

usage: trials_liveness.py --models PACK --eval DIR --work DIR

PACK is the default pack, DIR holds pad/replay_attack; --work keeps the evidence. The pipeline is an independent one in
Python. Replay-Attack train is there to choose by, devel to check. Of each trial: the area under the curve of bona fide
against attacks, and the APCER of the worst instrument at the threshold that refuses 5 % of the set's bona fide frames.
"""

import csv
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import openvino as ov

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "program"))
from pipeline import arguments, seen_in  # noqa: E402
from reference import SETTINGS, Reference  # noqa: E402

NETWORKS = {"minifasnet_v2": (80, 2.7, 1), "minifasnet_v1se": (80, 4.0, 1), "fr_liveness": (128, 2.7, 0)}  # side, scale, class
FIXED_BPCER = 0.05


class Evidence(Reference):
    def __init__(self, pack: Path):
        super().__init__(pack)
        core = ov.Core()
        self._networks = {name: core.compile_model(core.read_model(pack / f"{name}.xml"), "CPU", SETTINGS) for name in NETWORKS}

    def look(self, picture: np.ndarray) -> dict[str, np.ndarray] | None:
        """Log-odds of an attack by each network, for each variant of the crop; and how much the face's spectrum has peaks."""
        own = self._largest(picture)
        if own is None:
            return None
        makers = makers_box(own)
        boxes = {"makers'": makers, "detector's": own}
        for name, factor in (("0.8", 0.8), ("0.9", 0.9), ("1.1", 1.1)):
            boxes[name] = makers * [1, 1, factor, factor]
        for name, shift in (("left", [-0.06, 0]), ("right", [0.06, 0]), ("up", [0, -0.06]), ("down", [0, 0.06])):
            boxes[name] = makers + [shift[0] * makers[2], shift[1] * makers[3], 0, 0]
        found = {name: self._judge(picture, box) for name, box in boxes.items()}
        mirrored = picture[:, ::-1].copy()
        found["mirrored"] = self._judge(mirrored, own * [-1, 1, 1, 1] + [picture.shape[1] - 1, 0, 0, 0])
        found["peaks"] = np.array([spectral_peaks(picture, own)])
        return found

    def standard(self, picture: np.ndarray) -> np.ndarray | None:
        """The same for the crop of `standard` alone."""
        own = self._largest(picture)
        return None if own is None else self._judge(picture, makers_box(own))

    def _largest(self, picture: np.ndarray) -> np.ndarray | None:
        """The detector's box of the largest face: its middle, width and height."""
        faces = next((found for found in (self._detect(picture, side) for side in (320, 640)) if len(found)), None)
        if faces is None:
            return None
        x1, y1, x2, y2 = max(faces, key=lambda f: (f[2] - f[0]) * (f[3] - f[1]))[:4]
        return np.array([(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1])

    def _judge(self, picture: np.ndarray, box: np.ndarray) -> np.ndarray:
        return np.array([self._log_odds(name, picture, box) for name in NETWORKS])

    def _log_odds(self, name: str, picture: np.ndarray, box: np.ndarray) -> float:
        side, scale, bona_fide = NETWORKS[name]
        rows, columns = picture.shape[:2]
        scale = min(scale, (columns - 1) / box[2], (rows - 1) / box[3])
        size = scale * box[2:]
        corner = np.clip(box[:2] - size / 2, 0, np.array([columns - 1, rows - 1]) - size)
        left, top = corner.astype(int)
        right, bottom = (corner + size).astype(int) + 1
        crop = cv2.resize(picture[top:bottom, left:right], (side, side)).transpose(2, 0, 1)[None].astype(np.float32)
        logits = self._networks[name](crop)[0][0].astype(float)
        others = np.delete(logits, bona_fide)
        return float(np.clip(np.logaddexp.reduce(others) - logits[bona_fide], -10, 10))


def makers_box(own: np.ndarray) -> np.ndarray:
    """The box that the networks' makers draw, from the detector's."""
    return np.array([own[0], own[1] + 0.064 * own[3], 1.147 * own[2], 0.854 * own[3]])


def spectral_peaks(picture: np.ndarray, box: np.ndarray) -> float:
    """How far the strongest wave of a face's middle stands above its neighbours in frequency: screens and prints add moiré."""
    side = 64
    patch = cv2.getRectSubPix(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32), (side, side), (float(box[0]), float(box[1])))
    window = np.hanning(side)[:, None] * np.hanning(side)
    power = np.log(np.abs(np.fft.fftshift(np.fft.fft2((patch - patch.mean()) * window))) + 1e-3)
    y, x = np.indices(power.shape) - side // 2
    radius = np.hypot(x, y).astype(int)
    ring = [power[radius == r] for r in range(side // 2)]
    return float(max(values.max() - np.median(values) for values in ring[side // 8 :]))


def mean(*names: str) -> Callable[[dict], np.ndarray]:
    return lambda seen: sum(seen[name] for name in names) / len(names)


def each(*crops: tuple[str, ...]) -> Callable[[dict], np.ndarray]:
    """Other crops for each network."""
    return lambda seen: np.array([mean(*names)(seen)[place] for place, names in enumerate(crops)])


CROPS = {
    "makers' box (`standard`)": mean("makers'"),
    "detector's box": mean("detector's"),
    "both boxes": mean("makers'", "detector's"),
    "makers' box, 10 % smaller and larger": mean("makers'", "0.9", "1.1"),
    "makers' box, moved by 6 % in four directions": mean("makers'", "left", "right", "up", "down"),
    "both boxes, and mirrored": mean("makers'", "detector's", "mirrored"),
    "crops of each network's own (`thorough`)": each(("detector's", "0.8"), ("makers'", "left", "right"), ("detector's", "mirrored")),
}


class Frames:
    """Frames of a part of the set that have a face."""

    def __init__(self, rows: list[dict], seen: dict):
        rows = [row for row in rows if seen[row["path"]]]
        self.seen = [seen[row["path"]] for row in rows]
        self.kind = np.array(["bonafide" if row["label"] == "bonafide" else row["pai"] for row in rows])

    def evidence(self, crops: Callable[[dict], np.ndarray]) -> np.ndarray:
        return np.array([crops(seen) for seen in self.seen])

    def worst(self, logit: np.ndarray, kept: np.ndarray) -> float:
        """APCER of the worst instrument over all its frames; what is refused does not pass."""
        threshold = np.quantile(logit[kept & (self.kind == "bonafide")], 1 - FIXED_BPCER, method="higher")
        attacks = [kind for kind in np.unique(self.kind) if kind != "bonafide"]
        return max(float(np.mean((logit[self.kind == kind] <= threshold) & kept[self.kind == kind])) for kind in attacks)

    def area(self, logit: np.ndarray, kept: np.ndarray) -> float:
        bona_fide, attacks = logit[kept & (self.kind == "bonafide")], logit[kept & (self.kind != "bonafide")]
        return float(np.mean((attacks[:, None] > bona_fide) + 0.5 * (attacks[:, None] == bona_fide)))


def logistic(inputs: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Weights and intercept, classes weighing the same, by Newton's method."""
    inputs = np.column_stack([inputs, np.ones(len(inputs))])
    share = np.where(wanted, 0.5 / wanted.sum(), 0.5 / (~wanted).sum()) * len(wanted)
    weights = np.zeros(inputs.shape[1])
    for _ in range(50):
        expected = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (inputs * (share * expected * (1 - expected))[:, None]) + 1e-3 * np.eye(len(weights))
        weights += np.linalg.solve(slope, inputs.T @ (share * (wanted - expected)))
    return weights


def fitted(train: Frames, values: Callable[[Frames], np.ndarray]) -> Callable[[Frames], np.ndarray]:
    """The logit that is fitted on train."""
    weights = logistic(values(train), train.kind != "bonafide")
    return lambda frames: np.column_stack([values(frames), np.ones(len(frames.kind))]) @ weights


def trials(train: Frames) -> dict[str, tuple[Callable[[Frames], np.ndarray], Callable[[Frames], np.ndarray]]]:
    """The logit of each trial and which frames it judges."""
    everything = lambda frames: np.ones(len(frames.kind), bool)
    found = {name: ((lambda frames, crops=crops: frames.evidence(crops).mean(1)), everything) for name, crops in CROPS.items()}
    standard, thorough = list(CROPS.values())[0], list(CROPS.values())[-1]
    evidence = lambda frames: frames.evidence(standard)
    peaks = lambda frames: np.array([seen["peaks"] for seen in frames.seen])
    found["`standard`, networks weighed by logistic regression"] = (fitted(train, evidence), everything)
    with_peaks = lambda frames: np.column_stack([frames.evidence(thorough).mean(1), peaks(frames)])
    found["`thorough`, and peaks of the spectrum (moiré)"] = (fitted(train, with_peaks), everything)
    found["peaks of the spectrum alone"] = (fitted(train, peaks), everything)
    disagreement = lambda frames: frames.evidence(thorough).std(1)
    most = np.quantile(disagreement(train)[train.kind == "bonafide"], 0.9)
    found["`thorough`, refused where the networks disagree most (10 % of train's bona fide)"] = (
        lambda frames: frames.evidence(thorough).mean(1), lambda frames: disagreement(frames) <= most)  # fmt: skip
    return found


def main() -> None:
    given = arguments(__doc__)
    folder = given.eval / "pad/replay_attack"
    with (folder / "manifest.csv").open() as opened:
        rows = list(csv.DictReader(opened))
    seen = seen_in(folder, [row["path"] for row in rows], Evidence(given.models).look, given.work / "liveness.npz")
    train, devel = (Frames([row for row in rows if row["split"] == split], seen) for split in ("train", "devel"))
    print("| trial | train: AUC | worst APCER, % | devel: AUC | worst APCER, % | bona fide of devel not judged |\n|---|---|---|---|---|---|")
    for name, (logit, judged) in trials(train).items():
        cells = []
        for frames in (train, devel):
            kept = judged(frames)
            cells += [f"{frames.area(logit(frames), kept):.3f}", f"{100 * frames.worst(logit(frames), kept):.0f}"]
        refused = int(np.sum(~judged(devel) & (devel.kind == "bonafide")))
        print(f"| {name} | {' | '.join(cells)} | {refused} of {int(np.sum(devel.kind == 'bonafide'))} |")


if __name__ == "__main__":
    main()
