#!/usr/bin/env python3
"""Makes docs/accuracy.md: error rates on labelled pictures and media, by `faceward evaluate` and over HTTP.

usage: accuracy.py --program FACEWARD --packs DIR --eval DIR --work DIR [--out FILE]

DIR of --packs holds the packs default and strict, that of --eval verification/ and pad/. --work keeps lists, reports
and journals, from which a second run goes on. The words of the page are in accuracy.md beside this file; every figure
in its {{places}} is measured. The independent pipeline of the tests goes over the same pairs for comparison.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from accuracy_lists import Lists  # noqa: E402
from accuracy_runs import Runs  # noqa: E402
from accuracy_tables import Tables  # noqa: E402

PLACE = re.compile(r"\{\{(\w+)\}\}")


def filled(template: str, tables: Tables) -> str:
    """The template with each place taken by the table of its name."""
    return PLACE.sub(lambda place: getattr(tables, place[1])().rstrip("\n"), template)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("program", "packs", "eval", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("docs/accuracy.md"))
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    runs = Runs(given.program, given.packs, given.work, Lists(given.eval, given.work / "lists"))
    template = Path(__file__).with_name("accuracy.md").read_text()
    try:
        given.out.write_text(filled(template, Tables(runs)))
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(map(str, error.cmd))}: {error.stderr}")


if __name__ == "__main__":
    main()
