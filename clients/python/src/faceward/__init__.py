"""Client of the faceward face biometrics server."""

from ._async_client import AsyncClient
from ._client import Client
from ._errors import Busy, FacewardError, Refused, UnexpectedAnswer
from ._results import (
    BestShot,
    Box,
    Candidate,
    Comparison,
    Decision,
    Detection,
    Face,
    Health,
    Liveness,
    Measure,
    MediumLiveness,
    Model,
    Pose,
    Presentation,
    Quality,
    Verification,
    Version,
)
from ._values import Analysis, Bytes

__all__ = [
    "Analysis",
    "AsyncClient",
    "BestShot",
    "Box",
    "Busy",
    "Bytes",
    "Candidate",
    "Client",
    "Comparison",
    "Decision",
    "Detection",
    "Face",
    "FacewardError",
    "Health",
    "Liveness",
    "Measure",
    "MediumLiveness",
    "Model",
    "Pose",
    "Presentation",
    "Quality",
    "Refused",
    "UnexpectedAnswer",
    "Verification",
    "Version",
]
