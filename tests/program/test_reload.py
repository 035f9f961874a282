"""A running server takes its settings over anew on SIGHUP, whole or not at all."""

import fcntl
import json
import os
import pty
import signal
import subprocess
import termios
import time
from pathlib import Path

import cv2
import pytest
from conftest import decoded, encoded
from faceward_client import BINARY, LIVENESS, Part, Server, form, plain_environment


class Reloading(Server):
    """A server with a settings file."""

    def __init__(self, models: Path, file: Path, *options: str, **variables: str):
        self.file = file
        super().__init__(models, "--config", str(file), *options, **variables)

    def reload(self, settings: str) -> dict:
        """What the log says of a reload of these settings."""
        before = len(self.reloads())
        self.file.write_text(settings)
        self.process.send_signal(signal.SIGHUP)
        for _ in range(200):
            if len(self.reloads()) > before:
                return self.reloads()[-1]
            time.sleep(0.02)
        raise AssertionError("nothing is logged of a reload")

    def reloads(self) -> list[dict]:
        return [entry for entry in map(json.loads, list(self.log)) if entry["event"] == "reload"]


def started(pack: Path, folder: Path, *options: str):
    file = folder / "faceward.toml"
    file.write_text("max_parts = 100\n")
    running = Reloading(pack, file, *options)
    yield running
    assert running.stop() == 0


@pytest.fixture
def own(small_pack, tmp_path):
    yield from started(small_pack, tmp_path)


@pytest.fixture
def judging(packs, tmp_path):
    """One that knows faces."""
    yield from started(packs / "default", tmp_path, "--profile", "fast", "--workers", "1")


def test_limits_and_thresholds_change_while_it_runs(judging, portraits):
    own = judging
    pair = [Part("bio_feature", own.extract(portraits["a1"]).body), Part("bio_template", own.extract(portraits["a2"]).body)]
    assert own.post("compare", pair).json()["decision"] == "approved"
    assert own.detect_picture(portraits["a1"]).json()["passed"]

    event = own.reload("max_body_bytes = 1024\n")
    assert event["level"] == "info" and event["taken_over"] == ["max_body_bytes = 1024", "max_parts = 20000"]
    assert own.extract(portraits["a1"]).error() == (413, "SRV-413")

    own.reload("max_parts = 1\n")
    assert own.post("compare", pair).error() == (400, "BPE-002006")

    own.reload("approve_threshold = 1\nliveness_threshold = 0\nmax_pixels = 1000\n")
    assert own.post("compare", pair).json()["decision"] == "operator_required"
    assert own.extract(portraits["a1"]).error() == (400, "BPE-002003")
    own.reload("liveness_threshold = 0\n")
    assert not own.detect_picture(portraits["a1"]).json()["passed"]
    own.reload("min_liveness_eye_distance = 10000\n")
    assert own.detect_picture(portraits["a1"]).error() == (400, "LDE-002004")
    own.reload("max_body_bytes = 200000000\nmax_pixels = 100000000\n")
    assert own.extract(b"x" * 100_000_000).error() == (400, "BPE-002003")
    assert own.extract(portraits["a1"]).status == 200


def test_quality_gates_change_while_it_runs(judging, portraits):
    own = judging
    assert own.reload("min_quality_inter_eye_distance = 100\n")["taken_over"][-1] == "min_quality_inter_eye_distance = 100"
    small = encoded(cv2.resize(decoded(portraits["a1"]), None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA))
    refused = own.extract(small)
    assert refused.error() == (400, "BPE-003001") and "inter_eye_distance" in refused.json()["message"]
    own.reload("")
    assert own.extract(small).status == 200


def test_gestures_are_required_from_a_reload_on(judging, clip):
    own = judging
    payload = json.dumps({"media:tags": {"clip": ["video_selfie_eyes"]}}).encode()
    body, kind = form([Part("clip", clip, "video/mp4"), Part("payload", payload, "application/json")])

    def resolution() -> str:
        return own.request("POST", LIVENESS + "detect", body, {"Content-Type": kind}).json()["system_resolution"]

    own.reload("liveness_threshold = 1\n")
    assert resolution() == "SUCCESS"
    own.reload("liveness_threshold = 1\nrequire_gestures = true\n")
    assert resolution() == "DECLINED"
    own.reload("liveness_threshold = 1\n")
    assert resolution() == "SUCCESS"


@pytest.mark.parametrize("asked", ["min_quality_head_pose_yaw = 1", "require_gestures = true"])
def test_what_the_pack_cannot_tell_changes_nothing(own, asked):
    own.reload("")
    event = own.reload(f"max_queue = 9\n{asked}\n")
    assert event["level"] == "error" and "cannot be asked for" in event["what"] and "nothing is changed" in event["what"]
    assert own.reload("max_queue = 9\n")["taken_over"] == ["max_queue = 9"], "the refused file left the queue as it was"


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        ("max_parts = 7\nmax_pixels = -1\n", "line 2: max_pixels = -1"),
        ("max_parts = 7\nno_such = 1\n", "no_such"),
        ("max_parts = ", "line 1"),
        ("max_parts = 7\napprove_threshold = 0.1\n", "decline_threshold"),
    ],
)
def test_a_bad_file_changes_nothing(own, bad, named):
    event = own.reload(bad)
    assert event["level"] == "error" and named in event["what"] and "nothing is changed" in event["what"]
    assert own.post("compare", [Part(str(i), b"x") for i in range(100)]).error() == (400, "BPE-002004")
    assert own.reload("max_parts = 100\n")["taken_over"] == []


def test_what_needs_a_new_start_is_named_and_the_rest_taken_over(own):
    event = own.reload('port = 1\nworkers = 1\nwebhook_secret = "sesame"\nmax_parts = 50\n')
    assert event["level"] == "warn"
    assert set(event["needs_start"]) == {"workers", "webhook_secret"}  # the port was given as an option
    assert event["taken_over"] == ["max_parts = 50"]
    assert "sesame" not in "".join(own.log)


def test_options_stay_stronger_than_the_file(small_pack, tmp_path):
    file = tmp_path / "faceward.toml"
    file.write_text("")
    own = Reloading(small_pack, file, "--max_parts", "3", FACEWARD_MAX_PIXELS="5000")
    event = own.reload("max_parts = 9\nmax_pixels = 9000\nmax_queue = 9\n")
    assert event["taken_over"] == ["max_queue = 9"]
    assert own.stop() == 0


def test_the_log_level_changes(own):
    assert own.reload('log_level = "error"\n')["taken_over"][-1] == 'log_level = "error"'
    own.request("GET", "/version")
    own.reload("")
    own.request("GET", "/v1/face/pattern/health")
    for _ in range(100):
        routes = [entry["route"] for entry in map(json.loads, list(own.log)) if entry["event"] == "request"]
        if routes:
            break
        time.sleep(0.02)
    assert routes == ["/v1/face/pattern/health"]


def test_a_terminal_that_is_gone_stops_the_server(small_pack):
    ours, theirs = pty.openpty()

    def take_terminal():
        os.setsid()
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    command = [BINARY, "serve", "--port", "0", "--models", str(small_pack)]
    own = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=plain_environment(), preexec_fn=take_terminal
    )
    os.close(theirs)
    seen = b""
    while b'"ready"' not in seen:
        seen += os.read(ours, 4096)
    os.close(ours)
    assert own.wait(timeout=20) == 0
