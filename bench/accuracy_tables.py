"""The tables of docs/accuracy.md: a method for each place of its template, which gives Markdown."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2
import numpy as np
from accuracy_lists import JOINED, PRESENTATIONS, read
from accuracy_runs import Runs

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "program"))
import gestures  # noqa: E402
import media  # noqa: E402
from accuracy_pipeline import judged_by_both  # noqa: E402
from faceward_client import Server  # noqa: E402
from pipeline import equal_error_rate, seen_in  # noqa: E402
from reference import Reference  # noqa: E402

WHO = [(pack, profile) for pack in ("default", "strict") for profile in ("fast", "balanced", "accurate")]
WHOLE_SETS = ["CFP frontal-profile", "CFP frontal-frontal", "selfies", "selfies without full masks"]
LOOKS = [("default", "standard"), ("default", "thorough"), ("strict", "standard")]


def table(heads: Sequence[str], rows: Iterable[Sequence]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def percent(share: float) -> str:
    return f"{100 * share:.2f}" if share < 0.1 else f"{100 * share:.1f}"


def within(interval: Sequence[float]) -> str:
    return f"[{percent(interval[0])}–{percent(interval[1])}]"


def counted(proportion: dict) -> str:
    """A count of a total, in per cent and with its interval."""
    if not proportion["total"]:
        return "–"
    return f"{proportion['count']}/{proportion['total']} = {percent(proportion['rate'])} {within(proportion['interval'])}"


def rate(proportion: dict) -> str:
    low, high = proportion["interval"]
    return f"{proportion['rate']:.2g} [{low:.2g}–{high:.2g}]"


def few(proportion: dict) -> str:
    """A small rate, or what it is less than with 95 % confidence where none was seen."""
    return f"{proportion['rate']:.2g}" if proportion["count"] else f"< {proportion['interval'][1]:.1g}"


def wrong_of(rates: dict) -> int:
    return rates["bpcer"]["count"] + sum(found["count"] for found in rates["apcer"].values())


def at_score(report: dict, score: float) -> dict:
    return next(row for row in report["at_score"] if row["score"] == score)


class Tables:
    def __init__(self, runs: Runs):
        self._runs = runs

    def aims(self) -> str:
        """What was to be reached, and whether it was."""
        everybody = {f"{pack}, {profile}": self._runs.everybody(pack, profile) for pack, profile in WHO}
        rows = []
        for score, most in ((0.5, 1e-2), (0.85, 1e-4)):
            who, found = max(((who, at_score(report, score)["fmr"]) for who, report in everybody.items()), key=lambda pair: pair[1]["rate"])
            rows.append([f"FMR of score {score} at most {most:g}, unseen identities, every pack and profile", f"{rate(found)} ({who}, the highest)",
                         found["rate"] <= most])  # fmt: skip
        before, after = (self._runs.verification("default", profile, "CFP frontal-profile, 126-250")["eer"]["rate"] for profile in ("balanced", "accurate"))
        rows.append(["EER of `accurate` a tenth below `balanced`, CFP frontal-profile 126-250", f"{percent(after)} against {percent(before)} %",
                     after <= 0.9 * before])  # fmt: skip
        frames = {effort: self._runs.liveness("default", effort, "Replay-Attack devel, frames") for effort in ("standard", "thorough")}
        plain, own = (frames[effort]["at_bpcer_0.05"]["worst"]["apcer"]["rate"] for effort in ("standard", "thorough"))
        rows.append(["Single frames, BPCER 5 %: worst APCER of `thorough` 15 % below `standard`", f"{percent(own)} against {percent(plain)} %",
                     own <= 0.85 * plain])  # fmt: skip
        clips = "Replay-Attack devel, sequences"
        for effort, threshold, most_bpcer, most_apcer in (("standard", 0.5, 0.1, 0.05), ("thorough", 0.5, 0.032, 0.032), ("thorough", 0.6, 0.032, 0.032)):
            found = self._runs.liveness("default", effort, clips, threshold)["at_threshold"]
            bpcer, apcer = found["bpcer"], found["worst"]["apcer"]
            reached = bpcer["rate"] <= most_bpcer and apcer["rate"] <= most_apcer
            rows.append([f"Sequences, `{effort}`, threshold {threshold}: BPCER at most {percent(most_bpcer)} %, worst APCER {percent(most_apcer)} %",
                         f"{bpcer['count']}/{bpcer['total']}, {apcer['count']}/{apcer['total']}", reached])  # fmt: skip
        for name in ("webcam, pictures", "videos", "selfies, bona fide"):
            errors = [wrong_of(self._runs.liveness("default", effort, name)["at_threshold"]) for effort in ("standard", "thorough")]
            rows.append([f"`thorough` errs no more than `standard`, {name}", f"{errors[1]} against {errors[0]} errors", errors[1] <= errors[0]])
        return table(["aim", "measured", "reached"], [[aim, found, "yes" if reached else "**no**"] for aim, found, reached in rows])

    def verification(self) -> str:
        rows = [self._verification_row(name, pack, profile) for name in WHOLE_SETS for pack, profile in WHO]
        heads = ["set", "pack, profile", "mated / non-mated", "pictures without a template", "accuracy, %", "EER, %",
                 "TAR at FMR 1e-2, %", "at 1e-3, %"]  # fmt: skip
        return table(heads, rows)

    def _verification_row(self, name: str, pack: str, profile: str) -> list[str]:
        report = self._runs.verification(pack, profile, name)
        accepted = [
            "too few" if "missing" in row else f"{percent(row['tar'])} {within(row['interval'])}" for row in report["tar"][:2]
        ]
        right, eer = report["accuracy"], report["eer"]
        return [name, f"{pack}, {profile}", f"{report['mated']} / {report['non_mated']}",
                f"{report['fta']['count']} of {report['fta']['total']}",
                f"{100 * right['mean']:.2f} ± {100 * right['deviation']:.2f}",
                f"{percent(eer['rate'])} {within(eer['interval'])}", *accepted]  # fmt: skip

    def halves(self) -> str:
        names = {"1-125, where trials were compared": "CFP frontal-profile, 1-125",
                 "126-250, where the choice was confirmed": "CFP frontal-profile, 126-250"}  # fmt: skip
        rows = []
        for what, name in names.items():
            before, after = (self._runs.verification("default", profile, name)["eer"] for profile in ("balanced", "accurate"))
            less = 100 * (1 - after["rate"] / before["rate"])
            rows.append([what, *(f"{percent(eer['rate'])} {within(eer['interval'])}" for eer in (before, after)), f"−{less:.0f} %"])
        return table(["identities", "balanced", "accurate", "EER relative to balanced"], rows)

    def reference(self) -> str:
        """EER of the program and of the independent pipeline over the same pairs."""
        features = self._reference_features()
        rows = []
        for name in WHOLE_SETS:
            pairs = read(self._runs.lists.pairs(name))
            used = [pair for pair in pairs if pair["path_a"] in features and pair["path_b"] in features]
            similarity = np.array([features[pair["path_a"]] @ features[pair["path_b"]] for pair in used])
            same = np.array([pair["same"] == "1" for pair in used])
            program = self._runs.verification("default", "balanced", name)["eer"]["rate"]
            pictures = {pair[side] for pair in pairs for side in ("path_a", "path_b")}
            rows.append([name, percent(program), percent(equal_error_rate(similarity[same], similarity[~same])),
                         f"{len(pictures - set(features))} of {len(pictures)}"])  # fmt: skip
        return table(["set", "faceward, EER %", "reference, EER %", "pictures that the reference finds no face in"], rows)

    def _reference_features(self) -> dict[str, np.ndarray]:
        pipeline = Reference(self._runs.packs / "default")
        paths = {pair[side] for name in WHOLE_SETS for pair in read(self._runs.lists.pairs(name)) for side in ("path_a", "path_b")}

        def look(picture: np.ndarray) -> dict | None:
            face = pipeline.find(picture)
            return face and {"features": face.features}

        seen = seen_in(self._runs.lists.verification, sorted(paths), look, self._runs.work / "verification.npz")
        return {path: found["features"] for path, found in seen.items() if found}

    def scores(self) -> str:
        rows = []
        for pack, profile in WHO:
            everybody = self._runs.everybody(pack, profile)
            frontal = self._runs.verification(pack, profile, "CFP frontal-frontal, 126-250")
            high = at_score(everybody, 0.85)
            rows.append([f"{pack}, {profile}", f"{everybody['mated']:,} / {everybody['non_mated']:,}",
                         rate(at_score(everybody, 0.5)["fmr"]), rate(high["fmr"]), rate(at_score(everybody, 0.95)["fmr"]),
                         percent(high["fnmr"]["rate"]), counted(at_score(frontal, 0.85)["fnmr"])])  # fmt: skip
        return table(["pack, profile", "mated / non-mated", "FMR at 0.5 (wanted 1e-2)", "FMR at 0.85 (wanted 1e-4)",
                      "FMR at 0.95", "FNMR at 0.85, all poses, %", "FNMR at 0.85, frontal, %"], rows)  # fmt: skip

    def rates(self) -> str:
        """FMR and FNMR at each score, over all poses of the unseen identities."""
        reports = [self._runs.everybody(*who)["at_score"] for who in WHO]
        rows = [[at[0]["score"], *(f"{few(found['fmr'])}, {percent(found['fnmr']['rate'])} %" for found in at)] for at in zip(*reports)]
        return table(["score", *(f"{pack}, {profile}" for pack, profile in WHO)], rows)

    def selfie_matches(self) -> str:
        rows = []
        for score in (0.85, 0.95):
            report = self._runs.verification("default", "balanced", "selfies")
            rows.append([score, counted(at_score(report, score)["fmr"]), counted(at_score(report, score)["fnmr"])])
        return table(["score", "non-mated pairs that reach it, %", "mated pairs that miss it, %"], rows)

    def identification(self) -> str:
        rows = []
        for profile in ("fast", "balanced", "accurate"):
            found = self._runs.identification("default", profile)
            fnir = found["fnir_at_fpir_0.01"]
            rows.append([profile, str(found["enrolled_subjects"]), str(found["probes"]), counted(found["rank_one"]),
                         f"{counted(fnir['fnir'])}, score {fnir['score']:.3f}"])  # fmt: skip
        return table(["profile (default pack)", "enrolled", "probes", "rank one, %", "FNIR at an FPIR of 1 %, %"], rows)

    def presentations(self) -> str:
        return "\n".join(f"### {name}\n\n{self._presentation_table(name)}" for name in PRESENTATIONS)

    def _presentation_table(self, name: str) -> str:
        reports = [self._runs.liveness(pack, effort, name) for pack, effort in LOOKS]
        rows = []
        for kind in ("bonafide", *sorted(reports[0]["at_threshold"]["apcer"])):
            cells = []
            for report in reports:
                errors = report["at_threshold"]
                cells.append(counted(errors["bpcer"] if kind == "bonafide" else errors["apcer"].get(kind, {"total": 0})))
            refused = reports[0]["refused"].get(kind)
            cells.append(f"{refused['count']} of {refused['total']}" if refused else "0")
            rows.append([f"{'BPCER' if kind == 'bonafide' else 'APCER ' + kind}", *cells])
        acer = [f"{percent(report['at_threshold']['acer'])}" if "acer" in report["at_threshold"] else "–" for report in reports]
        rows.append(["ACER", *acer, ""])
        return table(["error at 0.5, %", *(f"{pack}, {effort}" for pack, effort in LOOKS), "not judged (default, standard)"], rows)

    def by_both(self) -> str:
        rows = []
        for name in ("Replay-Attack train, frames", "Replay-Attack devel, frames", "webcam, pictures"):
            both = judged_by_both(self._runs, name)
            apart = np.abs(both.program - both.pipeline)
            for kind in sorted(set(both.kind), key=lambda kind: (kind != "bonafide", kind)):
                wrong = both.errors(kind)
                rows.append([name, kind, str(wrong.total), str(wrong.program), str(wrong.pipeline), ""])
            rows.append([name, "all", str(len(apart)), "", "", f"{np.median(apart):.4f}, {np.quantile(apart, 0.95):.4f}"])
        heads = ["set", "presentation", "judged", "faceward's errors", "the pipeline's", "probabilities apart: median, 95th percentile"]
        return table(heads, rows)

    def joined(self) -> str:
        reports = [self._runs.joined(*look)["at_threshold"]["apcer"] for look in LOOKS]
        rows = [[name, *(counted(report[name]) for report in reports)] for name in JOINED]
        return table(["of twelve frames", *(f"{pack}, {effort}: passed, %" for pack, effort in LOOKS)], rows)

    def ways(self) -> str:
        rows = []
        videos = read(self._runs.lists.presentations("videos"))
        moved = [row for row in read(self._runs.lists.presentations("Replay-Attack devel, frames")) if row["pai"] in ("", "print", "highdef_photo")]
        sets = {"videos, bona fide": [self._runs.lists.media / row["path"] for row in videos if row["label"] == "bonafide"],
                "videos, attacks": [self._runs.lists.media / row["path"] for row in videos if row["label"] == "attack"]}  # fmt: skip
        for name, kind in (("frames of people, swayed", ""), ("prints and tablet photographs, swayed", "print highdef_photo")):
            chosen = [row for row in moved if row["pai"] in kind.split() or row["pai"] == kind][::3]
            sets[name] = [self._swayed(self._runs.lists.media / row["path"]) for row in chosen]
        for name, clips in sets.items():
            spread, burst = (self._runs.by_way(way, *clips) for way in ("spread", "burst"))
            both = np.array([pair for pair in zip(spread, burst) if None not in pair]).reshape(-1, 2)
            taken = [str(int(np.sum(both[:, side] > 0.5))) for side in (0, 1)]
            apart = np.abs(both[:, 0] - both[:, 1])
            refused = [str(sum(found is None for found in side)) for side in (spread, burst)]
            most = f"{np.median(apart):.3f}, {apart.max():.3f}" if len(apart) else "–"
            rows.append([name, str(len(clips)), " / ".join(refused), " / ".join(taken), most])
        heads = ["videos", "number", "not judged: spread / burst", "taken for attacks: spread / burst", "probabilities apart: median, most"]
        return table(heads, rows)

    def _swayed(self, picture: Path) -> Path:
        """Four seconds of the picture, as a hand-held camera would see it."""
        target = self._runs.work / "swayed" / f"{picture.stem}.mp4"
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            media.video(target, media.swaying(cv2.imread(str(picture)), 100), "-c:v", "libx264", "-g", "30", "-pix_fmt", "yuv420p")
        return target

    def fixed_bpcer(self) -> str:
        rows = []
        for name in [name for name in PRESENTATIONS if "frames" in name]:
            for pack, effort in LOOKS:
                found = self._runs.liveness(pack, effort, name)["at_bpcer_0.05"]
                worst = found["worst"]
                rows.append([name, f"{pack}, {effort}", f"{found['threshold']:.3f}", counted(found["bpcer"]),
                             f"{worst['instrument']} {counted(worst['apcer'])}"])  # fmt: skip
        return table(["set", "pack, effort", "threshold", "BPCER, %", "worst instrument, APCER %"], rows)

    def sequence_thresholds(self) -> str:
        name, rows = "Replay-Attack devel, sequences", []
        for threshold in (0.5, 0.6):
            for pack, effort in LOOKS[:2]:
                found = self._runs.liveness(pack, effort, name, threshold)["at_threshold"]
                worst = found["worst"]
                rows.append([threshold, f"{pack}, {effort}", counted(found["bpcer"]), f"{worst['instrument']} {counted(worst['apcer'])}"])
        return table(["threshold", "pack, effort", "BPCER, %", "worst instrument, APCER %"], rows)

    def reliability(self) -> str:
        report = self._runs.liveness("default", "standard", "Replay-Attack devel, frames")
        rows = []
        for place, row in enumerate(report["reliability"]):
            of_each = [bins[place]["attacks"] for bins in report["reliability_of"].values()]
            rows.append([f"{row['from']:.1f}–{row['to']:.1f}", f"{row['mean_probability']:.2f}", counted(row["attacks"]),
                         *(f"{found['count']}/{found['total']}" for found in of_each)])  # fmt: skip
        return table(["attack probability", "mean", "attacks among all, %", *report["reliability_of"]], rows)

    def refusals(self) -> str:
        reasons: dict[str, list[int]] = {}
        for place, name in enumerate(PRESENTATIONS):
            for reason, count in self._runs.liveness("default", "standard", name)["refusal_reasons"].items():
                reasons.setdefault(reason, [0] * len(PRESENTATIONS))[place] += count
        return table(["reason", *PRESENTATIONS], [[reason, *counts] for reason, counts in sorted(reasons.items(), key=lambda r: -sum(r[1]))])

    def quality(self) -> str:
        rows = []
        for profile in ("fast", "balanced", "accurate"):
            for curve in self._runs.quality("default", profile)["curves"]:
                for by in ("unified", "face_size"):
                    points = {point["discarded"]: point[by] for point in curve["points"]}
                    rows.append([profile, f"{curve['fmr']:g}", {"unified": "unified score", "face_size": "face size"}[by],
                                 *(percent(points[share]) for share in (0, 0.02, 0.05, 0.1, 0.2, 0.3))])  # fmt: skip
        return table(["profile", "FMR", "left out by", "0 %", "2 %", "5 %", "10 %", "20 %", "30 %"], rows)

    def gestures(self) -> str:
        server = Server(self._runs.packs / "default", "--require_gestures")  # which looks at more frames
        sets = {name: read(self._runs.lists.presentations(name)) for name in ("Replay-Attack devel, sequences", "videos")}
        rows = []
        for name, listed in sets.items():
            clips = [self._runs.lists.media / row["path"] for row in listed if row["label"] == "bonafide"]
            made = [found for found in (gestures.made_in(server, clip.read_bytes()) for clip in clips) if found is not None]
            rows.append([f"{name}, bona fide", len(made), *(sum(found[word] for found in made) for word in gestures.WORDS)])
        server.stop()
        return table(["media", "judged", *gestures.WORDS], rows)

    def best_shot(self) -> str:
        return self._runs.bench("best_shot.py", "--models", self._runs.packs / "default", "--eval", self._runs.lists.evaluation)
