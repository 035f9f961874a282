#!/usr/bin/env python3
"""Whether the best shot of a clip compares better with the person than the clip's median frame does.

usage: best_shot.py --models PACK --eval DIR

DIR holds pad/videos. Of each bona fide clip the first half gives a best shot and its middle frame; both are compared
with ten frames spread over the second half. Prints a Markdown table of the mean similarities.
"""

import argparse
import base64
import csv
import sys
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "program"))
import media  # noqa: E402
from faceward_client import Part, Server  # noqa: E402
from templates import features  # noqa: E402

BEST_SHOT = {"analyses": [{"type": "quality", "params": {"extract_best_shot": True}}]}


def frames_of(file: Path) -> list[np.ndarray]:
    reader, frames = cv2.VideoCapture(str(file)), []
    while (read := reader.read())[0]:
        frames.append(read[1])
    return frames


def embedded(server: Server, picture: bytes) -> np.ndarray | None:
    answer = server.extract(picture)
    return features(answer.body) if answer.status == 200 else None


def spread(frames: list[np.ndarray], count: int) -> list[np.ndarray]:
    return [frames[(2 * i + 1) * len(frames) // (2 * count)] for i in range(min(count, len(frames)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--eval", type=Path, required=True)
    options = parser.parse_args()
    folder = options.eval / "pad" / "videos"
    with (folder / "manifest.csv").open() as opened:
        clips = [row["path"] for row in csv.DictReader(opened) if row["label"] == "bonafide"]
    server = Server(options.models)
    print("| clip | best shot | middle frame |\n|---|---|---|")
    gains = []
    for name in clips:
        frames = frames_of(folder / name)
        first, second = frames[: len(frames) // 2], frames[len(frames) // 2 :]
        archive = media.zipped({f"{i:05}.jpg": media.jpeg(f, 95) for i, f in enumerate(spread(first, 40))})
        answer = server.detect([Part("a", archive)], BEST_SHOT)
        if answer.status != 200:
            print(f"| {name} | not judged | |")
            continue
        shot = answer.json()["analyses"][0]["results_media"][0]["output_images"][0]["image_b64"]
        probes = [embedded(server, base64.b64decode(shot)), embedded(server, media.jpeg(first[len(first) // 2], 95))]
        references = [v for v in (embedded(server, media.jpeg(f, 95)) for f in spread(second, 10)) if v is not None]
        means = [0.0 if p is None else float(np.mean([p @ r for r in references])) for p in probes]
        gains.append(means[0] - means[1])
        print(f"| {name} | {means[0]:.3f} | {means[1]:.3f}{'' if probes[1] is not None else ' (no template)'} |", flush=True)
    better = sum(gain > 0 for gain in gains)
    print(f"\nThe best shot is the better one in {better} of {len(gains)} clips; mean gain {np.mean(gains):+.3f}.")
    server.stop()


if __name__ == "__main__":
    main()
