#!/usr/bin/env python3
"""Whether quality predicts recognition errors: error against discard, as Markdown tables.

usage: quality.py --models PACK --eval DIR [--profile NAME]

DIR holds verification/cfp and verification/selfies with their pairs files. Mated pairs are discarded from the worst
quality up, a pair being as good as its worse picture, at thresholds that stay: those of the given false match rates
over all non-mated pairs before any is discarded (Grother and Tabassi, "Performance of biometric quality measures",
2007). Of CFP all pairs of pictures within a half of the identities count, not only those of its protocol. "degraded":
one frontal picture of a pair is blurred, shrunk, darkened, over-exposed or compressed, how and how far by its name.
"""

import argparse
import csv
import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "program"))
from faceward_client import Server  # noqa: E402
from templates import features  # noqa: E402

DISCARDED = [0, 0.02, 0.05, 0.1, 0.2, 0.3]
RATES = [1e-2, 1e-3]
PREDICTORS = ["unified score", "face size", "inter-eye distance", "head pose", "sharpness"]
DEGRADATIONS = ["defocus", "motion", "small", "dark", "bright", "jpeg"]


@dataclass
class Seen:
    """What the server says of a picture: its features and, in the order of PREDICTORS, how good it is."""

    features: np.ndarray
    quality: list[float]
    eyes: float  # pixels between them


@dataclass
class Pairs:
    """Mated pairs by the places of their pictures, their similarities, and those of non-mated pairs."""

    first: np.ndarray
    second: np.ndarray
    mated: np.ndarray
    nonmated: np.ndarray


def look(server: Server, picture: bytes) -> Seen | None:
    headers = {"Content-Type": "image/jpeg"}
    answers = {name: server.request("POST", f"/v1/face/{name}", picture, headers) for name in ("quality", "detect")}
    template = server.extract(picture)
    if template.status != 200 or answers["quality"].status != 200:
        return None
    found, face = answers["quality"].json(), answers["detect"].json()["faces"][0]
    raw = {name: measure and measure["raw"] for name, measure in found["measures"].items()}
    pose = np.prod([np.cos(np.radians(raw[f"head_pose_{axis}"] or 0)) for axis in ("yaw", "pitch", "roll")])
    eyes = np.subtract(face["landmarks"]["left_eye"], face["landmarks"]["right_eye"])
    size = np.sqrt(face["box"]["width"] * face["box"]["height"])
    values = [found["unified_score"], size, raw["inter_eye_distance"], pose, raw["sharpness"]]
    return Seen(features(template.body), values, float(np.hypot(*eyes)))


def degraded(picture: np.ndarray, name: str, eyes: float) -> np.ndarray:
    """A copy made worse in a way and to an extent that follow from the name; blurs grow with the distance of the eyes."""
    random = np.random.default_rng(int(hashlib.sha256(name.encode()).hexdigest()[:8], 16))
    kind, level = random.choice(DEGRADATIONS), random.random()
    result = picture.astype(np.float32)
    if kind == "defocus":
        result = cv2.GaussianBlur(result, (0, 0), eyes * (0.02 + 0.13 * level))
    elif kind == "motion":
        length = max(3, int(eyes * (0.1 + 0.6 * level)) | 1)
        angle, centre = random.random() * np.pi, length // 2
        path = np.zeros((length, length), np.float32)
        step = np.rint([centre * np.cos(angle), centre * np.sin(angle)]).astype(int)
        cv2.line(path, tuple(map(int, centre - step)), tuple(map(int, centre + step)), 1)
        result = cv2.filter2D(result, -1, path / path.sum(), borderType=cv2.BORDER_REPLICATE)
    elif kind == "small":
        factor = min(1.0, (30 - 22 * level) / eyes)
        result = cv2.resize(result, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    elif kind == "dark":
        result = result * (0.3 * (1 - level) + 0.015 * level) + random.normal(0, 3, result.shape)
    elif kind == "bright":
        result = result * (1.5 + 4 * level) + 40 * level
    result = np.clip(np.rint(result), 0, 255).astype(np.uint8)
    if kind == "jpeg":
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(round(25 - 22 * level))]
        result = cv2.imdecode(cv2.imencode(".jpg", result, quality)[1], cv2.IMREAD_COLOR)
    return result


def crossed(first: list, second: list) -> Pairs:
    """All pairs of a picture of `first` with one of `second`, but not of the same file. Each is (place, file, identity, Seen)."""
    places = [np.array([picture[0] for picture in side]) for side in (first, second)]
    files, people = ([np.array([picture[k] for picture in side]) for side in (first, second)] for k in (1, 2))
    similarity = np.stack([p[3].features for p in first]) @ np.stack([p[3].features for p in second]).T
    same = people[0][:, None] == people[1][None]
    mated = same & (files[0][:, None] < files[1][None] if first is second else files[0][:, None] != files[1][None])
    rows, columns = np.nonzero(mated)
    return Pairs(places[0][rows], places[1][columns], similarity[mated], similarity[~same])


def listed(file: Path, seen: dict, without: str) -> Pairs:
    """The pairs of a file whose kinds do not name a word."""
    with file.open() as opened:
        rows = [row for row in csv.DictReader(opened) if not without or without not in row["kinds"]]
    rows = [row for row in rows if row["path_a"] in seen and row["path_b"] in seen]
    first, second = (np.array([seen[row[key]][0] for row in rows]) for key in ("path_a", "path_b"))
    similarity = np.array([seen[row["path_a"]][1].features @ seen[row["path_b"]][1].features for row in rows])
    same = np.array([row["same"] == "1" for row in rows])
    return Pairs(first[same], second[same], similarity[same], similarity[~same])


def rates(pairs: Pairs, quality: np.ndarray, false_match_rate: float) -> list[float]:
    """The false non-match rate of what is left after each share of DISCARDED; ties go in the order of the pairs."""
    threshold = np.quantile(pairs.nonmated, 1 - false_match_rate)
    order = np.argsort(np.minimum(quality[pairs.first], quality[pairs.second]), kind="stable")
    missed = (pairs.mated < threshold)[order]
    return [float(missed[round(share * len(missed)) :].mean()) for share in DISCARDED]


def print_tables(name: str, pairs: Pairs, quality: np.ndarray) -> None:
    print(f"\n### {name}\n\n{len(pairs.mated)} mated and {len(pairs.nonmated)} non-mated pairs.\n")
    print("| FMR | discarded by | " + " | ".join(f"{share:.0%}" for share in DISCARDED) + " |")
    print("|---|---|" + "---|" * len(DISCARDED))
    for rate in RATES:
        if rate * len(pairs.nonmated) < 3:
            continue
        for index, predictor in enumerate(PREDICTORS):
            values = rates(pairs, quality[:, index], rate)
            print(f"| {rate:g} | {predictor} | " + " | ".join(f"{100 * value:.2f}" for value in values) + " |", flush=True)


class Sets:
    """The pictures of DIR as the server sees them."""

    def __init__(self, server: Server, folder: Path):
        self._server, self._folder = server, folder
        self._quality: list[list[float]] = []

    def quality(self) -> np.ndarray:
        return np.array(self._quality)

    def see(self, pictures: dict[str, bytes]) -> dict[str, tuple[int, Seen]]:
        """Each that gives a template: its place and what was seen."""
        with ThreadPoolExecutor(4) as pool:
            found = dict(zip(pictures, pool.map(lambda picture: look(self._server, picture), pictures.values())))
        result = {}
        for name, seen in found.items():
            if seen is not None:
                result[name] = (len(self._quality), seen)
                self._quality.append(seen.quality)
        return result

    def cfp(self, half: range) -> dict[str, Pairs]:
        kinds = {}
        for kind in ("frontal", "profile"):
            files = [path for person in half for path in sorted((self._folder / f"cfp/images/{person:03}/{kind}").glob("*.jpg"))]
            seen = self.see({str(path): path.read_bytes() for path in files})
            kinds[kind] = [(place, name, Path(name).parts[-3], what) for name, (place, what) in seen.items()]
        worse = {}
        for _, name, _, what in kinds["frontal"]:
            key = str(Path(*Path(name).parts[-3:]))
            worse[name] = cv2.imencode(".png", degraded(cv2.imread(name), key, what.eyes))[1].tobytes()
        seen = self.see(worse)
        kinds["degraded"] = [(place, name, Path(name).parts[-3], what) for name, (place, what) in seen.items()]
        return {kind: crossed(kinds["frontal"], other) for kind, other in kinds.items()}

    def selfies(self) -> dict[str, Pairs]:
        folder = self._folder / "selfies"
        files = sorted((folder / "images").glob("*.jpg"))
        seen = self.see({f"images/{path.name}": path.read_bytes() for path in files})
        return {name: listed(folder / "pairs.csv", seen, without) for name, without in (("all", ""), ("without full masks", "mask"))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--eval", type=Path, required=True)
    parser.add_argument("--profile", default="balanced")
    options = parser.parse_args()
    server = Server(options.models, "--profile", options.profile, "--tolerate_bystanders")
    sets = Sets(server, options.eval / "verification")
    for half in (range(1, 126), range(126, 251)):
        for kind, pairs in sets.cfp(half).items():
            print_tables(f"CFP {half.start}-{half.stop - 1}, frontal-{kind}", pairs, sets.quality())
    for kind, pairs in sets.selfies().items():
        print_tables(f"selfies, {kind}", pairs, sets.quality())
    server.stop()


if __name__ == "__main__":
    main()
