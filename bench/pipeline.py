"""What the trials in Python and the comparisons with the program share."""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

import cv2
import numpy as np


def arguments(description: str) -> argparse.Namespace:
    """--models PACK, --eval DIR, --work DIR; the last one is made."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    for name in ("models", "eval", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    return given


def seen_in(folder: Path, names: Iterable[str], look: Callable[[np.ndarray], dict | None], kept: Path) -> dict[str, dict | None]:
    """What `look` sees in each picture of a folder, made once and kept in a file."""
    if not kept.exists():
        np.savez(kept, seen={name: look(cv2.imread(str(folder / name))) for name in names})
    return np.load(kept, allow_pickle=True)["seen"].item()


def equal_error_rate(mated: np.ndarray, nonmated: np.ndarray) -> float:
    thresholds = np.unique(np.concatenate([mated, nonmated]))
    fnmr = np.searchsorted(np.sort(mated), thresholds) / len(mated)
    fmr = 1 - np.searchsorted(np.sort(nonmated), thresholds) / len(nonmated)
    at = np.argmin(np.abs(fnmr - fmr))
    return float(fnmr[at] + fmr[at]) / 2
