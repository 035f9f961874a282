#!/usr/bin/env python3
"""The tables of models/calibration.toml for comparison scores, fitted on half of CFP's identities and checked on the other.

usage: calibrations.py --program FACEWARD --packs DIR --eval DIR --work DIR

DIR of --packs holds the packs default and strict, that of --eval verification/cfp. --work keeps
lists, reports and journals, from which a second run goes on. Prints TOML.
"""

import argparse
import csv
import json
import shutil
import subprocess
import tomllib
from pathlib import Path

TABLES = {
    "mobilefacenet": ("default", "fast"),
    "mobilefacenet_refined": ("strict", "balanced"),
    "mobilefacenet_mirrored": ("strict", "accurate"),
    "fusion": ("default", "balanced"),
    "fusion_mirrored": ("default", "accurate"),
}
HALF = 125  # identities up to this one are for the fit
NAMED = (0.5, 0.85, 0.95)


def write(file: Path, rows: list[list[str]]) -> Path:
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows(rows)
    return file


def people(cfp: Path, file: Path, wanted) -> Path:
    pictures = sorted(path.relative_to(cfp) for path in cfp.glob("images/*/*/*.jpg"))
    return write(file, [["path", "subject"], *([p, p.parts[1]] for p in pictures if wanted(int(p.parts[1])))])


def frontal_check(cfp: Path, file: Path) -> Path:
    with (cfp / "pairs_frontal_frontal.csv").open() as opened:
        head, *rows = csv.reader(opened)
    return write(file, [head, *(row for row in rows if int(Path(row[0]).parts[1]) > HALF)])


def rates(report: dict, name: str, scores) -> list[str]:
    """Lines of a table's list of rates."""
    return [
        f'    {{ score = {row["score"]}, fmr = {row["fmr"]["rate"]:.3g}, fnmr = {row["fnmr"]["rate"]:.3g}, set = "{name}" }},'
        for row in report["at_score"]
        if scores is None or row["score"] in scores
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("program", "packs", "eval", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    cfp = given.eval / "verification/cfp"
    fit = people(cfp, given.work / "people_fit.csv", lambda i: i <= HALF)
    check = people(cfp, given.work / "people_check.csv", lambda i: i > HALF)
    frontal = frontal_check(cfp, given.work / "frontal_check.csv")

    def run(*words) -> None:
        subprocess.run([given.program, *map(str, words)], check=True, stdout=subprocess.DEVNULL)

    for table, (pack, profile) in TABLES.items():
        folder = given.work / table
        shutil.rmtree(folder / "pack", ignore_errors=True)
        chosen = ["--profile", profile]
        run("calibrate", "scores", "--models", given.packs / pack, *chosen, "--subjects", fit, "--images", cfp,
            "--out", folder / "fit", "--copy", folder / "pack")  # fmt: skip

        def measured(kind: str, option: str, file: Path, images: Path) -> dict:
            out = folder / "check"
            run("evaluate", kind, "--models", folder / "pack", *chosen, option, file, "--images", images, "--out", out)
            return json.loads((out / "report.json").read_text())

        everybody = measured("cross-verification", "--subjects", check, cfp)
        lines = [
            *rates(everybody, "CFP 126-250, all cross pairs, frontal and profile", None),
            *rates(measured("verification", "--pairs", frontal, cfp), "CFP-FF 126-250 pairs", NAMED),
        ]
        manifest = tomllib.loads((folder / "pack/manifest.toml").read_text())
        fitted = manifest["profile"][profile]["calibration"]
        print(f"[{table}]\nslope = {fitted['slope']:.6g}\nintercept = {fitted['intercept']:.6g}")
        print('fitted_on = "CFP identities 1-125, all cross pairs, frontal and profile"\nrates = [')
        print("\n".join(lines) + "\n]\n", flush=True)


if __name__ == "__main__":
    main()
