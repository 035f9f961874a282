"""All faces of a picture, and the picture with them drawn."""

import json

import cv2
import numpy as np
import pytest
from conftest import decoded, encoded
from faceward_client import Server

DETECT = "/v1/face/detect"
POINTS = ["right_eye", "left_eye", "nose_tip", "right_mouth_corner", "left_mouth_corner"]


def ask(server: Server, image: bytes, query: str = ""):
    return server.request("POST", DETECT + query, image, {"Content-Type": "image/jpeg"})


def faces(server: Server, image: bytes) -> list[dict]:
    answer = ask(server, image)
    assert answer.status == 200, answer.body
    return answer.json()["faces"]


def test_a_portrait_has_one_face_with_all_that_is_known_of_it(server, portraits):
    answer = ask(server, portraits["a1"])
    found = answer.json()
    assert list(found) == ["width", "height", "faces"]
    height, width = decoded(portraits["a1"]).shape[:2]
    assert (found["width"], found["height"]) == (width, height)
    (face,) = found["faces"]
    assert list(face) == ["box", "score", "landmarks", "pose"]
    assert list(face["box"]) == ["x", "y", "width", "height"] and list(face["landmarks"]) == POINTS
    assert list(face["pose"]) == ["yaw", "pitch", "roll"] and all(abs(angle) < 5 for angle in face["pose"].values())
    assert 0.6 <= face["score"] <= 1
    box, at = face["box"], face["landmarks"]
    for x, y in at.values():
        assert box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"]
    assert at["right_eye"][0] < at["left_eye"][0] and at["right_mouth_corner"][0] < at["left_mouth_corner"][0]
    assert at["left_eye"][1] < at["nose_tip"][1] < at["left_mouth_corner"][1]


def test_the_largest_face_comes_first(server, portraits, two_people):
    sizes = [face["box"]["width"] * face["box"]["height"] for face in faces(server, two_people)]
    assert len(sizes) == 2 and sizes == sorted(sizes, reverse=True)
    pixels = decoded(two_people)
    mirrored = faces(server, encoded(pixels[:, ::-1]))
    assert [abs(f["pose"]["yaw"] + m["pose"]["yaw"]) < 3 for f, m in zip(faces(server, two_people), mirrored)] == [True, True]


def test_without_a_face_the_list_is_empty(server, nobody):
    answer = ask(server, nobody)
    assert (answer.status, answer.json()) == (200, {"width": 640, "height": 480, "faces": []})


@pytest.mark.parametrize("query", ["?draw=0", "?draw=1", "?other=x&draw=1"])
def test_the_picture_can_be_had_with_the_faces_drawn(server, portraits, query):
    answer = ask(server, portraits["a1"], query)
    assert answer.status == 200, answer.body
    if query == "?draw=0":
        assert answer.body == ask(server, portraits["a1"]).body
        return
    assert answer.headers["Content-Type"] == "image/jpeg"
    drawn, plain = decoded(answer.body).astype(int), decoded(portraits["a1"]).astype(int)
    assert drawn.shape == plain.shape
    changed = np.abs(drawn - plain).max(2) > 60
    (face,) = faces(server, portraits["a1"])
    left, top = round(face["box"]["x"]), round(face["box"]["y"])
    right, bottom = left + round(face["box"]["width"]), top + round(face["box"]["height"])
    assert changed[top + 20 : bottom - 20, left].mean() > 0.8 and changed[top, left + 20 : right - 20].mean() > 0.8
    for x, y in face["landmarks"].values():
        assert changed[round(y), round(x)]
    assert changed[bottom + 20 :].sum() == 0 and changed[:, : left - 20].sum() == 0


def test_a_picture_without_a_face_is_drawn_as_it_is(server, nobody):
    drawn = decoded(ask(server, nobody, "?draw=1").body).astype(int)
    assert np.abs(drawn - decoded(nobody)).mean() < 2


@pytest.mark.parametrize("query", ["?draw", "?draw=", "?draw=2", "?draw=true", "?draw=1&draw=1"])
def test_another_value_is_refused(server, portraits, query):
    answer = ask(server, portraits["a1"], query)
    assert answer.error() == (400, "BPE-002006") and "draw" in answer.json()["message"]


def test_a_crowd_is_bounded(server, portraits):
    """Hundreds of faces cost no more than a hundred."""
    left, top, right, bottom = 340, 60, 640, 440
    tile = cv2.resize(decoded(portraits["a1"])[top:bottom, left:right], (60, 76), interpolation=cv2.INTER_AREA)
    crowd = np.tile(tile, (15, 20, 1))
    assert 50 <= len(faces(server, encoded(crowd))) <= 100


def test_detection_notes_where_its_time_went_and_nothing_of_the_picture(packs, portraits):
    own = Server(packs / "default", "--profile", "fast", "--workers", "1")
    for query in ("", "?draw=1"):
        assert ask(own, portraits["a1"], query).status == 200
    assert own.stop() == 0
    plain, drawn = [entry for entry in map(json.loads, own.log) if entry["event"] == "request"]
    assert plain["route"] == drawn["route"] == DETECT
    assert "landmarks" in plain["ms"] and "draw" in drawn["ms"] and "draw" not in plain["ms"]


def test_the_pack_without_a_mesh_has_no_pose(packs, tmp_path, portraits):
    import re
    import shutil

    pack = shutil.copytree(packs / "default", tmp_path / "pack")
    manifest = pack / "manifest.toml"
    text = manifest.read_text()
    networks = re.split(r"(?=^\[\[network\]\])", text, flags=re.M)
    kept = [part for part in networks if not re.search(r'^id = "(face_mesh|face_blendshapes)"', part, re.M)]
    assert len(kept) == len(networks) - 2
    # the last network's part holds what follows all of them
    rest = re.search(r"^\[profile.*", networks[-1], re.M | re.S)
    text = "".join(kept) + (rest[0] if networks[-1] not in kept else "")
    text = re.sub(r'^dense_landmarks = .*\n', "", text, flags=re.M)
    text = re.sub(r"^\[liveness.stillness\]\n(.+\n)+", "", text, flags=re.M)
    manifest.write_text(text)
    own = Server(pack, "--workers", "1")
    assert faces(own, portraits["a1"])[0]["pose"] is None
    assert own.stop() == 0


def test_group_pictures_have_their_people(server, evaluation):
    import xml.etree.ElementTree as ElementTree

    folder = evaluation / "media/faces_dlib"
    found, labelled, hit = 0, 0, 0
    for image in ElementTree.parse(folder / "testing.xml").getroot().iter("image"):
        known = [{key: int(box.get(key)) for key in ("left", "top", "width", "height")} for box in image.iter("box") if box.get("ignore") != "1"]
        boxes = [face["box"] for face in faces(server, (folder / image.get("file")).read_bytes())]
        centres = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
        found, labelled = found + len(boxes), labelled + len(known)
        hit += sum(
            any(k["left"] < x < k["left"] + k["width"] and k["top"] < y < k["top"] + k["height"] for x, y in centres) for k in known
        )
    assert labelled >= 15 and hit >= 0.9 * labelled and found <= 1.2 * labelled
