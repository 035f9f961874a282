"""What the admin port shows is what docs/metrics.md says, and counts what happens."""

import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

import cv2
import gestures
import media
import pytest
from conftest import decoded
from faceward_client import LIVENESS, PATTERN, Part, Server, form, picture
from metrics import documented, shown


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


class Watched(Server):
    """A server with an admin port."""

    def __init__(self, models: Path, *options: str):
        self.admin_port = free_port()
        super().__init__(models, "--admin_port", str(self.admin_port), *options)

    def metrics(self, until=lambda _: True):
        """What is shown once that holds; an answer is counted after its client has it."""
        for _ in range(100):
            found = shown(self.admin_port)
            if until(found):
                return found
            time.sleep(0.05)
        raise AssertionError("what was waited for does not show")


@pytest.fixture(scope="module")
def own(packs, portraits, clip, shots, faces):
    """A server after some requests of every kind."""
    running = Watched(packs / "default", "--webhook_allow", "hooks.example.com")
    face = running.extract(portraits["a1"]).body
    other = running.extract(portraits["b"]).body
    running.extract(b"no picture")
    pair = [Part("bio_feature", face), Part("bio_template", other)]
    running.post("compare", pair)
    jpeg = {"Content-Type": "image/jpeg"}
    assert running.request("POST", "/v1/face/quality", portraits["a1"], jpeg).status == 200
    assert running.request("POST", "/v1/face/detect?draw=1", portraits["a1"], jpeg).status == 200
    assert gestures.made_in(running, clip) is not None
    running.post("verify", [picture("sample", portraits["a2"]), Part("bio_template", face)])
    running.post("compare_n", [Part("template_1", face), *[Part("templates_n", t, filename="x") for t in (face, face, other)]])
    everything = [Part("a", clip), Part("b", media.zipped(shots)), Part("c", media.jpeg(faces["biden"]))]
    payload = {"analyses": [{"type": "quality", "params": {"extract_best_shot": True}}], "resolution_endpoint": "http://127.0.0.1/"}
    assert running.detect(everything, payload).status == 200
    running.request("GET", "/secret")
    with socket.create_connection((running.host, running.port)) as leaver:
        body, kind = form(everything)
        head = f"POST {LIVENESS}detect HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        leaver.sendall(head.encode() + body)
        running.metrics(lambda m: m["faceward_slots_busy"].value() > 0)  # it has the whole of it
        leaver.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, bytes([1, 0, 0, 0, 0, 0, 0, 0]))
    running.metrics(lambda m: "faceward_undelivered_total" in m)
    yield running
    assert running.stop() == 0


def test_document_and_metrics_name_the_same(own):
    metrics, _ = documented()
    seen = own.metrics()
    assert {name: (m.kind, m.labels) for name, m in seen.items()} == {name: (m.kind, m.labels) for name, m in metrics.items()}


def test_labels_have_no_value_but_those_of_the_document(own):
    _, values = documented()
    seen = own.metrics()
    for label, known in values.items():
        assert {value for metric in seen.values() for value in metric.values(label)} <= known, label
    assert seen["faceward_refusals_total"].values("reason") == values["reason"]
    assert seen["faceward_decoder_failures_total"].values("failure") == values["failure"]
    assert seen["faceward_webhooks_total"].values("outcome") == values["outcome"]
    assert seen["faceward_ready"].values("group") == values["group"]
    assert seen["faceward_stage_duration_seconds"].values("stage") == values["stage"]


def test_requests_and_what_they_were_answered_are_counted(own):
    seen = own.metrics()
    requests = seen["faceward_requests_total"]
    assert requests.value(route=PATTERN + "extract", status="200", code="") == 2
    assert requests.value(route=PATTERN + "extract", status="400", code="BPE-002003") == 1
    assert requests.value(route="unknown", status="404", code="SRV-404") == 1
    assert seen["faceward_request_duration_seconds"].value(route=PATTERN + "extract") == 3
    assert seen["faceward_queue_wait_seconds"].value(route=PATTERN + "extract") == 3
    assert seen["faceward_queue_wait_seconds"].value(route=PATTERN + "compare") == 0
    assert seen["faceward_refusals_total"].value(reason="picture_unreadable") == 1
    scores, decisions = seen["faceward_comparison_score"], seen["faceward_decisions_total"]
    assert [scores.value(route=PATTERN + m) for m in ("compare", "verify", "compare_n")] == [1, 1, 3]
    assert decisions.value(route=PATTERN + "compare_n", decision="approved") == 2
    assert decisions.value(decision="declined") == 2 and decisions.value(route=PATTERN + "verify") == 0
    liveness = seen["faceward_liveness_total"]
    assert [liveness.value(medium=kind) for kind in ("picture", "video", "archive")] == [1, 2, 1]
    assert seen["faceward_webhooks_total"].value(outcome="not_allowed") == 1
    assert seen["faceward_slots"].value() >= 1 and seen["faceward_queue_limit"].value() == 64
    assert seen["faceward_ready"].value() == 2
    assert "secret" not in str(seen)


def test_the_admin_port_answers_nothing_else(own):
    address = f"http://127.0.0.1:{own.admin_port}"
    for path, method, status in (("/", "GET", 404), ("/version", "GET", 404), ("/metrics", "POST", 405)):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(address + path, method=method))
        assert refused.value.code == status
    assert own.request("GET", "/metrics").status == 404


def decoders(server: Server) -> list[int]:
    """Processes that decode for the server: children of its launcher."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    return [int(p) for c in children for p in Path(f"/proc/{c}/task/{c}/children").read_text().split()]


def is_dead(process: int) -> bool:
    """Whether a process has ended; its launcher asks how only once it is missed."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_decoders_that_crash_or_hang_are_counted_and_logged(packs, portraits):
    own = Watched(packs / "default", "--profile", "fast", "--workers", "1", "--decode_timeout_ms", "300")
    assert own.metrics()["faceward_decoder_failures_total"].value() == 0
    large = cv2.resize(decoded(portraits["a1"]), (7000, 7000))
    slow = cv2.imencode(".jpg", large, [cv2.IMWRITE_JPEG_PROGRESSIVE, 1])[1].tobytes()
    assert own.extract(slow).error() == (400, "BPE-002003")
    assert own.metrics()["faceward_decoder_failures_total"].value(failure="time_limit") == 1
    assert own.extract(portraits["a1"]).status == 200  # by a process that has started well
    (fresh,) = decoders(own)
    os.kill(fresh, signal.SIGSEGV)
    own.metrics(lambda _: is_dead(fresh))
    assert own.extract(portraits["a1"]).status == 200
    seen = own.metrics()
    assert seen["faceward_decoder_failures_total"].value(failure="crash") == 1
    assert seen["faceward_decoders"].value() == 1 and seen["faceward_decoder_starts_total"].value() == 3
    assert own.stop() == 0
    events = [json.loads(line) for line in own.log if '"decoder"' in line]
    assert [event["failure"] for event in events] == ["time_limit", "crash"]


def test_an_admin_port_that_is_taken_stops_the_start(small_pack):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        own = Server(small_pack, "--admin_port", str(taken.getsockname()[1]), wait=False)
        assert own.process.wait(timeout=30) == 1
        assert "cannot listen on 127.0.0.1" in own.process.stderr.read()
