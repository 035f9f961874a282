"""Error rates and calibration on pictures of one's own, from the command line."""

import json
import re
import shutil
import tomllib

import media
import pytest
from conftest import PICTURES, decoded
from faceward_client import run

PAIRS = "path_a,path_b,same\na1.jpg,a2.jpg,1\na1.jpg,b.jpg,0\na2.jpg,b.jpg,0\na1.jpg,gone.jpg,0\na1.jpg,text.jpg,0\n"


@pytest.fixture
def photos(tmp_path):
    """A folder with two pictures of one person, one of another, and a file that is none."""
    for name, file in {"a1": "obama", "a2": "obama2", "b": "biden"}.items():
        shutil.copy(PICTURES / f"{file}.jpg", tmp_path / f"{name}.jpg")
    (tmp_path / "text.jpg").write_text("no picture")
    return tmp_path


def evaluate(packs, photos, kind, *options):
    done = run("evaluate", kind, "--models", packs / "default", "--out", photos / "run", *options)
    report = photos / "run/report.json"
    return done, json.loads(report.read_text()) if report.exists() else None


def listed(photos, name, text):
    (photos / name).write_text(text)
    return photos / name


def test_pairs_give_rates_with_counts_and_what_failed(packs, photos):
    done, report = evaluate(packs, photos, "verification", "--pairs", listed(photos, "pairs.csv", PAIRS), "--images", photos)
    assert done.returncode == 0, done.stderr
    assert (report["mated"], report["non_mated"], report["pairs_without_a_template"]) == (1, 2, 2)
    assert report["fta"]["count"] == 2 and report["fta_reasons"] == {"no such file": 1, "unreadable picture": 1}
    assert report["eer"]["rate"] == 0 and report["eer"]["interval"][1] == pytest.approx(0.975)  # one mated comparison
    half = next(row for row in report["at_score"] if row["score"] == 0.5)
    assert half["fmr"]["count"] == 0 and half["fmr"]["interval"][1] == pytest.approx(0.842, abs=1e-3)  # two comparisons say little
    assert "30000 non-mated comparisons are needed" in report["tar"][2]["missing"]
    page = (photos / "run/report.html").read_text()
    assert "<svg" not in page.split("<script>")[0] and "Evaluation: " in page and "https://" not in page.split("<script>")[0]


def test_a_run_goes_on_from_its_journal_and_is_not_mixed_with_another(packs, photos):
    pairs = listed(photos, "pairs.csv", PAIRS)
    _, first = evaluate(packs, photos, "verification", "--pairs", pairs, "--images", photos)
    lines = (photos / "run/journal.jsonl").read_text().splitlines()
    (photos / "run/journal.jsonl").write_text("\n".join(lines[:3]) + '\n{"path": "b.j')
    _, again = evaluate(packs, photos, "verification", "--pairs", pairs, "--images", photos)
    assert again == first
    done, _ = evaluate(packs, photos, "verification", "--pairs", pairs, "--images", photos, "--profile", "fast")
    assert done.returncode == 1 and "another pack, profile or kind" in done.stderr


def test_a_list_without_a_single_face_is_an_error(packs, photos):
    pairs = listed(photos, "pairs.csv", "path_a,path_b,same\ngone.jpg,text.jpg,1\n")
    done, report = evaluate(packs, photos, "verification", "--pairs", pairs, "--images", photos)
    assert done.returncode == 1 and report is None
    assert "no picture of the list gives a template: no such file 1, unreadable picture 1" in done.stderr


def test_quality_is_held_against_errors(packs, photos):
    people = listed(photos, "people.csv", "path,subject\na1.jpg,a\na2.jpg,a\nb.jpg,b\n")
    done, report = evaluate(packs, photos, "quality", "--list", people, "--images", photos)
    assert done.returncode == 0, done.stderr
    assert (report["pictures"], report["mated"], report["non_mated"]) == (3, 1, 2)
    assert [curve["fmr"] for curve in report["curves"]] == [1e-2, 1e-3]
    assert "it takes 300 non-mated comparisons" in report["curves"][0]["missing"]
    assert sum(report["unified_scores"]["pictures"]) == 3
    assert "report.json" in done.stdout and (photos / "run/report.html").stat().st_size > 100_000


def test_quality_takes_pairs_too(packs, photos):
    text = PAIRS + "a1.jpg,b.jpg,0\n" * 400
    done, report = evaluate(packs, photos, "quality", "--list", listed(photos, "pairs.csv", text), "--images", photos)
    assert done.returncode == 0, done.stderr
    first, *rest = report["curves"][0]["points"]
    assert first["discarded"] == 0 and first["unified"] == first["face_size"] == first["chance"] == 0
    assert [point["discarded"] for point in rest] == sorted(point["discarded"] for point in rest)


def test_a_search_finds_its_subject(packs, photos):
    text = "path,subject,set\na1.jpg,a,gallery\nb.jpg,b,gallery\na2.jpg,a,probe\n"
    done, report = evaluate(packs, photos, "identification", "--list", listed(photos, "search.csv", text), "--images", photos)
    assert done.returncode == 0, done.stderr
    assert report["rank_one"]["count"] == report["rank_one"]["total"] == 1
    assert "300 probes of people outside the gallery" in report["fnir_at_fpir_0.01"]["missing"]


def test_media_are_judged_by_instrument(packs, photos):
    text = "path,label,pai\na1.jpg,bonafide,\nb.jpg,attack,print\ntext.jpg,attack,screen\ngone.jpg,attack,screen\n"
    done, report = evaluate(packs, photos, "liveness", "--manifest", listed(photos, "media.csv", text), "--media", photos)
    assert done.returncode == 0, done.stderr
    rates = report["at_threshold"]
    assert rates["apcer"]["screen"]["total"] == 0 and report["refused"]["screen"]["count"] == 2
    assert rates["apcer"]["print"]["total"] + report["refused"]["print"]["count"] == 1
    assert report["refusal_reasons"]["no such file"] == 1


def test_too_few_people_calibrate_nothing(packs, photos):
    people = listed(photos, "people.csv", "path,subject\na1.jpg,a\na2.jpg,a\nb.jpg,b\n")
    done = run("calibrate", "scores", "--models", packs / "default", "--subjects", people, "--images", photos, "--out", photos / "run", "--copy", photos / "pack")
    assert done.returncode == 1 and "2 of 100000 needed, 99998 are missing" in done.stderr
    assert not (photos / "pack").exists()


@pytest.mark.parametrize("text, why", [("a,b\n", 'has no column "path_a"'), ("path_a,path_b,same\nx,y,maybe\n", 'row 2: same is "maybe"'), ("", "is empty")])
def test_a_list_that_cannot_be_read_says_why(packs, photos, text, why):
    done, _ = evaluate(packs, photos, "verification", "--pairs", listed(photos, "pairs.csv", text), "--images", photos)
    assert done.returncode == 1 and why in done.stderr


@pytest.fixture(scope="module")
def presentations(packs, tmp_path_factory):
    """Sixty media: the pack's own samples, encoded ever worse, of a person and of an attack; and what was found in them."""
    folder = tmp_path_factory.mktemp("presentations")
    samples = tomllib.loads((packs / "default/manifest.toml").read_text())["liveness"]["selftest"]
    lines = ["path,label,pai"]
    for label, file in (("bonafide", samples["bona_fide"]), ("attack", samples["attack"])):
        picture = decoded((packs / "default" / file).read_bytes())
        for quality in range(61, 91):
            name = f"{label}{quality}.jpg"
            (folder / name).write_bytes(media.jpeg(picture, quality))
            lines.append(f"{name},{label},{'screen' if label == 'attack' else ''}")
    done, _ = evaluate(packs, folder, "liveness", "--manifest", listed(folder, "media.csv", "\n".join(lines) + "\n"), "--media", folder)
    assert done.returncode == 0, done.stderr
    return folder


def errors(report) -> str:
    apcer, bpcer = report["at_threshold"]["apcer"]["screen"], report["at_threshold"]["bpcer"]
    return f"{apcer['count']} of {apcer['total']}, BPCER {bpcer['count']} of {bpcer['total']}"


def test_liveness_is_calibrated_as_it_is_measured_then(packs, presentations, tmp_path):
    given = ["--manifest", presentations / "media.csv", "--media", presentations]
    out = ["--out", presentations / "run", "--copy", tmp_path / "new/default"]
    done = run("calibrate", "liveness", "--models", packs / "default", *given, *out)
    assert done.returncode == 0, done.stderr
    told = dict(re.findall(r"(before|after) +APCER (\d+ of \d+, BPCER \d+ of \d+)", done.stdout))
    assert told["before"] == errors(json.loads((presentations / "run/report.json").read_text()))
    _, after = evaluate(tmp_path / "new", tmp_path, "liveness", *given)
    assert told["after"] == errors(after) == "0 of 30, BPCER 0 of 30"
    assert tomllib.loads((tmp_path / "new/default/manifest.toml").read_text())["liveness"]["fitted_on"] == "media.csv: 60 media"
    done = run("calibrate", "liveness", "--models", packs / "default", *given, *out)
    assert done.returncode != 0 and "already exists" in done.stderr


def test_findings_of_another_liveness_calibration_are_not_taken(packs, presentations, tmp_path):
    given = ["--manifest", presentations / "media.csv", "--media", presentations]
    shutil.copytree(packs / "default", tmp_path / "default")
    manifest = tmp_path / "default/manifest.toml"
    manifest.write_text(manifest.read_text().replace("intercept = 0.7", "intercept = 6.0"))
    done, _ = evaluate(tmp_path, presentations, "liveness", *given)
    assert done.returncode == 1 and "another pack, profile or kind" in done.stderr


def test_labels_that_contradict_the_evidence_are_listed(packs, presentations):
    text = (presentations / "media.csv").read_text().replace("bonafide90.jpg,bonafide,", "bonafide90.jpg,attack,screen")
    _, report = evaluate(packs, presentations, "liveness", "--manifest", listed(presentations, "wrong.csv", text), "--media", presentations)
    assert [suspect["path"] for suspect in report["suspects"]] == ["bonafide90.jpg"]
