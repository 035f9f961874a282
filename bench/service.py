#!/usr/bin/env python3
"""Benchmarks of the whole service over HTTP, as a Markdown table; ratios come from one run.

usage: service.py --models PACK --picture FILE [--seconds 10] [--peer-python PYTHON]

Needs wrk. FILE is a photograph with one face; it is brought to 1280x720 first. With --peer-python (an environment with
bench/peer/requirements.txt, openvino and opencv) the throughput is also compared with the server in bench/peer.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import cv2

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "program"))
from faceward_client import PATTERN, Part, Server, form  # noqa: E402


@dataclass
class Load:
    """What wrk saw."""

    rate: float
    p50_ms: float
    p99_ms: float


def load(port: int, path: str, body: Path, kind: str, connections: int, seconds: int) -> Load:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(HERE / "post.lua")]
    environment = os.environ | {"BODY": str(body), "TYPE": kind}
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], env=environment, check=True, capture_output=True, text=True
    )
    requests, errors, duration, p50, p99 = map(float, done.stdout.split("RESULT ")[1].split()[:5])
    if errors:
        sys.exit(f"{path}: {errors:.0f} of {requests:.0f} requests failed")
    return Load(requests / duration, p50, p99)


def at_720p(file: Path) -> bytes:
    """The picture on a 1280x720 canvas, its height fitted, as a JPEG of quality 90."""
    picture = cv2.imread(str(file))
    scale = 720 / picture.shape[0]
    fitted = cv2.resize(picture, (min(1280, round(picture.shape[1] * scale)), 720), interpolation=cv2.INTER_AREA)
    canvas = cv2.resize(picture, (1280, 720), interpolation=cv2.INTER_AREA)
    canvas = cv2.GaussianBlur(canvas, (0, 0), 40)
    left = (1280 - fitted.shape[1]) // 2
    canvas[:, left : left + fitted.shape[1]] = fitted
    return cv2.imencode(".jpg", canvas, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()


def memory_mb(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


class Bench:
    def __init__(self, models: Path, picture: bytes, seconds: int, scratch: Path):
        self.models, self.seconds, self.scratch = models, seconds, scratch
        self.jpeg = scratch / "picture.jpg"
        self.jpeg.write_bytes(picture)

    def body(self, name: str, parts: list[Part]) -> tuple[Path, str]:
        content, kind = form(parts)
        file = self.scratch / name
        file.write_bytes(content)
        return file, kind

    def latency(self, profile: str) -> None:
        server = Server(self.models, "--profile", profile, "--workers", "1")
        seen = load(server.port, PATTERN + "extract", self.jpeg, "image/jpeg", 1, self.seconds)
        print(f"| extract, 720p JPEG, one worker, {profile} | p50 {seen.p50_ms:.1f} ms, p99 {seen.p99_ms:.1f} ms |", flush=True)
        server.stop()

    def quality(self) -> None:
        """Whole requests, and of quality the stage on top of decoding, detection and alignment, by the server's own log."""
        server = Server(self.models, "--workers", "1")
        for what, path in (("quality", "quality"), ("detect, one face", "detect"), ("detect, drawn", "detect?draw=1")):
            seen = load(server.port, f"/v1/face/{path}", self.jpeg, "image/jpeg", 1, self.seconds)
            print(f"| {what}, 720p JPEG, one worker | p50 {seen.p50_ms:.1f} ms, p99 {seen.p99_ms:.1f} ms |", flush=True)
        server.stop()
        requests = [entry for entry in map(json.loads, server.log) if entry.get("route") == "/v1/face/quality"]
        stage = sorted(entry["ms"]["quality"] for entry in requests)
        middle, late = stage[len(stage) // 2], stage[len(stage) * 99 // 100]
        print(f"| of quality, on top of detection and alignment | p50 {middle:.1f} ms, p99 {late:.1f} ms |", flush=True)

    def throughput(self, profile: str) -> float:
        server = Server(self.models, "--profile", profile)
        seen = load(server.port, PATTERN + "extract", self.jpeg, "image/jpeg", 4, self.seconds)
        print(f"| extract, all cores, {profile} | {seen.rate:.1f} requests/s |", flush=True)
        server.stop()
        return seen.rate

    def comparisons(self) -> None:
        server = Server(self.models)
        face = server.extract(self.jpeg.read_bytes()).body
        pair = self.body("pair", [Part("bio_feature", face), Part("bio_template", face)])
        alone = load(server.port, PATTERN + "compare", *pair, 1, self.seconds)
        eight = load(server.port, PATTERN + "compare", *pair, 8, self.seconds)
        print(f"| compare | p50 {alone.p50_ms:.3f} ms; {eight.rate:.0f} requests/s on 8 connections |")
        many = [Part("templates_n", face, filename=str(i)) for i in range(1000)]
        thousand = self.body("many", [Part("template_1", face), *many])
        seen = load(server.port, PATTERN + "compare_n", *thousand, 1, self.seconds)
        print(f"| compare_n, 1,000 templates | p50 {seen.p50_ms:.2f} ms |", flush=True)
        server.stop()

    def start_and_memory(self) -> None:
        for label in ("first start", "start with compiled networks cached"):
            options = ["--compiled_cache", str(self.scratch / "compiled")]
            began = time.monotonic()
            server = Server(self.models, *options)
            print(f"| {label}, to healthy | {time.monotonic() - began:.2f} s |", flush=True)
            if label == "first start":
                server.stop()
        sizes = [memory_mb(server)]
        face = server.extract(self.jpeg.read_bytes()).body
        pair = self.body("pair", [Part("bio_feature", face), Part("bio_template", face)])
        for _ in range(4):
            mixed = 0.0
            while mixed < 2500:
                mixed += load(server.port, PATTERN + "extract", self.jpeg, "image/jpeg", 4, 5).rate * 5
                mixed += min(1250.0, load(server.port, PATTERN + "compare", *pair, 4, 1).rate)
            sizes.append(memory_mb(server))
        print(f"| resident memory at the start, and after each 2,500 of 10,000 mixed requests | {', '.join(f'{s:.0f}' for s in sizes)} MB |")
        server.stop()

    def peer(self, python: str) -> float:
        environment = os.environ | {"PACK": str(self.models)}
        command = [python, "-m", "uvicorn", "--app-dir", str(HERE / "peer"), "server:app", "--port", "8765", "--log-level", "warning"]
        process = subprocess.Popen(command, env=environment)
        try:
            wait_for("http://127.0.0.1:8765/docs")
            seen = load(8765, "/extract", self.jpeg, "image/jpeg", 4, self.seconds)
        finally:
            process.terminate()
            process.wait()
        print(f"| the same task, peer server | {seen.rate:.1f} requests/s |", flush=True)
        return seen.rate


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{address} does not answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--picture", type=Path, required=True)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--peer-python")
    options = parser.parse_args()
    processor = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    print(f"{processor}, {len(os.sched_getaffinity(0))} cores\n\n| what | measured |\n| --- | --- |", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(options.models, at_720p(options.picture), options.seconds, Path(scratch))
        profiles = ("fast", "balanced", "accurate")
        for profile in profiles:
            bench.latency(profile)
        bench.quality()
        rates = {profile: bench.throughput(profile) for profile in profiles}
        if options.peer_python:
            peer = bench.peer(options.peer_python)
            for profile, rate in rates.items():
                print(f"| {profile} against the peer | {rate / peer:.2f} times |")
        bench.comparisons()
        bench.start_and_memory()


if __name__ == "__main__":
    main()
