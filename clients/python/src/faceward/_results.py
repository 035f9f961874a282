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
    explanation: dict[str, Any] | None = field(default=None, repr=False)  #: where it was asked for


@dataclass(frozen=True)
class Verification:
    score: float  #: 0…1, calibrated
    template: bytes = field(repr=False)  #: of the picture
    explanation: dict[str, Any] | None = field(default=None, repr=False)  #: where it was asked for


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
    explanation: dict[str, Any] | None = field(default=None, repr=False)  #: where it was asked for


@dataclass(frozen=True)
class Measure:
    """A component of the quality of a picture (ISO/IEC 29794-5)."""

    score: int  #: 0…100, higher is better
    raw: float  #: what was measured
    unit: str  #: of it


@dataclass(frozen=True)
class Quality:
    unified_score: int  #: 0…100, higher is better
    measures: dict[str, Measure | None]  #: None: the server lacks the network for it
    advice: list[str]  #: what would make the picture better, the worst first


Point = tuple[float, float]  # x to the right and y down, in pixels of the upright picture


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Pose:
    """In degrees."""

    yaw: float
    pitch: float
    roll: float


@dataclass(frozen=True)
class Face:
    box: Box
    score: float  #: how sure the detector is, 0…1
    landmarks: dict[str, Point]
    pose: Pose | None  #: None: the server lacks the network for it


@dataclass(frozen=True)
class Detection:
    width: int  #: of the upright picture
    height: int
    faces: list[Face]  #: the largest first


@dataclass(frozen=True)
class BestShot:
    jpeg: bytes = field(repr=False)
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
    return Comparison(body["score"], body["decision"], body.get("explain"))


def candidates(body: dict[str, Any]) -> list[Candidate]:
    return [Candidate(row["filename"], row["score"], row["decision"]) for row in body["results"]]


def quality(body: dict[str, Any]) -> Quality:
    measures = {name: Measure(**value) if value else None for name, value in body["measures"].items()}
    return Quality(body["unified_score"], measures, body["advice"])


def detection(body: dict[str, Any]) -> Detection:
    return Detection(body["width"], body["height"], [_face(face) for face in body["faces"]])


def _face(face: dict[str, Any]) -> Face:
    landmarks = {name: (float(x), float(y)) for name, (x, y) in face["landmarks"].items()}
    pose = Pose(**face["pose"]) if face["pose"] else None
    return Face(Box(**face["box"]), face["score"], landmarks, pose)


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
