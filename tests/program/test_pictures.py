"""Faces that are hard to find, pictures of several people, and the sets of evaluation pictures where they are here."""

import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
from conftest import decoded, encoded
from faceward_client import Part, Server

NAMES = ["a1", "a2", "b"]


def score(server: Server, first: bytes, second: bytes) -> float:
    return server.post("compare", [Part("bio_feature", first), Part("bio_template", second)]).json()["score"]


# Where the faces are: left, top, right, bottom.
FACES = {"a1": (373, 84, 612, 410), "a2": (207, 230, 471, 633), "b": (423, 175, 725, 563)}


def close_up(pixels, face: tuple[int, int, int, int]):
    left, top, right, bottom = face
    return pixels[top:bottom, left:right]


def shrunk(pixels, factor: float):
    return cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def sized(portraits, name: str, height: int):
    """The portrait, so small that the face is that high."""
    _, top, _, bottom = FACES[name]
    return shrunk(decoded(portraits[name]), height / (bottom - top))


VARIANTS = {
    "close_up": close_up,
    "half": lambda pixels, _: shrunk(pixels, 0.5),
    "dark": lambda pixels, _: (pixels * 0.15).astype(np.uint8),
    "over_exposed": lambda pixels, _: np.clip(pixels * 1.6 + 40.0, 0, 255).astype(np.uint8),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_variant_is_the_same_face(server, portraits, templates, name, variant):
    answer = server.extract(encoded(VARIANTS[variant](decoded(portraits[name]), FACES[name])))
    assert answer.status == 200, answer.body
    assert score(server, answer.body, templates[name]) >= 0.95


@pytest.mark.parametrize("name", NAMES)
def test_a_face_of_sixty_pixels_in_twelve_megapixels_is_found(server, portraits, templates, name):
    random = np.random.default_rng(3)
    scene = cv2.resize(random.integers(60, 180, (75, 100, 3), np.uint8), (4000, 3000), interpolation=cv2.INTER_CUBIC)
    small = sized(portraits, name, 60)
    scene[1500 : 1500 + small.shape[0], 2900 : 2900 + small.shape[1]] = small
    answer = server.extract(encoded(scene))
    assert answer.status == 200, answer.body
    assert score(server, answer.body, templates[name]) >= 0.9


def test_a_face_too_small_for_a_template_says_so(server, portraits):
    answer = server.extract(encoded(sized(portraits, "a1", 12)))
    assert answer.error() == (400, "BPE-003001")


def test_bystanders_can_be_tolerated(packs, server, two_people, templates):
    assert server.extract(two_people).error() == (400, "BPE-003003")
    own = Server(packs / "default", "--workers", "1", "--tolerate_bystanders")
    answer = own.extract(two_people)
    assert answer.status == 200
    scores = [score(own, answer.body, templates[name]) for name in ("a1", "b")]
    assert max(scores) >= 0.95 and min(scores) < 0.5
    assert own.stop() == 0


def test_the_strict_pack_serves(packs, portraits, nobody, two_people, templates):
    own = Server(packs / "strict", "--workers", "1")
    made = {name: own.extract(image).body for name, image in portraits.items()}
    assert score(own, made["a1"], made["a1"]) == 1.0
    assert score(own, made["a1"], made["a2"]) >= 0.85
    assert score(own, made["a1"], made["b"]) < 0.5
    assert own.extract(nobody).error() == (400, "BPE-003002")
    assert own.extract(two_people).error() == (400, "BPE-003003")
    mixed = own.post("compare", [Part("bio_feature", made["a1"]), Part("bio_template", templates["a1"])])
    assert mixed.error() == (400, "BPE-002004")
    assert own.stop() == 0


def test_templates_of_two_kinds_of_cpu_compare_alike(packs, server, portraits, templates):
    own = Server(packs / "default", "--workers", "1", "--compiled_cache", "off", ONEDNN_MAX_CPU_ISA="AVX2")
    made = {name: own.extract(image).body for name, image in portraits.items()}
    for name in NAMES:
        assert score(server, made[name], templates[name]) >= 0.99
        for other in NAMES:
            there = score(server, made[name], made[other])
            assert abs(score(server, templates[name], templates[other]) - there) <= 0.01
    assert own.stop() == 0


def test_group_pictures_are_refused(server, evaluation):
    folder = evaluation / "media" / "faces_dlib"
    alone = {"Tom_Cruise_avp_2014_4.jpg": 200, "dogs.jpg": (400, "BPE-003002")}
    for file in sorted(folder.glob("*.jpg")):
        answer = server.extract(file.read_bytes())
        found = 200 if answer.status == 200 else answer.error()
        assert found == alone.get(file.name, (400, "BPE-003003")), file.name


def test_pictures_without_a_face_are_refused(server, evaluation):
    names = (evaluation / "media" / "no_face.txt").read_text().split()
    codes = [server.extract((evaluation / "media" / name).read_bytes()).error()[1] for name in names]
    assert set(codes) == {"BPE-003002"}


def test_a_few_hundred_pairs_are_told_apart(server, evaluation):
    folder = evaluation / "verification" / "cfp"
    with (folder / "pairs_frontal_frontal.csv").open() as opened:
        mated_pairs = [(pair["path_a"], pair["path_b"]) for pair in csv.DictReader(opened) if pair["same"] == "1"][::3]
    nonmated_pairs = [(a, b) for (a, _), (_, b) in zip(mated_pairs, mated_pairs[10:]) if Path(a).parts[1] != Path(b).parts[1]]
    files = sorted({file for pair in mated_pairs for file in pair})
    with ThreadPoolExecutor(4) as clients:
        made = dict(zip(files, clients.map(lambda file: server.extract((folder / file).read_bytes()), files), strict=True))

    def scores(pairs: list[tuple[str, str]]) -> np.ndarray:
        """Zero where a picture gives no template."""
        answers = [[made[file] for file in pair] for pair in pairs]
        return np.array([score(server, a.body, b.body) if a.status == b.status == 200 else 0.0 for a, b in answers])

    mated, nonmated = scores(mated_pairs), scores(nonmated_pairs)
    assert len(mated) > 300 and len(nonmated) > 300
    assert np.mean(mated >= 0.85) >= 0.93 and np.mean(mated >= 0.5) >= 0.97
    assert np.mean(nonmated >= 0.85) == 0 and np.mean(nonmated >= 0.5) <= 0.02
