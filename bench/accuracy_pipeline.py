"""The same pictures judged by the program and by the independent pipeline."""

import json
import math
import tomllib
from dataclasses import dataclass

import numpy as np
from accuracy_lists import read
from accuracy_runs import Runs
from pipeline import seen_in
from trials_liveness import Evidence


@dataclass
class Errors:
    total: int
    program: int
    pipeline: int


@dataclass
class JudgedByBoth:
    """Attack probabilities of the pictures that both judge, and what they show: "bonafide" or the instrument."""

    kind: list[str]
    program: np.ndarray
    pipeline: np.ndarray

    def errors(self, kind: str) -> Errors:
        """At the working point 0.5."""
        here = np.array([other == kind for other in self.kind])
        wrong = lambda probability: int(np.sum((probability[here] > 0.5) == (kind == "bonafide")))
        return Errors(int(here.sum()), wrong(self.program), wrong(self.pipeline))


def judged_by_both(runs: Runs, name: str) -> JudgedByBoth:
    """A set of pictures, default pack, `standard`."""
    judged = runs.probabilities("default", "standard", name)
    evidence = Evidence(runs.packs / "default")
    fusion = tomllib.loads((runs.packs / "default/manifest.toml").read_text())["liveness"]

    def look(picture: np.ndarray) -> dict | None:
        seen = evidence.standard(picture)
        return None if seen is None else {"logit": float(seen @ fusion["weights"] + fusion["intercept"])}

    file = runs.lists.presentations(name)
    seen = seen_in(runs.lists.media, judged, look, runs.work / f"pipeline-{file.stem}.npz")
    rows = [row for row in read(file) if row["path"] in judged and seen[row["path"]]]
    return JudgedByBoth(
        ["bonafide" if row["label"] == "bonafide" else row["pai"] for row in rows],
        np.array([judged[row["path"]] for row in rows]),
        np.array([1 / (1 + math.exp(-seen[row["path"]]["logit"])) for row in rows]),
    )
