"""The lists of the evaluation sets, as `faceward evaluate` reads them."""

import csv
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

HALF = 125  # identities of CFP up to this one were fitted on

VERIFICATION = {
    "CFP frontal-profile": ("cfp/pairs_frontal_profile.csv", lambda row: True),
    "CFP frontal-profile, 1-125": ("cfp/pairs_frontal_profile.csv", lambda row: people_of(row) <= HALF),
    "CFP frontal-profile, 126-250": ("cfp/pairs_frontal_profile.csv", lambda row: people_of(row) > HALF),
    "CFP frontal-frontal": ("cfp/pairs_frontal_frontal.csv", lambda row: True),
    "CFP frontal-frontal, 126-250": ("cfp/pairs_frontal_frontal.csv", lambda row: people_of(row) > HALF),
    "selfies": ("selfies/pairs.csv", lambda row: True),
    "selfies without full masks": ("selfies/pairs.csv", lambda row: "mask" not in row["kinds"]),
}  # fmt: skip

PRESENTATIONS = {
    "Replay-Attack train, frames": ("replay_attack/manifest.csv", lambda row: row["split"] == "train"),
    "Replay-Attack devel, frames": ("replay_attack/manifest.csv", lambda row: row["split"] == "devel"),
    "Replay-Attack devel, sequences": ("replay_attack/sequences.csv", lambda row: True),
    "webcam, pictures": ("webcam/manifest.csv", lambda row: True),
    "videos": ("videos/manifest.csv", lambda row: True),
    "selfies, bona fide": ("selfies/images.csv", lambda row: "mask" not in row["kind"]),
}

# Archives that begin with one presentation and end with another: how many of twelve frames come first, and whether those are the attack's.
JOINED = {"3 live, 9 attack": (3, False), "6 live, 6 attack": (6, False), "6 attack, 6 live": (6, True), "9 attack, 3 live": (9, True)}
APART = 20  # frames at 25 a second, as in the clips of Replay-Attack devel


def people_of(row: dict) -> int:
    """The identity of a pair's first picture."""
    return int(Path(row["path_a"]).parts[1])


class Lists:
    """Writes lists into a folder. Paths in them are relative to `verification` and `media`."""

    def __init__(self, evaluation: Path, folder: Path):
        self.evaluation = evaluation
        self.verification = evaluation / "verification"
        self._pad = evaluation / "pad"
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.media = folder / "media"  # the clips' frames as archives, beside links to the rest
        self.media.mkdir(exist_ok=True)
        for target in (*(self._pad / name for name in ("replay_attack", "webcam", "videos")), self.verification / "selfies"):
            link = self.media / target.name
            if not link.exists():
                link.symlink_to(target.resolve())

    def pairs(self, name: str) -> Path:
        file, wanted = VERIFICATION[name]
        base = Path(file).parent
        rows = [row for row in read(self.verification / file) if wanted(row)]
        return self._write(name, ["path_a", "path_b", "same", *(["fold"] if "fold" in rows[0] else [])],
                           [{**row, "path_a": base / row["path_a"], "path_b": base / row["path_b"]} for row in rows])  # fmt: skip

    def people(self, name: str, wanted: Callable[[int], bool]) -> Path:
        """All pictures of the identities of CFP that are wanted."""
        pictures = sorted(path.relative_to(self.verification) for path in self.verification.glob("cfp/images/*/*/*.jpg"))
        rows = [{"path": path, "subject": path.parts[2]} for path in pictures if wanted(int(path.parts[2]))]
        return self._write(name, ["path", "subject"], rows)

    def search(self, name: str) -> Path:
        """Frontal pictures of the unseen identities: of every second one the first is enrolled, all others are probes."""
        rows = []
        for path in sorted(self.verification.glob("cfp/images/*/frontal/*.jpg")):
            person = int(path.parts[-3])
            first = path.name == min(other.name for other in path.parent.iterdir())
            if person > HALF and (person % 2 or not first):
                rows.append({"path": path.relative_to(self.verification), "subject": person, "set": "probe"})
            elif person > HALF:
                rows.append({"path": path.relative_to(self.verification), "subject": person, "set": "gallery"})
        return self._write(name, ["path", "subject", "set"], rows)

    def presentations(self, name: str) -> Path:
        file, wanted = PRESENTATIONS[name]
        base = Path(file).parent
        rows = [row for row in read(self.media / file) if wanted(row)]
        for row in rows:
            row["path"] = self._archive(row["folder"], {file.name: file for file in self._frames(row["folder"])}) if "folder" in row else base / row["path"]
            row["label"] = row.get("label", "bonafide")
            row["pai"] = "" if row["label"] == "bonafide" else row.get("pai") or row["kind"]
            row["subject"] = row.get("client") or row.get("identity")
        return self._write(name, ["path", "label", "pai", *(["subject"] if rows[0]["subject"] else [])], rows)

    def joined(self) -> Path:
        """Clips of Replay-Attack devel that begin with the living person and go on with a print or photograph of them, or the reverse."""
        clips = read(self._pad / "replay_attack/sequences.csv")
        living: dict[str, list[str]] = {}
        for clip in clips:
            if clip["label"] == "bonafide":
                living.setdefault(clip["client"], []).append(clip["folder"])
        rows = []
        for place, clip in enumerate(clip for clip in clips if clip["pai"] in ("print", "mobile_photo", "highdef_photo")):
            person = living[clip["client"]][place % len(living[clip["client"]])]
            for name, (first, attack_first) in JOINED.items():
                one, other = (clip["folder"], person) if attack_first else (person, clip["folder"])
                frames = self._frames(one)[:first] + self._frames(other)[first:]
                named = {f"frame_{APART * i:05}.jpg": file for i, file in enumerate(frames)}
                path = self._archive(f"{name.replace(', ', '-').replace(' ', '')}-{clip['folder']}", named)
                rows.append({"path": path, "label": "attack", "pai": name, "subject": clip["client"]})
        return self._write("joined", ["path", "label", "pai", "subject"], rows)

    def _frames(self, folder: str) -> list[Path]:
        return sorted((self._pad / "replay_attack/sequences" / folder).iterdir())

    def _archive(self, name: str, frames: dict[str, Path]) -> Path:
        path = Path("sequences") / f"{name}.zip"
        target = self.media / path
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            with zipfile.ZipFile(target, "w") as opened:
                for frame, file in frames.items():
                    opened.write(file, frame)
        return path

    def _write(self, name: str, columns: list[str], rows: Iterable[dict]) -> Path:
        file = self._folder / f"{name.replace(',', '').replace(' ', '-')}.csv"
        with file.open("w", newline="") as opened:
            writer = csv.DictWriter(opened, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return file


def read(file: Path) -> list[dict]:
    with file.open() as opened:
        return list(csv.DictReader(opened))
