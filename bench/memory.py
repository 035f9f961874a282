#!/usr/bin/env python3
"""Resident memory of the server by profile and worker slots, as a Markdown table.

usage: memory.py --models PACK --picture FILE

Needs ffmpeg. FILE is a photograph with one face; a clip of 4 s is made of it, moved as a hand-held camera would see it.
"""

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests" / "program")]
import media  # noqa: E402
from faceward_client import Part, Server  # noqa: E402
from liveness_service import SOFT  # noqa: E402
from service import at_720p, memory_mb  # noqa: E402

SETTINGS = [("fast", 2), ("balanced", 1), ("balanced", 2), ("balanced", 4), ("balanced", 8), ("accurate", 2)]
EXTRACTIONS, CLIPS, AT_ONCE = 48, 16, 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--picture", type=Path, required=True)
    options = parser.parse_args()
    picture = at_720p(options.picture)
    with tempfile.TemporaryDirectory() as folder:
        frames = media.swaying(cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR), 120)
        clip = media.video(Path(folder) / "clip.mp4", frames, *SOFT, rate=30)
    print("| profile | workers | at the start | after that |\n| --- | --- | --- | --- |")
    for profile, workers in SETTINGS:
        server = Server(options.models, "--profile", profile, "--workers", str(workers))
        before = memory_mb(server)
        with ThreadPoolExecutor(AT_ONCE) as clients:
            answers = [clients.submit(server.extract, picture) for _ in range(EXTRACTIONS)]
            answers += [clients.submit(server.detect, [Part("clip", clip)]) for _ in range(CLIPS)]
        if refused := [answer for answer in (a.result() for a in answers) if answer.status != 200]:
            sys.exit(f"{len(refused)} requests failed: {refused[0].body.decode()}")
        print(f"| `{profile}` | {workers} | {before:.0f} MB | {memory_mb(server):.0f} MB |", flush=True)
        server.stop()


if __name__ == "__main__":
    main()
