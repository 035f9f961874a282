"""Face image quality: the measures on photographs and on what can be wrong with them, gates before templates."""

import base64
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import decoded, encoded
from faceward_client import Answer, Part, Server, picture, run
from templates import features

QUALITY = "/v1/face/quality"
MEASURES = {
    "inter_eye_distance": "px",
    "head_pose_yaw": "degree",
    "head_pose_pitch": "degree",
    "head_pose_roll": "degree",
    "sharpness": "ratio",
    "under_exposure_prevention": "ratio",
    "over_exposure_prevention": "ratio",
    "dynamic_range": "bit",
    "illumination_uniformity": "ratio",
    "crop_of_the_face_image": "ratio",
    "background_uniformity": "level/px",
    "eyes_open": "ratio",
    "mouth_closed": "ratio",
    "single_face_present": "ratio",
    "no_compression_artefacts": "level",
}
FACE = (373, 84, 612, 410)  # of portrait a1: left, top, right, bottom


def ask(server: Server, image: bytes, kind: str | None = "image/jpeg", **headers: str) -> Answer:
    extra = {name.replace("_", "-"): value for name, value in headers.items()}
    return server.request("POST", QUALITY, image, extra | ({} if kind is None else {"Content-Type": kind}))


def measures(server: Server, image: bytes) -> dict[str, dict]:
    answer = ask(server, image)
    assert answer.status == 200, answer.body
    return answer.json()["measures"] | {"unified": {"score": answer.json()["unified_score"]}}


def rotated(pixels, degrees: float):
    """Counter-clockwise about the face, borders repeated."""
    left, top, right, bottom = FACE
    turn = cv2.getRotationMatrix2D(((left + right) / 2, (top + bottom) / 2), degrees, 1)
    return cv2.warpAffine(pixels, turn, pixels.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)


@pytest.mark.parametrize("name", ["a1", "a2", "b"])
def test_a_portrait_is_good_in_all_that_counts(server, portraits, name):
    answer = ask(server, portraits[name])
    assert answer.status == 200, answer.body
    found = answer.json()
    assert list(found) == ["unified_score", "measures", "advice"]
    assert {key: measure["unit"] for key, measure in found["measures"].items()} == MEASURES
    assert list(found["measures"]) == list(MEASURES)
    for measure in found["measures"].values():
        assert list(measure) == ["score", "raw", "unit"]
        assert isinstance(measure["score"], int) and 0 <= measure["score"] <= 100
    assert 60 <= found["unified_score"] <= 100
    for good in ("inter_eye_distance", "sharpness", "eyes_open", "single_face_present", "under_exposure_prevention"):
        assert found["measures"][good]["score"] >= 80, good
    assert found["advice"] == []


SPOILED = {
    "dark": (lambda x: (x * 0.15).astype(np.uint8), "under_exposure_prevention", "turn to the light"),
    "glaring": (lambda x: np.clip(x * 2.5 + 60.0, 0, 255).astype(np.uint8), "over_exposure_prevention", "avoid glaring light"),
    "blurred": (lambda x: cv2.GaussianBlur(x, (0, 0), 9), "sharpness", "hold still"),
    "compressed": (lambda x: decoded(cv2.imencode(".jpg", x, [cv2.IMWRITE_JPEG_QUALITY, 10])[1]), "no_compression_artefacts", "less compressed"),
    "cut off": (lambda x: x[FACE[1] + 60 : FACE[3] - 40, FACE[0] : FACE[2]], "crop_of_the_face_image", "move back"),
    "far away": (lambda x: cv2.resize(x, None, fx=0.2, fy=0.2, interpolation=cv2.INTER_AREA), "inter_eye_distance", "move closer"),
    "lit from one side": (lambda x: np.where(np.arange(x.shape[1])[None, :, None] < 490, x * 0.1, x).astype(np.uint8), "illumination_uniformity", "both sides"),
    "tilted": (lambda x: rotated(x, 50), "head_pose_roll", "upright, tilt it to your left"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_is_wrong_is_measured_and_said(server, portraits, what):
    spoil, measure, advice = SPOILED[what]
    good = measures(server, portraits["a1"])
    answer = ask(server, encoded(spoil(decoded(portraits["a1"]))))
    assert answer.status == 200, answer.body
    found = answer.json()["measures"]
    assert found[measure]["score"] < 45 < good[measure]["score"] or measure == "crop_of_the_face_image"
    assert found[measure]["score"] < good[measure]["score"]
    assert any(advice in line for line in answer.json()["advice"]), answer.json()["advice"]


def test_measures_follow_the_extent(server, portraits):
    pixels = decoded(portraits["a1"])
    for measure, spoil in {
        "sharpness": lambda level: encoded(cv2.GaussianBlur(pixels, (0, 0), 3 * level)),
        "no_compression_artefacts": lambda level: cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 100 // (2 * level)])[1].tobytes(),
        "dynamic_range": lambda level: encoded((pixels / (2 * level) + 80).astype(np.uint8)),
        "inter_eye_distance": lambda level: encoded(cv2.resize(pixels, None, fx=1 / (2 * level), fy=1 / (2 * level), interpolation=cv2.INTER_AREA)),
    }.items():
        scores = [measures(server, spoil(level))[measure]["score"] for level in (1, 2, 4)]
        assert scores[0] > scores[1] > scores[2], (measure, scores)


def test_the_unified_score_falls_with_blur(server, portraits):
    pixels = decoded(portraits["a1"])
    scores = [measures(server, encoded(cv2.GaussianBlur(pixels, (0, 0), s)))["unified"]["score"] for s in (0.1, 5, 9, 15)]
    assert scores == sorted(scores, reverse=True) and scores[0] > 75 and scores[-1] < 30, scores


@pytest.mark.parametrize("degrees", [-25, 10, 25])
def test_roll_is_told_to_a_degree_or_two(server, portraits, degrees):
    straight = measures(server, portraits["a1"])["head_pose_roll"]["raw"]
    turned = measures(server, encoded(rotated(decoded(portraits["a1"]), degrees)))["head_pose_roll"]["raw"]
    assert abs(turned - straight - degrees) < 2, "counter-clockwise on the picture is towards the person's right shoulder"


@pytest.mark.parametrize("name", ["a1", "a2", "b"])
def test_yaw_has_its_sign_from_where_the_nose_points_and_turns_round_in_a_mirror(server, portraits, name):
    there = measures(server, portraits[name])
    mirrored = encoded(decoded(portraits[name])[:, ::-1])
    back = measures(server, mirrored)
    for angle, sign in (("yaw", -1), ("pitch", 1), ("roll", -1)):
        assert abs(there[f"head_pose_{angle}"]["raw"] - sign * back[f"head_pose_{angle}"]["raw"]) < 3, angle
    if name != "a1":  # who looks straight
        face = server.request("POST", "/v1/face/detect", portraits[name], {"Content-Type": "image/jpeg"}).json()["faces"][0]
        points = face["landmarks"]
        beside = points["nose_tip"][0] - (points["right_eye"][0] + points["left_eye"][0]) / 2
        assert (there["head_pose_yaw"]["raw"] > 8) == (beside > 0) and abs(there["head_pose_yaw"]["raw"]) > 8


def test_a_plain_background_is_told_from_a_restless_one(server, portraits):
    pixels = decoded(portraits["b"])[:1200]
    plain = cv2.copyMakeBorder(pixels, 300, 0, 900, 900, cv2.BORDER_CONSTANT, value=(180, 180, 180))
    random = np.random.default_rng(4).integers(0, 255, (48, 88, 3), np.uint8)
    restless = cv2.resize(random, plain.shape[1::-1], interpolation=cv2.INTER_NEAREST)
    restless[300:, 900:-900] = pixels
    scores = [measures(server, encoded(x))["background_uniformity"]["score"] for x in (plain, restless)]
    assert scores[0] > scores[1] + 30, scores


def test_a_face_in_the_background_is_measured_and_two_people_are_refused(server, portraits, two_people):
    pixels = decoded(portraits["a1"]).copy()
    other = decoded(portraits["b"])[100:640, 340:800]
    height = 130
    small = cv2.resize(other, (height * other.shape[1] // other.shape[0], height), interpolation=cv2.INTER_AREA)
    pixels[40 : 40 + small.shape[0], 40 : 40 + small.shape[1]] = small
    assert ask(server, encoded(pixels)).error() == (400, "BPE-003003")
    assert ask(server, two_people).error() == (400, "BPE-003003")
    height = 60
    pixels = decoded(portraits["a1"]).copy()
    small = cv2.resize(other, (height * other.shape[1] // other.shape[0], height), interpolation=cv2.INTER_AREA)
    pixels[40 : 40 + small.shape[0], 40 : 40 + small.shape[1]] = small
    background = measures(server, encoded(pixels))["single_face_present"]
    assert background["score"] in range(70, 101)


def test_all_spellings_of_a_request_give_the_same(server, portraits):
    plain = ask(server, portraits["a1"])
    text = base64.encodebytes(portraits["a1"]).replace(b"\n", b"\r\n")
    assert ask(server, text, Content_Transfer_Encoding="base64").body == plain.body
    assert ask(server, portraits["a1"], "image/png").body == plain.body
    png = encoded(decoded(portraits["a1"]), ".png")
    assert ask(server, png, "image/png").body == plain.body


@pytest.mark.parametrize("path", [QUALITY, "/v1/face/detect"])
def test_errors_are_those_of_extract(server, portraits, path):
    for verb in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert server.request(verb, path, b"a body").error() == (400, "BPE-002002")
    assert server.request("HEAD", path).status == 400
    for beyond in ("/", "/all"):
        assert server.request("POST", path + beyond, portraits["a1"]).error() == (400, "BPE-002006")
    post = lambda body, kind: server.request("POST", path, body, {} if kind is None else {"Content-Type": kind})
    for kind in (None, "", "text/plain", "image/gif", "multipart/form-data; boundary=x"):
        assert post(portraits["a1"], kind).error() == (400, "BPE-002001")
    giant = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes([0, 0, 255, 220] * 2) + b"\x08\x02\0\0\0" + bytes(4)
    for body in (b"", b"GIF89a", b"RIFF....WAVE", portraits["a1"][: len(portraits["a1"]) // 2], os.urandom(5000), giant):
        assert post(body, "image/jpeg").error() == (400, "BPE-002003")
    spaced = base64.b64encode(portraits["a1"])[:40] + b" "
    headers = {"Content-Type": "image/jpeg", "Content-Transfer-Encoding": "base64"}
    assert server.request("POST", path, spaced, headers).error() == (400, "BPE-002003")
    headers["Content-Transfer-Encoding"] = "quoted-printable"
    assert server.request("POST", path, portraits["a1"], headers).error() == (400, "BPE-002006")


def test_no_face(server, nobody):
    assert ask(server, nobody).error() == (400, "BPE-003002")


@pytest.fixture(scope="module")
def strict_about_sharpness(packs):
    own = Server(packs / "default", "--min_quality_sharpness", "60", "--min_quality_unified_score", "20")
    yield own
    assert own.stop() == 0


def test_gates_refuse_in_every_method_that_makes_templates(strict_about_sharpness, portraits, templates):
    own = strict_about_sharpness
    good = portraits["b"]
    bad = encoded(cv2.GaussianBlur(decoded(portraits["a1"]), (0, 0), 9))
    assert own.extract(good).body == templates["b"], "what passes gives the template that it gives without gates"
    reference = Part("bio_template", templates["a1"])
    many = Part("templates_n", templates["a1"], filename="1")
    calls = {
        "": own.extract(bad),
        "verify": own.post("verify", [picture("sample", bad), reference]),
        "verify_n": own.post("verify_n", [picture("sample_1", bad), many]),
        "sample_2": own.post("extract_and_compare", [picture("sample_1", good), picture("sample_2", bad)]),
        '"worse"': own.post("extract_and_compare_n", [picture("sample_1", good), picture("samples_n", bad, "worse")]),
    }
    for named, answer in calls.items():
        assert answer.error() == (400, "BPE-003001"), named
        message = answer.json()["message"]
        assert message.startswith("Failed to retrieve the biometric template: ") and "the quality measure sharpness is" in message
        assert "at least 60 is asked for" in message and (named.startswith("verify") or named in message)
    assert own.post("verify", [picture("sample", good), reference]).status == 200
    assert ask(own, bad).status == 200, "the gates are for templates alone"


def test_a_gate_that_cannot_be_told_refuses(packs, portraits):
    own = Server(packs / "default", "--profile", "fast", "--workers", "1", "--min_quality_background_uniformity", "1")
    left, top, right, bottom = FACE
    close_up = encoded(decoded(portraits["a1"])[top:bottom, left:right])
    assert ask(own, close_up).json()["measures"]["background_uniformity"] is None
    answer = own.extract(close_up)
    assert answer.error() == (400, "BPE-003001") and "background_uniformity cannot be told" in answer.json()["message"]
    assert own.extract(portraits["b"]).status == 200
    assert own.stop() == 0


def test_without_gates_no_time_goes_to_quality(small_pack):
    stages = []
    for gate in ([], ["--min_quality_inter_eye_distance", "1"]):
        own = Server(small_pack, "--tolerate_bystanders", *gate)
        assert own.extract((small_pack / "faces.png").read_bytes(), "image/png").status == 200
        assert own.stop() == 0
        stages += [entry["ms"] for entry in map(json.loads, own.log) if entry["event"] == "request"]
    assert "quality" not in stages[0] and "quality" in stages[1]


@pytest.mark.parametrize("setting", ["min_quality_sharpness=101", "min_quality_unified_score=-1", "min_quality_beauty=1"])
def test_a_gate_must_be_one_and_in_range(packs, setting):
    done = run("serve", "--models", packs / "default", f"--{setting}")
    assert done.returncode != 0 and setting.split("=")[0] in done.stderr


def test_a_pack_without_a_mesh_measures_what_it_can(small_pack):
    own = Server(small_pack, "--tolerate_bystanders")
    answer = ask(own, (small_pack / "faces.png").read_bytes(), "image/png")
    assert answer.status == 200, answer.body
    found = answer.json()["measures"]
    missing = {name for name, measure in found.items() if measure is None} - {"background_uniformity", "no_compression_artefacts"}
    assert missing == {"head_pose_yaw", "head_pose_pitch", "head_pose_roll", "eyes_open", "mouth_closed"}
    assert list(found) == list(MEASURES)
    assert own.stop() == 0
    for gate in ("eyes_open", "head_pose_yaw", "mouth_closed"):
        done = run("serve", "--port", "0", "--models", small_pack, f"--min_quality_{gate}", "1")
        assert done.returncode == 1 and f"{gate} cannot be asked for" in done.stderr


# --- where the evaluation pictures are at hand


def seen(server: Server, files: list[Path]) -> list[dict | None]:
    def one(file: Path) -> dict | None:
        answer = ask(server, file.read_bytes())
        return answer.json() if answer.status == 200 else None

    with ThreadPoolExecutor(4) as clients:
        return list(clients.map(one, files))


def test_closed_eyes_and_open_mouths_are_told(server, evaluation):
    folder = evaluation / "verification/cfp/images"
    score = lambda name, measure: ask(server, (folder / name).read_bytes()).json()["measures"][measure]["score"]
    for name in ("154/frontal/02.jpg", "144/frontal/08.jpg", "162/frontal/01.jpg", "038/frontal/09.jpg"):
        assert score(name, "eyes_open") < 35, name
    for name in ("210/frontal/10.jpg", "036/frontal/06.jpg", "167/frontal/07.jpg", "097/frontal/01.jpg"):
        assert score(name, "mouth_closed") < 50, name
    files = sorted(folder.glob("0[0-4]?/frontal/0[1-3].jpg"))
    found = [answer["measures"] for answer in seen(server, files) if answer]
    assert len(found) > 100
    assert np.mean([m["eyes_open"]["score"] >= 50 for m in found]) > 0.93
    assert np.mean([m["mouth_closed"]["score"] >= 50 for m in found]) > 0.93


def test_frontal_and_profile_faces_are_told_apart_by_yaw(server, evaluation):
    folder = evaluation / "verification/cfp/images"
    yaw = lambda kind: np.array(
        [a["measures"]["head_pose_yaw"]["raw"] for a in seen(server, sorted(folder.glob(f"0[0-4]?/{kind}/0[12].jpg"))) if a]
    )
    frontal, profile = yaw("frontal"), yaw("profile")
    assert len(frontal) > 60 and len(profile) > 60
    assert np.mean(np.abs(frontal) < 15) > 0.95 and np.mean(np.abs(profile) > 30) > 0.9


def test_the_unified_score_predicts_errors_better_than_face_size(server, evaluation):
    folder = evaluation / "verification/cfp/images"
    files = [f for kind in ("frontal/0[1-3]", "profile/0[1-4]") for f in sorted(folder.glob(f"1[3-6]?/{kind}.jpg"))]

    def one(file: Path):
        image = file.read_bytes()
        quality, template = ask(server, image), server.extract(image)
        if quality.status != 200 or template.status != 200:
            return None
        face = server.request("POST", "/v1/face/detect", image, {"Content-Type": "image/jpeg"}).json()["faces"][0]["box"]
        return file.parts[-3], file.parts[-2], features(template.body), quality.json()["unified_score"], face["width"] * face["height"]

    with ThreadPoolExecutor(4) as clients:
        found = [answer for answer in clients.map(one, files) if answer]
    frontal, profile = ([f for f in found if f[1] == kind] for kind in ("frontal", "profile"))
    pairs = [(a[0] == b[0], float(a[2] @ b[2]), min(a[3], b[3]), min(a[4], b[4])) for a in frontal for b in profile]
    same, similarity, unified, size = map(np.array, zip(*pairs))
    threshold = np.quantile(similarity[~same], 0.99)
    missed = similarity[same] < threshold

    def after_discarding_a_fifth(quality: np.ndarray) -> float:
        order = np.argsort(quality[same], kind="stable")
        return float(missed[order][len(missed) // 5 :].mean())

    assert len(missed) > 300 and missed.mean() > 0.08
    assert after_discarding_a_fifth(unified) < 0.75 * missed.mean()
    assert after_discarding_a_fifth(unified) < 0.85 * after_discarding_a_fifth(size)
