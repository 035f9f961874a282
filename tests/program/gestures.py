"""Asks the server for all gestures in a clip."""

import json

from faceward_client import LIVENESS, Part, Server, form

WORDS = ["eyes", "smile", "left", "right", "down", "high"]


def made_in(server: Server, medium: bytes, words: list[str] = WORDS) -> dict[str, bool] | None:
    """Which of these gestures are made in a medium; None where it is not judged."""
    payload = {"media:tags": {"clip": [f"video_selfie_{word}" for word in words]}}
    body, kind = form([Part("clip", medium, None), Part("payload", json.dumps(payload).encode(), "application/json")])
    answer = server.request("POST", LIVENESS + "detect?explain=1", body, {"Content-Type": kind})
    if answer.status != 200:
        return None
    return {found["gesture"]: found["made"] for found in answer.json()["explain"]["media"][0]["gestures"]}
