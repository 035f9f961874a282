"""SIGTERM and SIGINT with requests in flight, and clients that leave."""

import json
import signal
import socket
import struct
import threading
import time

import cv2
import pytest
from conftest import decoded, encoded
from faceward_client import PATTERN, Server, form, picture


class InFlight:
    """A request on a thread of its own: `count` pictures against one, which takes some hundredths of a second each."""

    def __init__(self, server: Server, image: bytes, count: int, head_start: float = 0.4):
        parts = [picture("sample_1", image), *(picture("samples_n", image, str(i)) for i in range(count))]
        body, kind = form(parts)
        self.answer = None
        self._thread = threading.Thread(target=self._ask, args=(server, body, {"Content-Type": kind}), daemon=True)
        self._thread.start()
        time.sleep(head_start)

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
    request = InFlight(own, small, 60, 0.2)
    assert request.answer is None
    assert own.stop() == 0
    assert len(request.wait().json()["results"]) == 60
    assert request.answer.headers["Connection"] == "close"


@pytest.mark.parametrize("reset", [False, True])
def test_work_for_a_client_that_has_left_ends(packs, small, reset):
    own = Server(packs / "default", "--workers", "1")
    body, kind = form([picture("sample_1", small), *(picture("samples_n", small, str(i)) for i in range(1000))])
    client = socket.create_connection(("127.0.0.1", own.port))
    head = f"POST {PATTERN}extract_and_compare_n HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}"
    client.sendall(head.encode() + b"\r\n\r\n" + body)
    time.sleep(0.3)
    if reset:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
    started = time.monotonic()
    assert own.extract(small).status == 200
    assert time.monotonic() - started < (1 if reset else 4)
    assert own.stop() == 0
    first, second = [entry for entry in map(json.loads, own.log) if entry["event"] == "request"]
    assert first["route"].endswith("extract_and_compare_n") and not first["delivered"]
    assert second["route"].endswith("extract") and second["delivered"]


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
