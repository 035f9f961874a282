"""?explain=1: what led to an answer, behind the answer as it is without it; gestures that a medium's tags name."""

import json
import math

import cv2
import gestures
import media
import pytest
from conftest import decoded
from faceward_client import LIVENESS, PATTERN, Answer, Part, Server, arguments, form, picture, run


def ask(server: Server, path: str, parts: list[Part], query: str = "?explain=1") -> Answer:
    body, kind = form(parts)
    return server.request("POST", path + query, body, {"Content-Type": kind})


def without_explanation(answer: dict) -> dict:
    """The answer, whose last member is the explanation."""
    assert list(answer)[-1] == "explain"
    return {name: value for name, value in answer.items() if name != "explain"}


def folder(server: Server, clip: bytes, *tags: str, query: str = "?explain=1") -> dict:
    payload = json.dumps({"media:tags": {"clip": tags}}).encode()
    parts = [Part("clip", clip, "video/mp4"), Part("payload", payload, "application/json")]
    answer = ask(server, LIVENESS + "detect", parts, query)
    assert answer.status == 200, answer.body
    return answer.json()


def test_templates(server, templates):
    parts = arguments("compare", b"", templates["a1"])
    parts[1] = Part("bio_template", templates["b"])
    plain = ask(server, PATTERN + "compare", parts, "").json()
    answer = ask(server, PATTERN + "compare", parts).json()
    assert without_explanation(answer) == plain
    explained = answer["explain"]
    assert list(explained) == ["similarity", "approve_threshold", "decline_threshold", "false_match_rate",
                               "false_match_rate_below", "measured_on", "quality"]  # fmt: skip
    assert explained["approve_threshold"] == 0.85 and explained["decline_threshold"] == 0.5
    assert explained["quality"] is None
    assert 1e-2 < explained["false_match_rate"] <= 1 and explained["false_match_rate_below"] is None


def test_a_score_that_no_pair_of_strangers_reached(server, templates):
    explained = ask(server, PATTERN + "compare", arguments("compare", b"", templates["a1"])).json()["explain"]
    assert explained["similarity"] == pytest.approx(1, abs=1e-4)
    assert explained["false_match_rate"] is None and 0 < explained["false_match_rate_below"] <= 1e-4


def test_rates_fall_as_scores_rise(server, portraits, templates):
    def one(name: str) -> tuple[float, float]:
        parts = [picture("sample", portraits["a1"]), Part("bio_template", templates[name])]
        score = json.loads(ask(server, PATTERN + "verify", parts).form_parts()["score"][1])
        explained = score["explain"]
        return score["score"], explained["false_match_rate"] or explained["false_match_rate_below"]

    found = sorted(one(name) for name in ("a2", "b"))
    assert found[0][0] < found[1][0] and found[0][1] > found[1][1]


def test_pictures_and_their_quality(server, portraits):
    parts = [picture("sample_1", portraits["a1"]), picture("sample_2", portraits["b"])]
    plain = ask(server, PATTERN + "extract_and_compare", parts, "").json()
    answer = ask(server, PATTERN + "extract_and_compare", parts).json()
    assert without_explanation(answer) == plain
    alone = [
        server.request("POST", "/v1/face/quality", portraits[name], {"Content-Type": "image/jpeg"}).json()
        for name in ("a1", "b")
    ]
    assert answer["explain"]["quality"] == alone


def test_only_one_and_zero_are_answers(server, templates, faces):
    parts = arguments("compare", b"", templates["a1"])
    for query in ("?explain=2", "?explain=", "?explain=1&explain=1"):
        assert ask(server, PATTERN + "compare", parts, query).error() == (400, "BPE-002006")
    assert "explain" not in ask(server, PATTERN + "compare", parts, "?explain=0").json()
    refused = server.request("POST", LIVENESS + "detect?explain=yes", media.jpeg(faces["obama"]), {"Content-Type": "image/jpeg"})
    assert refused.error() == (400, "LDE-002006")


def test_a_picture_judged(server, faces):
    sample = media.jpeg(faces["obama"])
    answer = server.request("POST", LIVENESS + "detect?explain=1", sample, {"Content-Type": "image/jpeg"}).json()
    assert without_explanation(answer) == server.detect_picture(sample).json()
    explained = answer["explain"]
    assert 1 / (1 + math.exp(-explained["log_odds"])) == pytest.approx(answer["score"], abs=1e-3)
    assert explained["stillness"] is None and explained["gestures"] is None
    [frame] = explained["frames"]
    assert (frame["number"], frame["time"], frame["usable"], frame["reason"]) == (1, 0, True, None)
    assert frame["networks"] == [network["log_odds"] for network in explained["networks"]]
    names = {model["name"] for model in server.request("GET", "/version").json()["models"]}
    assert all(network["name"].rsplit(" ", 1)[0] in names for network in explained["networks"])


def test_a_clip_judged(server, clip):
    answer = folder(server, clip, "video_selfie")
    [explained] = answer["explain"]["media"]
    assert explained["media_id"] == answer["media"][0]["media_id"]
    assert explained["gestures"] is None and explained["stillness"]["weight"] > 0
    assert 0 <= explained["stillness"]["added"] < 1
    usable = [frame for frame in explained["frames"] if frame["usable"]]
    assert len(explained["frames"]) == 10 and len(usable) >= 3
    times = [frame["time"] for frame in explained["frames"]]
    assert times == sorted(set(times)) and times[-1] < 2
    for place, network in enumerate(explained["networks"]):
        mean = sum(frame["networks"][place] for frame in usable) / len(usable)
        assert network["log_odds"] == pytest.approx(mean, abs=2e-3)
    attack = answer["analyses"][0]["results_media"][0]["results_data"]["confidence_spoofing"]
    assert 1 / (1 + math.exp(-explained["log_odds"])) == pytest.approx(attack, abs=1e-3)


def test_what_is_told_of_gestures_changes_nothing(server, clip):
    plain, told = (folder(server, clip, "video_selfie_eyes", query=query) for query in ("", "?explain=1"))
    probabilities = [a["analyses"][0]["results_media"][0]["results_data"]["confidence_spoofing"] for a in (plain, told)]
    assert probabilities[0] == probabilities[1] and len(told["explain"]["media"][0]["frames"]) == 10


def test_a_frame_that_is_not_usable_says_why(server, sway, nobody, workshop):
    empty = cv2.resize(decoded(nobody), sway[0].shape[1::-1])
    mixed = media.video(workshop / "mixed.mp4", [*sway[:30], *[empty] * 20], *media.H264)
    frames = folder(server, mixed)["explain"]["media"][0]["frames"]
    unusable = [frame for frame in frames if not frame["usable"]]
    assert unusable and all(frame["reason"] == "there is no face" for frame in unusable)
    assert all(frame["log_odds"] is None and frame["networks"] is None for frame in unusable)


def test_a_part_that_decides_is_named(server, evaluation):
    """Three frames of a person, then nine of a print of theirs, which no network tells from a person."""
    clips = evaluation / "pad/replay_attack/sequences"
    live, attack = (sorted((clips / name).iterdir()) for name in (
        "real_client017_session01_webcam_authenticate_adverse_1", "fixed__attack_print_client017_session01_highdef_photo_controlled"))
    frames = {f"frame_{20 * i:05}.jpg": file.read_bytes() for i, file in enumerate(live[:3] + attack[3:])}
    answer = folder(server, media.zipped(frames))
    [explained], [analysis] = answer["explain"]["media"], answer["analyses"]
    part = explained["part"]
    assert part["from"] == 2.4 and part["to"] == 8.8 and part["log_odds"] > explained["log_odds"] > 0
    [told] = analysis["technical_meta_data"].values()
    assert analysis["resolution"] == "DECLINED" and told["reason"] == "from 2.4 to 8.8 s it looks like an attack"


def test_a_photograph_makes_no_gesture(server, clip, faces):
    words = ["eyes", "smile", "left"]
    assert gestures.made_in(server, clip, words) == dict.fromkeys(words, False)
    assert gestures.made_in(server, media.jpeg(faces["obama"]), ["high"]) == {"high": False}


@pytest.fixture(scope="module")
def requiring(packs):
    """A server that looks at as many frames as gestures take, and declines for nothing else."""
    running = Server(packs / "default", "--require_gestures", "--liveness_threshold", "1")
    yield running
    assert running.stop() == 0


def test_a_gesture_that_is_required_and_not_made_declines(requiring, clip):
    for query in ("", "?explain=1"):
        answer = folder(requiring, clip, "video_selfie_eyes", query=query)
        assert answer["system_resolution"] == "DECLINED"
        [analysis] = answer["analyses"]
        assert analysis["resolution"] == "DECLINED"
        assert analysis["technical_meta_data"] == {"clip": {"reason": "the gesture that was asked for was not made: eyes"}}
    assert folder(requiring, clip, "video_selfie", query="")["system_resolution"] == "SUCCESS"


def test_gestures_cannot_be_required_of_a_pack_that_cannot_tell(small_pack):
    done = run("serve", "--models", small_pack, "--require_gestures", "--port", "0")
    assert done.returncode == 1 and "gestures cannot be asked for" in done.stderr


TURNING = "v36_bonafide_ZubairCracksCode.mov"


def test_gestures_of_people(requiring, evaluation):
    clips = evaluation / "pad" / "videos"
    smiling = gestures.made_in(requiring, (clips / TURNING).read_bytes(), ["smile", "right"])
    assert smiling == {"smile": True, "right": True}
    without_blinks = [word for word in gestures.WORDS if word != "eyes"]
    for still in ("v21_bonafide_td_sv.mp4", "v23_bonafide_td_sv.mp4"):
        assert not any(gestures.made_in(requiring, (clips / still).read_bytes(), without_blinks).values()), still


def test_a_mirror_swaps_left_and_right(requiring, evaluation, workshop):
    source = evaluation / "pad" / "videos" / TURNING
    turned = {}
    for name, way in (("as it is", "null"), ("mirrored", "hflip")):
        target = workshop / f"turn_{way}.mp4"
        media.ffmpeg("-ss", "6.5", "-t", "2.5", "-i", source, "-an", "-vf", way, target)
        found = gestures.made_in(requiring, target.read_bytes(), ["left", "right"])
        turned[name] = found["left"], found["right"]
    assert turned["as it is"] == tuple(reversed(turned["mirrored"])) and any(turned["as it is"])
    assert not all(turned["as it is"])
