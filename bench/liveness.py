#!/usr/bin/env python3
"""Presentation attack detection of a running pack on labelled media, as Markdown tables (ISO/IEC 30107-3).

usage: liveness.py --models PACK --eval DIR [--set NAME] [--dump FILE] [setting options of the server]

DIR holds pad/replay_attack (one frame of each clip, and sequences of frames, which are sent as ZIP files), pad/webcam
and pad/videos, each with its list. Rates are at the working point 0.5, with 95 % intervals (Wilson); what the server
refuses to judge is counted apart: it neither passes nor fails.
"""

import argparse
import csv
import io
import json
import sys
import zipfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "program"))
from faceward_client import LIVENESS, Part, Server, form  # noqa: E402

SETS = {
    "Replay-Attack train, frames": ("pad/replay_attack", "manifest.csv", "path", {"split": "train"}),
    "Replay-Attack devel, frames": ("pad/replay_attack", "manifest.csv", "path", {"split": "devel"}),
    "Replay-Attack devel, sequences": ("pad/replay_attack/sequences", "../sequences.csv", "folder", {}),
    "webcam, pictures": ("pad/webcam", "manifest.csv", "path", {}),
    "videos": ("pad/videos", "manifest.csv", "path", {}),
}


@dataclass
class Outcome:
    name: str
    instrument: str  # "bonafide" or the attack instrument
    score: float | None  # attack probability; None: refused
    reason: str


def archive(folder: Path) -> bytes:
    """The frames of a folder as a ZIP file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        for file in sorted(folder.iterdir()):
            opened.write(file, file.name)
    return packed.getvalue()


def judge(server: Server, medium: Path) -> tuple[float | None, str]:
    """The attack probability of a picture, clip or folder of frames, or why there is none."""
    if medium.suffix.lower() in (".jpg", ".jpeg", ".png"):
        answer = server.request("POST", LIVENESS + "detect", medium.read_bytes(), {"Content-Type": "image/jpeg"})
        found = answer.json()
        return (found["score"], "") if answer.status == 200 else (None, found["message"])
    body, kind = form([Part("medium", archive(medium) if medium.is_dir() else medium.read_bytes(), None)])
    answer = server.request("POST", LIVENESS + "detect", body, {"Content-Type": kind})
    found = answer.json()
    if answer.status != 200:
        return None, found["message"]
    return found["analyses"][0]["results_media"][0]["results_data"]["confidence_spoofing"], ""


def outcomes(server: Server, base: Path, rows: list[dict], column: str) -> list[Outcome]:
    def one(row: dict) -> Outcome:
        score, reason = judge(server, base / row[column])
        instrument = "bonafide" if row["label"] == "bonafide" else row.get("pai") or row.get("kind") or "attack"
        return Outcome(row[column], instrument, score, reason)

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, rows))


def wilson(count: int, total: int) -> str:
    """`count` of `total` as a percentage with its 95 % interval."""
    if total == 0:
        return "–"
    z, share = 1.96, count / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return f"{count}/{total} = {100 * share:.1f} [{100 * max(0, middle - half):.1f}–{100 * min(1, middle + half):.1f}]"


def table(name: str, found: list[Outcome]) -> None:
    kinds = defaultdict(list)
    for outcome in found:
        kinds[outcome.instrument].append(outcome)
    print(f"\n### {name}\n\n| presentation | error rate at 0.5, % | not judged |\n|---|---|---|")
    for kind in sorted(kinds, key=lambda k: (k != "bonafide", k)):
        judged = [o.score for o in kinds[kind] if o.score is not None]
        wrong = sum((score > 0.5) == (kind == "bonafide") for score in judged)
        rate = "BPCER" if kind == "bonafide" else "APCER"
        print(f"| {kind} | {rate} {wilson(wrong, len(judged))} | {len(kinds[kind]) - len(judged)} of {len(kinds[kind])} |")
    reasons = Counter(o.reason.split(": ", 1)[-1][-80:] for o in found if o.score is None)
    for reason, count in reasons.most_common(6):
        print(f"\n{count} not judged: …{reason}")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--eval", type=Path, required=True)
    parser.add_argument("--set", action="append", choices=SETS, help="only this set; may be repeated")
    parser.add_argument("--dump", type=Path, help="file for every outcome, a JSON object a line")
    options, settings = parser.parse_known_args()
    server = Server(options.models, *settings)
    for name in options.set or SETS:
        base, rows_file, column, wanted = SETS[name]
        folder = options.eval / base
        with (folder / rows_file).open() as opened:
            rows = [row for row in csv.DictReader(opened) if all(row[k] == v for k, v in wanted.items())]
        found = outcomes(server, folder, rows, column)
        table(name, found)
        if options.dump:
            with options.dump.open("a") as out:
                out.writelines(json.dumps(asdict(outcome) | {"set": name}) + "\n" for outcome in found)
    server.stop()


if __name__ == "__main__":
    main()
