"""Presentation attack detection: pictures, forms, payloads, the published answer."""

import base64
import hashlib
import re
import uuid

import cv2
import media
import numpy as np
import pytest
from conftest import decoded, encoded
from faceward_client import LIVENESS, Part, Server, run

KEYS = {
    "folder": "company_id time_created folder_id user_id resolution_endpoint resolution_status resolution_comment "
    "system_resolution resolution_time resolution_author_id resolution_state_hash operator_comment operator_status "
    "is_cleared meta_data technical_meta_data time_updated media analyses",
    "media": "folder_id media_id media_type info tags original_name original_url company_id technical_meta_data "
    "time_created time_updated meta_data thumb_url folder_time_created",
    "analysis": "analyse_id analysis_id folder_id folder_time_created type state company_id group_id results_data confs "
    "error_message error_code resolution_operator technical_meta_data time_created time_updated meta_data source_media "
    "results_media resolution_status resolution",
    "confs": "threshold_replay extract_best_shot threshold_liveness threshold_spoofing",
    "result": "company_id media_association_id analysis_id results_data source_media_id output_images collection_persons "
    "folder_time_created",
    "shot": "folder_id media_id media_type info tags original_name original_url company_id technical_meta_data time_created "
    "time_updated meta_data folder_time_created image_b64 media_association_id",
    "video": "duration FPS width height md5 size mime-type",
    "original": "md5 width height size mime-type",
    "shots_set": "count width height md5 size mime-type",
}
NULLS = {
    "folder": "company_id user_id resolution_time resolution_author_id resolution_state_hash operator_comment "
    "operator_status is_cleared",
    "media": "original_url company_id thumb_url folder_time_created",
    "analysis": "analyse_id analysis_id folder_time_created company_id group_id results_data error_message error_code "
    "resolution_operator",
    "result": "company_id analysis_id folder_time_created",
    "shot": "original_url company_id meta_data folder_time_created",
}


def hold(part: dict, kind: str, further: list[str] = []) -> None:
    """Checks the keys of a part of the answer, their order, and which are null."""
    assert list(part) == [*KEYS[kind].split(), *further], kind
    assert [key for key in NULLS.get(kind, "").split() if part[key] is not None] == []


def is_uuid(text: str) -> bool:
    return str(uuid.UUID(text)) == text


def media_of(answer) -> list[dict]:
    assert answer.status == 200, answer.body
    return answer.json()["media"]


def spoofing(answer, index: int = 0) -> float:
    assert answer.status == 200, answer.body
    return answer.json()["analyses"][0]["results_media"][index]["results_data"]["confidence_spoofing"]


def test_health_is_ready_only_after_the_networks_told_the_samples_apart(server):
    assert server.request("GET", LIVENESS + "health").json() == {"status": 0, "message": ""}


def test_a_pack_that_takes_the_attack_for_the_genuine_is_not_healthy(packs, tmp_path, faces):
    import shutil

    pack = shutil.copytree(packs / "default", tmp_path / "pack")
    manifest = pack / "manifest.toml"
    text = manifest.read_text()
    names = re.findall(r'^(?:bona_fide|attack)(?:_sha256)? = "(.*)"$', text, re.M)
    assert len(names) == 4
    for a, b in ((names[0], names[2]), (names[1], names[3])):
        text = text.replace(a, "!").replace(b, a).replace("!", b)
    manifest.write_text(text)
    own = Server(pack, "--workers", "1")
    health = own.request("GET", LIVENESS + "health").json()
    assert health["status"] == 3 and health["message"]
    assert own.request("GET", "/v1/face/pattern/health").json()["status"] == 0
    assert own.detect_picture(media.jpeg(faces["obama"])).error() == (400, "LDE-001002")
    assert own.stop() == 0


@pytest.mark.parametrize("effort", ["standard", "thorough"])
def test_a_picture(packs, faces, effort):
    own = Server(packs / "default", "--workers", "1", "--liveness_effort", effort)
    answer = own.detect_picture(media.jpeg(faces["obama"]))
    assert re.fullmatch(rb'\{"passed": (true|false), "score": (0\.\d*[1-9]|0\.0|1\.0)\}', answer.body), answer.body
    found = answer.json()
    assert found["passed"] == (found["score"] <= 0.5)
    assert own.stop() == 0


def test_the_threshold_is_a_setting(packs, faces):
    own = Server(packs / "default", "--workers", "1", "--liveness_threshold", "0")
    assert own.detect_picture(media.jpeg(faces["obama"])).json()["passed"] is False
    assert own.stop() == 0


def test_pictures_in_all_encodings_are_judged_alike(server, faces):
    png = encoded(faces["obama"], ".png")
    plain = server.detect_picture(png, "image/png")
    assert plain.status == 200, plain.body
    assert server.detect_picture(png, "image/jpeg").body == plain.body
    assert server.detect_picture(base64.b64encode(png), "image/png", Content_Transfer_Encoding="base64").body == plain.body
    assert spoofing(server.detect([Part("a", png, "image/png")])) == plain.json()["score"]


def test_the_strict_pack_judges_too(packs, faces):
    own = Server(packs / "strict", "--workers", "1")
    assert own.request("GET", LIVENESS + "health").json()["status"] == 0
    assert own.detect_picture(media.jpeg(faces["obama"])).status == 200
    assert own.stop() == 0


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nobody", "there is no face"),
        ("two people", "more than one person"),
        ("a close-up", "too little of the scene"),
        ("far away", "too small"),
        ("cut off", "cut off"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_the_reason(server, faces, nobody, two_people, name, reason):
    face = faces["obama"]
    picture = {
        "nobody": nobody,
        "two people": two_people,
        "a close-up": media.jpeg(face[140:360, 230:420]),
        "far away": media.jpeg(cv2.resize(face, None, fx=0.35, fy=0.35, interpolation=cv2.INTER_AREA)),
        "cut off": media.jpeg(face[:, 300:]),
    }[name]
    for answer in (server.detect_picture(picture), server.detect([Part("a", picture, "image/jpeg")])):
        assert answer.error() == (400, "LDE-002004")
        message = answer.json()["message"]
        assert message.startswith("Failed to extract the biometric sample: ") and reason in message


def test_the_whole_answer_is_the_published_one(server, clip, shots, faces):
    pictures = {"selfie": media.jpeg(faces["obama"]), "clip": clip, "shots": media.zipped(shots)}
    payload = {
        "folder:meta_data": {"b": {"x": [1, None]}, "a": "ü"},
        "resolution_endpoint": "https://hooks.example.com/x",
        "media:meta_data": {"clip": {"foo": "bar"}},
        "media:tags": {"clip": ["video_selfie", "orientation_portrait"]},
        "analyses": [
            {"type": "quality", "meta_data": {"k": "v"}, "params": {"threshold_spoofing": 0.42, "extract_best_shot": True}},
            {"type": "quality"},
        ],
    }
    parts = [Part(key, content, None, f"{key}.bin" if key == "clip" else None) for key, content in pictures.items()]
    answer = server.detect(parts, payload)
    assert answer.status == 200, answer.body
    folder = answer.json()

    hold(folder, "folder")
    assert folder["meta_data"] == payload["folder:meta_data"] and list(folder["meta_data"]) == ["b", "a"]
    assert folder["resolution_endpoint"] == payload["resolution_endpoint"]
    assert (folder["resolution_status"], folder["resolution_comment"]) == ("FINISHED", "[]")
    assert folder["technical_meta_data"] == {}
    assert is_uuid(folder["folder_id"])

    kinds = [("IMAGE_FOLDER", "original", "image"), ("VIDEO_FOLDER", "video", "video"), ("SHOTS_SET_FOLDER", "shots_set", "shots_set")]
    for medium, key, (media_type, info, prefix) in zip(folder["media"], pictures, kinds, strict=True):
        hold(medium, "media", [f"{prefix}_id", f"{prefix}_url"])
        assert medium["media_type"] == media_type and medium["folder_id"] == folder["folder_id"]
        assert is_uuid(medium["media_id"]) and medium[f"{prefix}_id"] == medium["media_id"] and medium[f"{prefix}_url"] is None
        assert list(medium["info"]) == ["thumb", info] and medium["info"]["thumb"] is None
        hold(medium["info"][info], info)
        assert medium["info"][info]["md5"] == hashlib.md5(pictures[key]).hexdigest()
        assert medium["info"][info]["size"] == len(pictures[key])
        assert (medium["info"][info]["width"], medium["info"][info]["height"]) == (640, 480)
        assert folder["time_created"] <= medium["time_created"] <= medium["time_updated"] <= folder["time_updated"]
    assert [medium["original_name"] for medium in folder["media"]] == ["selfie", "clip.bin", "shots"]
    assert [medium["meta_data"] for medium in folder["media"]] == [{}, {"foo": "bar"}, {}]
    assert [medium["tags"] for medium in folder["media"]] == [
        ["orientation_landscape"], ["video_selfie", "orientation_portrait"], ["orientation_landscape"],
    ]
    assert len({folder["folder_id"], *(medium["media_id"] for medium in folder["media"])}) == 4

    for analysis, wanted in zip(folder["analyses"], payload["analyses"], strict=True):
        hold(analysis, "analysis")
        hold(analysis["confs"], "confs")
        assert (analysis["type"], analysis["state"]) == ("QUALITY", "FINISHED")
        assert analysis["source_media"] == folder["media"]
        assert analysis["meta_data"] == wanted.get("meta_data", {})
        for result, medium in zip(analysis["results_media"], folder["media"], strict=True):
            hold(result, "result")
            assert result["source_media_id"] == result["media_association_id"] == medium["media_id"]
            assert result["collection_persons"] == [] and list(result["results_data"]) == ["confidence_spoofing"]
    first, second = folder["analyses"]
    assert (first["confs"]["threshold_spoofing"], second["confs"]["threshold_spoofing"]) == (0.42, 0.5)
    assert (first["confs"]["extract_best_shot"], second["confs"]["extract_best_shot"]) == (True, False)
    assert [len(result["output_images"]) for result in first["results_media"]] == [0, 1, 1]
    assert [len(result["output_images"]) for result in second["results_media"]] == [0, 0, 0]
    for result in first["results_media"][1:]:
        shot = result["output_images"][0]
        hold(shot, "shot")
        jpeg = base64.b64decode(shot["image_b64"])
        original = shot["info"]["original"]
        hold(original, "original")
        assert shot["media_type"] == "IMAGE_RESULT_ANALYSIS_SINGLE" and shot["tags"] == []
        assert re.fullmatch(r"frame-\d+\.jpg", shot["original_name"])
        assert (original["md5"], original["size"]) == (hashlib.md5(jpeg).hexdigest(), len(jpeg))
        assert decoded(jpeg).shape == (original["height"], original["width"], 3) == (480, 640, 3)


def test_the_best_shot_is_the_frame_that_it_names(server, sway, workshop):
    archive = media.zipped({f"{i:03}.png": encoded(frame, ".png") for i, frame in enumerate(sway[::4])})
    answer = server.detect([Part("a", archive, "application/zip")], {"analyses": [{"type": "quality", "params": {"extract_best_shot": True}}]})
    shot = answer.json()["analyses"][0]["results_media"][0]["output_images"][0]
    place = int(shot["original_name"][6:-4])
    pixels = decoded(base64.b64decode(shot["image_b64"])).astype(int)
    apart = [np.abs(pixels - frame).mean() for frame in sway[::4]]
    assert int(np.argmin(apart)) + 1 == place and min(apart) < 2


def test_each_analysis_is_resolved_by_its_own_threshold(server, faces):
    image = media.jpeg(faces["obama"])
    score = server.detect_picture(image).json()["score"]
    assert 0 < score < 1
    thresholds = [0, score, 1]
    payload = {"analyses": [{"type": "quality", "params": {"threshold_spoofing": t}} for t in thresholds]}
    folder = server.detect([Part("a", image)], payload).json()
    assert [a["resolution"] for a in folder["analyses"]] == ["DECLINED", "SUCCESS", "SUCCESS"]
    assert [a["resolution_status"] for a in folder["analyses"]] == ["DECLINED", "SUCCESS", "SUCCESS"]
    assert folder["system_resolution"] == "DECLINED"
    assert server.detect([Part("a", image)], {"analyses": payload["analyses"][1:]}).json()["system_resolution"] == "SUCCESS"


def test_without_a_payload_there_is_one_analysis_with_defaults(server, faces):
    folder = server.detect([Part("a", media.jpeg(faces["obama"]))]).json()
    assert len(folder["analyses"]) == 1 and folder["resolution_endpoint"] is None and folder["meta_data"] == {}


def test_base64_is_undone_for_media_and_never_for_the_payload(server, faces):
    image = media.jpeg(faces["obama"])
    payload = {"folder:meta_data": {"a": 1}}
    plain = server.detect([Part("a", image)], payload)
    text = base64.encodebytes(image).replace(b"\n", b"\r\n")
    for answer in (
        server.detect([Part("a", text)], payload, Content_Transfer_Encoding="base64"),
        server.detect([Part("a", text, headers={"Content-Transfer-Encoding": "base64"})], payload),
    ):
        assert spoofing(answer) == spoofing(plain)
        assert media_of(answer)[0]["info"] == media_of(plain)[0]["info"] and answer.json()["meta_data"] == {"a": 1}


@pytest.mark.parametrize("kind", [None, "image/jpeg", "image/heic", "video/mp4", "application/zip", "application/x-tar",
                                  "application/octet-stream", "multipart/form-data; ", "VIDEO/MP4; codecs=avc1"])
def test_the_label_of_a_medium_does_not_matter(server, faces, kind):
    assert server.detect([Part("a", media.jpeg(faces["obama"]), kind)]).status == 200


def test_error_codes(server, faces, clip):
    image = media.jpeg(faces["obama"])
    good = Part("a", image, "image/jpeg")
    answer = server.detect_picture(image, "text/plain")
    assert answer.error() == (400, "LDE-002001")
    assert answer.json()["message"].endswith(": image/jpeg, image/png or multipart/form-data is expected")
    assert server.request("POST", LIVENESS + "detect", image).error() == (400, "LDE-002001")
    assert server.request("GET", LIVENESS + "detect").error() == (400, "LDE-002002")
    for bad in (b"", b"no picture", clip, image[: len(image) // 2]):
        assert server.detect_picture(bad).error() == (400, "LDE-002004")
    assert server.detect([Part("a", image, "text/html")]).error() == (400, "LDE-002005")
    assert server.detect([good, Part("payload", b"{}", "text/html")]).error() == (400, "LDE-002005")
    assert server.detect([], {}).error() == (400, "LDE-002004")
    assert server.detect([good, good]).error() == (400, "LDE-002006")
    assert server.detect([good], "{nonsense").error() == (400, "LDE-002006")
    assert server.detect([good, Part("payload", b"{}", "text/plain")], {}).error() == (400, "LDE-002006")
    for field in ("media:tags", "media:meta_data"):
        answer = server.detect([good], {field: {"b": [] if field == "media:tags" else {}}})
        assert answer.error() == (400, "LDE-002006") and f"{field}.b" in answer.json()["message"]
    answer = server.detect([good], {"analyses": [{"type": "biometry"}]})
    assert answer.error() == (400, "LDE-002006") and "analyses[0].type" in answer.json()["message"]
    answer = server.detect([good, Part("broken", b"what is this")])
    assert answer.error() == (400, "LDE-002004") and "broken" in answer.json()["message"]


def test_without_networks_for_it_nothing_is_judged(small_pack, faces):
    assert run("models", "check", small_pack).returncode == 0
    own = Server(small_pack)
    health = own.request("GET", LIVENESS + "health").json()
    assert health["status"] == 3 and "no networks" in health["message"]
    assert own.detect_picture(media.jpeg(faces["obama"])).error() == (400, "LDE-001002")
    assert own.stop() == 0
