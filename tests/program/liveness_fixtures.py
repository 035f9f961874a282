"""Fixtures of the liveness tests."""

import json
from pathlib import Path

import cv2
import media
import numpy as np
import pytest
from conftest import PACKS, PICTURES
from faceward_client import run

SIZE = 640, 480


@pytest.fixture(scope="session")
def faces(workshop) -> dict[str, np.ndarray]:
    """Two people's photographs at 640x480, their faces in the middle."""
    files = [PICTURES / f"{name}.jpg" for name in ("obama", "biden")]
    lines = run("extract", "--models", PACKS / "default", "--json", "--out", workshop, *files).stdout.splitlines()
    boxes = [json.loads(line)["box"] for line in lines]
    return {file.stem: media.portrait(cv2.imread(str(file)), box, SIZE) for file, box in zip(files, boxes, strict=True)}


@pytest.fixture(scope="session")
def sway(faces) -> list[np.ndarray]:
    """Two seconds of one of them."""
    return media.swaying(faces["obama"], 2 * media.RATE)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="session")
def clip(sway, workshop) -> bytes:
    """The two seconds as MP4 with H.264."""
    return media.video(workshop / "clip.mp4", sway, *media.H264)


@pytest.fixture(scope="session")
def shots(sway) -> dict[str, bytes]:
    """Frames of it as an archive would hold them, not in the order of a dictionary."""
    names = [f"frame_{i}.jpg" for i in range(0, 40, 2)]
    return {name: media.jpeg(sway[int(name[6:-4])]) for name in sorted(names)}
