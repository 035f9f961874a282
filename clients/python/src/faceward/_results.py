"""What a call gives."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any, Literal

Decision = Literal["approved", "operator_required", "declined"]


@dataclass(frozen=True)
class Health:
    ready: bool
    message: str  #: why not; empty when ready


@dataclass(frozen=True)
class Model:
    name: str
    version: str


@dataclass(frozen=True)
class Version:
    core: str  #: of the server
    inference: str  #: the inference engine and its version
    models: list[Model]


@dataclass(frozen=True)
class Comparison:
    score: float  #: 0…1, calibrated
    decision: Decision


@dataclass(frozen=True)
class Verification:
    score: float  #: 0…1, calibrated
    template: bytes  #: of the picture


@dataclass(frozen=True)
class Candidate:
    """One of many that a face was compared with."""

    filename: str
    score: float
    decision: Decision


@dataclass(frozen=True)
class Presentation:
    passed: bool
    score: float  #: probability of a presentation attack


@dataclass(frozen=True)
class BestShot:
    jpeg: bytes
    frame: str  #: names its position, "frame-37.jpg"
    width: int
    height: int


@dataclass(frozen=True)
class MediumLiveness:
    """What became of one medium in one analysis."""

    name: str  #: its filename, or the name of its part
    kind: str  #: "IMAGE_FOLDER", "VIDEO_FOLDER" or "SHOTS_SET_FOLDER"
    attack_probability: float
    best_shot: BestShot | None
    info: dict[str, Any]  #: size, digest, and what else the server tells of its kind


@dataclass(frozen=True)
class Liveness:
    """The answer to media: `raw` is the whole of it, the rest what most callers want."""

    passed: bool  #: no analysis declined any medium
    media: list[MediumLiveness]  #: of the first analysis, in the order of the call
    raw: dict[str, Any] = field(repr=False)


def comparison(body: dict[str, Any]) -> Comparison:
    return Comparison(body["score"], body["decision"])


def candidates(body: dict[str, Any]) -> list[Candidate]:
    return [Candidate(row["filename"], row["score"], row["decision"]) for row in body["results"]]


def version(body: dict[str, Any]) -> Version:
    return Version(body["core"], body["tfss"], [Model(row["name"], row["version"]) for row in body["models"]])


def liveness(folder: dict[str, Any]) -> Liveness:
    media = {medium["media_id"]: medium for medium in folder["media"]}
    found = [_medium(media[row["source_media_id"]], row) for row in folder["analyses"][0]["results_media"]]
    return Liveness(folder["system_resolution"] == "SUCCESS", found, folder)


def _medium(medium: dict[str, Any], row: dict[str, Any]) -> MediumLiveness:
    shots = [_best_shot(image) for image in row["output_images"]]
    return MediumLiveness(
        name=medium["original_name"],
        kind=medium["media_type"],
        attack_probability=row["results_data"]["confidence_spoofing"],
        best_shot=shots[0] if shots else None,
        info=next(value for key, value in medium["info"].items() if key != "thumb"),
    )


def _best_shot(image: dict[str, Any]) -> BestShot:
    original = image["info"]["original"]
    return BestShot(base64.b64decode(image["image_b64"]), image["original_name"], original["width"], original["height"])
