"""Client of the faceward face biometrics server."""

from ._async_client import AsyncClient
from ._client import Client
from ._errors import Busy, FacewardError, Refused, UnexpectedAnswer
from ._results import (
    BestShot,
    Candidate,
    Comparison,
    Decision,
    Health,
    Liveness,
    MediumLiveness,
    Model,
    Presentation,
    Verification,
    Version,
)
from ._values import Analysis, Bytes

__all__ = [
    "Analysis",
    "AsyncClient",
    "BestShot",
    "Busy",
    "Bytes",
    "Candidate",
    "Client",
    "Comparison",
    "Decision",
    "FacewardError",
    "Health",
    "Liveness",
    "MediumLiveness",
    "Model",
    "Presentation",
    "Refused",
    "UnexpectedAnswer",
    "Verification",
    "Version",
]
