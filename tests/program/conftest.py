"""Fixtures: the packs and photographs that ./test has prepared, and one server for all tests that do not need their own."""

import os
from pathlib import Path

import cv2
import numpy
import pytest
from faceward_client import Server

pytest_plugins = ["liveness_fixtures"]

PICTURES = Path(os.environ["FACEWARD_PICTURES"])
PACKS = Path(os.environ["FACEWARD_PACKS"])
GENERATED = Path(os.environ["FACEWARD_GENERATED_MODELS"])


@pytest.fixture(scope="session")
def packs() -> Path:
    return PACKS


@pytest.fixture(scope="session")
def small_pack() -> Path:
    """Of generated networks, without liveness and mesh: a server of it starts at once, where what real ones say is no matter."""
    return min(file.parent for file in GENERATED.glob("*/manifest.toml"))


@pytest.fixture(scope="session")
def server():
    running = Server(PACKS / "default")
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="session")
def portraits() -> dict[str, bytes]:
    """Encoded photographs: two of one person, one of another."""
    return {
        "a1": (PICTURES / "obama.jpg").read_bytes(),
        "a2": (PICTURES / "obama2.jpg").read_bytes(),
        "b": (PICTURES / "biden.jpg").read_bytes(),
    }


def decoded(encoded: bytes):
    return cv2.imdecode(numpy.frombuffer(encoded, numpy.uint8), cv2.IMREAD_COLOR)


def encoded(pixels, kind: str = ".jpg") -> bytes:
    return cv2.imencode(kind, pixels)[1].tobytes()


@pytest.fixture(scope="session")
def two_people(portraits) -> bytes:
    height = 900
    faces = [decoded(portraits["a1"]), decoded(portraits["b"])[:1100]]
    scaled = [cv2.resize(f, (round(f.shape[1] * height / f.shape[0]), height)) for f in faces]
    return encoded(numpy.hstack(scaled))


@pytest.fixture(scope="session")
def nobody() -> bytes:
    """Smooth noise: a picture without a face."""
    noise = numpy.random.default_rng(1).integers(0, 255, (30, 40, 3), numpy.uint8)
    return encoded(cv2.resize(noise, (640, 480), interpolation=cv2.INTER_CUBIC))


@pytest.fixture(scope="session")
def templates(server, portraits) -> dict[str, bytes]:
    made = {}
    for name, image in portraits.items():
        answer = server.extract(image)
        assert answer.status == 200, answer.body
        made[name] = answer.body
    return made


@pytest.fixture(scope="session")
def evaluation() -> Path:
    folder = os.environ.get("FACEWARD_EVAL")
    if not folder:
        pytest.skip("the evaluation pictures are not here (FACEWARD_EVAL)")
    return Path(folder)
