"""Runs of `faceward evaluate`, each made once."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

from accuracy_lists import HALF, Lists


class Runs:
    """Reports of the program. Runs of one pack and profile share their journal, and so their templates."""

    def __init__(self, program: Path, packs: Path, work: Path, lists: Lists):
        self.program = program
        self.packs = packs
        self.lists = lists
        self.work = work

    @cache
    def verification(self, pack: str, profile: str, name: str) -> dict:
        return self._compare("verification", pack, profile, "--pairs", self.lists.pairs(name))

    @cache
    def everybody(self, pack: str, profile: str) -> dict:
        """All pairs of the identities that nothing was fitted on."""
        return self._compare("cross-verification", pack, profile, "--subjects", self._unseen())

    @cache
    def identification(self, pack: str, profile: str) -> dict:
        return self._compare("identification", pack, profile, "--list", self.lists.search("CFP 126-250 search"))

    @cache
    def quality(self, pack: str, profile: str) -> dict:
        return self._compare("quality", pack, profile, "--list", self._unseen())

    @cache
    def liveness(self, pack: str, effort: str, name: str, threshold: float = 0.5) -> dict:
        settings = ["--liveness_effort", effort, "--liveness_threshold", str(threshold)]
        lists = ["--manifest", self.lists.presentations(name), "--media", self.lists.media]
        return self._evaluate("liveness", f"liveness-{pack}-{effort}", pack, *settings, *lists)

    def bench(self, script: str, *words: str | Path) -> str:
        """What another script beside this one prints."""
        command = [sys.executable, str(Path(__file__).with_name(script)), *map(str, words)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def _unseen(self) -> Path:
        return self.lists.people("CFP 126-250", lambda person: person > HALF)

    def _compare(self, kind: str, pack: str, profile: str, option: str, file: Path) -> dict:
        # Verifications share their journal whatever they pair.
        folder = f"{kind.removeprefix('cross-')}-{pack}-{profile}"
        lists = [option, file, "--images", self.lists.verification]
        return self._evaluate(kind, folder, pack, "--profile", profile, *lists)

    def _evaluate(self, kind: str, folder: str, pack: str, *words: str | Path) -> dict:
        out = self.work / folder
        command = [self.program, "evaluate", kind, "--models", self.packs / pack, *words, "--out", out]
        subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
        return json.loads((out / "report.json").read_text())
