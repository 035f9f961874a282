"""Runs of `faceward evaluate`, each made once."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

from accuracy_lists import HALF, Lists, read

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "program"))
from faceward_client import plain_environment  # noqa: E402


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
        return self._judge(pack, effort, self.lists.presentations(name), threshold)

    @cache
    def joined(self, pack: str, effort: str) -> dict:
        """Archives that are an attack in part."""
        return self._judge(pack, effort, self.lists.joined(), 0.5)

    @cache
    def by_way(self, way: str, *media: Path) -> list[float | None]:
        """The attack probabilities of videos, their frames taken in that way; None where one is not judged."""
        build = self.program.parent.parent
        command = [build / "bench/evidence", "--models", self.packs / "default", "--decoder", self.program.parent / "faceward-decoder",
                   "--way", way, *media]  # fmt: skip
        done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
        return [json.loads(line).get("attack_probability") for line in done.stdout.splitlines()]

    def probabilities(self, pack: str, effort: str, name: str) -> dict[str, float]:
        """The attack probability of each medium of a set that is judged."""
        self.liveness(pack, effort, name)
        wanted = {row["path"] for row in read(self.lists.presentations(name))}
        lines = (self.work / f"liveness-{pack}-{effort}" / "journal.jsonl").read_text().splitlines()[1:]
        found = [json.loads(line) for line in lines if line]
        return {entry["path"]: entry["attack_probability"] for entry in found if entry["path"] in wanted and "attack_probability" in entry}

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

    def _judge(self, pack: str, effort: str, manifest: Path, threshold: float) -> dict:
        settings = ["--liveness_effort", effort, "--liveness_threshold", str(threshold)]
        lists = ["--manifest", manifest, "--media", self.lists.media]
        return self._evaluate("liveness", f"liveness-{pack}-{effort}", pack, *settings, *lists)

    def _evaluate(self, kind: str, folder: str, pack: str, *words: str | Path) -> dict:
        out = self.work / folder
        command = [self.program, "evaluate", kind, "--models", self.packs / pack, *words, "--out", out]
        subprocess.run(list(map(str, command)), env=plain_environment(), check=True, capture_output=True, text=True)
        return json.loads((out / "report.json").read_text())
