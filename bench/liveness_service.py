#!/usr/bin/env python3
"""Benchmarks of liveness over HTTP, as a Markdown table.

usage: liveness_service.py --models PACK --picture FILE [--seconds 10]

Needs wrk and ffmpeg. FILE is a photograph with one face; clips are made of it, moved as a hand-held camera would see it.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests" / "program")]
import media  # noqa: E402
from faceward_client import LIVENESS, PATTERN, Part, Server, form  # noqa: E402
from service import at_720p, load  # noqa: E402

BEST_SHOT = {"analyses": [{"type": "quality", "params": {"extract_best_shot": True}}]}
H264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "30", "-preset", "medium"]
SOFT = [*H264, "-bf", "0", "-b:v", "3M", "-maxrate", "3M", "-bufsize", "3M"]
NOISY = [*H264, "-b:v", "10M", "-maxrate", "10M", "-bufsize", "10M", "-vf", "noise=alls=18:allf=t"]


def decoders_private_mb(server: Server) -> list[float]:
    """Private memory of each decoder at rest."""
    launcher = children(server.process.pid)[0]
    sizes = []
    for pid in children(launcher):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        sizes.append(sum(int(line.split()[1]) for line in lines if line.startswith("Private")) / 1024)
    return sizes


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def stage_ms(server: Server, route: str, stage: str) -> float:
    """The median of a stage over the requests that the log tells of."""
    entries = [json.loads(line) for line in list(server.log)]
    return float(np.median([e["ms"][stage] for e in entries if e.get("route") == route and stage in e["ms"]]))


def sandbox_cost(models: Path, name: str, path: str, body: Path, kind: str, seconds: int) -> None:
    """The same requests with and without the locks; the processes and the shared memory are there both times."""
    medians = {}
    for locked in ("true", "false"):
        server = Server(models, "--workers", "1", f"--sandbox={locked}")
        load(server.port, path, body, kind, 1, seconds)
        medians[locked] = stage_ms(server, path, "decode")
        server.stop()
    print(f"| {name}: decode stage, locked in and not | {medians['true']:.2f} ms, {medians['false']:.2f} ms |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--picture", type=Path, required=True)
    parser.add_argument("--seconds", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        jpeg = scratch / "picture.jpg"
        jpeg.write_bytes(at_720p(options.picture))
        frames = media.swaying(cv2.imread(str(jpeg)), 120)
        bodies = {
            "4 s 720p H.264, 3 Mbit/s, GOP 30, best shot": media.video(scratch / "soft.mp4", frames, *SOFT, rate=30),
            "the same at 10 Mbit/s, noisy": media.video(scratch / "noisy.mp4", frames, *NOISY, rate=30),
            "ZIP of 20 720p JPEG frames, best shot": media.zipped({f"{i}.jpg": media.jpeg(f) for i, f in enumerate(frames[::6])}),
        }
        print("| what | measured |\n| --- | --- |")
        server = Server(options.models, "--workers", "1")
        detect = LIVENESS + "detect"
        seen = load(server.port, detect, jpeg, "image/jpeg", 1, options.seconds)
        print(f"| picture 1280x720 JPEG, {jpeg.stat().st_size // 1000} kB | p50 {seen.p50_ms:.1f} ms, p99 {seen.p99_ms:.1f} ms |", flush=True)
        for name, content in bodies.items():
            body, kind = form([Part("medium", content), Part("payload", json.dumps(BEST_SHOT).encode(), "application/json")])
            file = scratch / "body"
            file.write_bytes(body)
            seen = load(server.port, detect, file, kind, 1, options.seconds)
            print(f"| {name}, {len(content) // 1000} kB | p50 {seen.p50_ms:.0f} ms, p99 {seen.p99_ms:.0f} ms; {60 * seen.rate:.0f} a minute |", flush=True)
        print(f"| a decoder's private memory at rest | {', '.join(f'{size:.1f}' for size in decoders_private_mb(server))} MB |")
        server.stop()
        sandbox_cost(options.models, "picture", PATTERN + "extract", jpeg, "image/jpeg", options.seconds)


if __name__ == "__main__":
    main()
