"""SIGTERM and SIGINT with requests in flight."""

import json
import signal
import threading
import time

import cv2
import pytest
from conftest import decoded, encoded
from faceward_client import PATTERN, Server, form, picture


class InFlight:
    """A request on a thread of its own: `count` pictures against one, which takes some hundredths of a second each."""

    def __init__(self, server: Server, image: bytes, count: int):
        parts = [picture("sample_1", image), *(picture("samples_n", image, str(i)) for i in range(count))]
        body, kind = form(parts)
        self.answer = None
        self._thread = threading.Thread(target=self._ask, args=(server, body, {"Content-Type": kind}), daemon=True)
        self._thread.start()
        time.sleep(0.4)

    def _ask(self, server: Server, body: bytes, headers: dict[str, str]) -> None:
        try:
            self.answer = server.request("POST", PATTERN + "extract_and_compare_n", body, headers)
        except OSError:
            pass

    def wait(self):
        self._thread.join(30)
        return self.answer


@pytest.fixture
def small(portraits):
    return encoded(cv2.resize(decoded(portraits["a1"]), (300, 400)))


def test_a_request_in_flight_is_finished(packs, small):
    own = Server(packs / "default", "--workers", "1")
    request = InFlight(own, small, 40)
    assert request.answer is None
    assert own.stop() == 0
    assert len(request.wait().json()["results"]) == 40
    assert request.answer.headers["Connection"] == "close"


def test_the_grace_bounds_the_stop_whatever_is_in_flight(packs, small):
    own = Server(packs / "default", "--shutdown_grace_ms", "300", "--workers", "1")
    request = InFlight(own, small, 1000)
    started = time.monotonic()
    assert own.stop() == 0
    assert time.monotonic() - started < 3
    assert request.wait() is None
    entries = [json.loads(line) for line in own.log]
    cut_off = next(entry for entry in entries if entry["event"] == "request")
    assert (cut_off["status"], cut_off["code"], cut_off["delivered"]) == (503, "SRV-503", False)
    assert (entries[-1]["event"], entries[-1]["dropped"]) == ("stopped", 1)


@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_at_once(packs, small, second):
    own = Server(packs / "default", "--shutdown_grace_ms", "60000", "--workers", "1")
    InFlight(own, small, 1000)
    own.process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    assert own.process.poll() is None
    own.process.send_signal(second)
    assert own.process.wait(timeout=2) == 128 + second
