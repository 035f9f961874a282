#!/usr/bin/env python3
"""Verification accuracy of a running pack on labelled pairs, as a Markdown table.

usage: accuracy.py --models PACK --eval DIR [--profile NAME] [--reference]

DIR holds verification/cfp and verification/selfies with their pairs files. With --reference the independent Python
pipeline of the tests (profile balanced of the default pack) goes over the same pairs. Reports by ISO/IEC 19795-1.
"""

import argparse
import csv
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "program"))
from faceward_client import Server  # noqa: E402
from templates import features  # noqa: E402

SETS = {
    "CFP frontal-profile": "verification/cfp/pairs_frontal_profile.csv",
    "CFP frontal-frontal": "verification/cfp/pairs_frontal_frontal.csv",
    "selfies": "verification/selfies/pairs.csv",
    "selfies without full masks": "verification/selfies/pairs.csv",
}


def read_pairs(file: Path, name: str) -> list[dict]:
    with file.open() as opened:
        pairs = list(csv.DictReader(opened))
    return [p for p in pairs if "mask" not in p.get("kinds", "")] if name.endswith("masks") else pairs


def equal_error_rate(mated: np.ndarray, nonmated: np.ndarray) -> float:
    thresholds = np.unique(np.concatenate([mated, nonmated]))
    fnmr = np.searchsorted(np.sort(mated), thresholds) / len(mated)
    fmr = 1 - np.searchsorted(np.sort(nonmated), thresholds) / len(nonmated)
    at = np.argmin(np.abs(fnmr - fmr))
    return float(fnmr[at] + fmr[at]) / 2


def best_threshold(similarity: np.ndarray, same: np.ndarray) -> float:
    candidates = np.unique(similarity)
    right = [np.mean((similarity >= t) == same) for t in candidates[:: max(1, len(candidates) // 2000)]]
    return float(candidates[:: max(1, len(candidates) // 2000)][int(np.argmax(right))])


def fold_accuracy(similarity: np.ndarray, same: np.ndarray, folds: np.ndarray) -> tuple[float, float]:
    """Mean and standard deviation over folds, each at the threshold that is best on the others."""
    rates = []
    for fold in np.unique(folds):
        inside = folds == fold
        threshold = best_threshold(similarity[~inside], same[~inside])
        rates.append(np.mean((similarity[inside] >= threshold) == same[inside]))
    return float(np.mean(rates)), float(np.std(rates))


def interval(rate: float, count: int) -> float:
    """Half the width of a 95 % interval (normal approximation)."""
    return 1.96 * float(np.sqrt(max(rate * (1 - rate), 1e-12) / count))


def row(name: str, who: str, pairs: list[dict], vectors: dict[str, np.ndarray | None]) -> str:
    used = [p for p in pairs if vectors[p["path_a"]] is not None and vectors[p["path_b"]] is not None]
    pictures = {p[key] for p in pairs for key in ("path_a", "path_b")}
    failed = sum(vectors[path] is None for path in pictures)
    similarity = np.array([vectors[p["path_a"]] @ vectors[p["path_b"]] for p in used])
    same = np.array([p["same"] == "1" for p in used])
    folds = np.array([int(p.get("fold") or i % 10) for i, p in enumerate(used)])
    accuracy, spread = fold_accuracy(similarity, same, folds)
    eer = equal_error_rate(similarity[same], similarity[~same])
    return (
        f"| {name} | {who} | {same.sum()} / {(~same).sum()} | {failed} of {len(pictures)} | {100 * accuracy:.2f} ± {100 * spread:.2f} "
        f"| {100 * eer:.2f} ± {100 * interval(eer, int(min(same.sum(), (~same).sum()))):.2f} |"
    )


def product_vectors(server: Server, base: Path, paths: list[str]) -> dict[str, np.ndarray | None]:
    def one(path: str):
        answer = server.extract((base / path).read_bytes())
        return features(answer.body) if answer.status == 200 else None

    with ThreadPoolExecutor(4) as pool:
        return dict(zip(paths, pool.map(one, paths)))


def reference_vectors(reference, base: Path, paths: list[str]) -> dict[str, np.ndarray | None]:
    found = {path: reference.find(cv2.imread(str(base / path))) for path in paths}
    return {path: face and face.features for path, face in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--eval", type=Path, required=True)
    parser.add_argument("--profile", default="balanced")
    parser.add_argument("--reference", action="store_true")
    options = parser.parse_args()

    print("| set | pipeline | mated / non-mated | pictures without a template | accuracy, % | EER, % |\n|---|---|---|---|---|---|")
    server = Server(options.models, "--profile", options.profile)
    if options.reference:
        from reference import Reference

        reference = Reference(options.models)
    for name, file in SETS.items():
        base = (options.eval / file).parent
        pairs = read_pairs(options.eval / file, name)
        paths = sorted({p[key] for p in pairs for key in ("path_a", "path_b")})
        print(row(name, options.profile, pairs, product_vectors(server, base, paths)), flush=True)
        if options.reference:
            print(row(name, "reference", pairs, reference_vectors(reference, base, paths)), flush=True)
    server.stop()


if __name__ == "__main__":
    main()
