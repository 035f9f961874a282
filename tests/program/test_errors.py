"""Each error code of the contract, on each method that can give it."""

import base64
import struct
import zlib

import pytest
from faceward_client import PATTERN, Part, Server, arguments, form, is_picture, picture

POSTS = ["extract", "compare", "verify", "extract_and_compare", "compare_n", "verify_n", "extract_and_compare_n"]
FORMS = POSTS[1:]


@pytest.fixture
def good(server, portraits, templates):
    return lambda method: arguments(method, portraits["a1"], templates["a1"])


@pytest.mark.parametrize("verb", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("method", POSTS)
def test_another_verb(server, method, verb):
    assert server.request(verb, PATTERN + method, b"a body").error() == (400, "BPE-002002")


@pytest.mark.parametrize("path", ["/version", PATTERN + "health"])
def test_posting_to_what_is_read(server, path):
    assert server.request("POST", path, b"a body").error() == (400, "BPE-002002")


def test_head_is_another_verb_too(server):
    answer = server.request("HEAD", PATTERN + "health")
    assert (answer.status, answer.body) == (400, b"")


def test_liveness_has_codes_of_its_own(server):
    assert server.request("POST", "/v1/face/liveness/health").error() == (400, "LDE-002002")
    assert server.request("GET", "/v1/face/liveness/detect").error() == (400, "LDE-002002")
    assert server.request("GET", "/v1/face/liveness/other").error() == (400, "LDE-002006")


@pytest.mark.parametrize("path", ["health/health", "extract/", "nothing", ""])
def test_an_unknown_path_under_the_group(server, path):
    assert server.request("GET", PATTERN + path).error() == (400, "BPE-002006")


@pytest.mark.parametrize("path", ["/", "/v1/face/other", "/v2/face/pattern/health", "/versions", "/v1/face/patterns"])
def test_an_unknown_path_elsewhere(server, path):
    assert server.request("GET", path).error() == (404, "SRV-404")


@pytest.mark.parametrize("kind", [None, "", "text/plain", "image/gif", "application/octet-stream", "multipart/form-data"])
def test_extract_takes_pictures_only(server, portraits, kind):
    assert server.extract(portraits["a1"], kind).error() == (400, "BPE-002001")


@pytest.mark.parametrize("method", FORMS)
@pytest.mark.parametrize("kind", [None, "image/jpeg", "multipart/form-data", "multipart/mixed; boundary=x", "multipart/form-data; boundary="])
def test_the_other_methods_take_forms_only(server, good, method, kind):
    body, _ = form(good(method))
    headers = {} if kind is None else {"Content-Type": kind}
    assert server.request("POST", PATTERN + method, body, headers).error() == (400, "BPE-002001")


@pytest.mark.parametrize("method", FORMS)
def test_a_body_that_does_not_follow_the_boundary(server, good, method):
    body, kind = form(good(method))
    for broken in (b"", b"garbage", body[:-10], body.replace(b"--\r\n", b"")):
        assert server.request("POST", PATTERN + method, broken, {"Content-Type": kind}).error() == (400, "BPE-002006")


@pytest.mark.parametrize("method", FORMS)
def test_each_part_of_a_wrong_type_missing_doubled_or_unreadable(server, good, method):
    for index, part in enumerate(good(method)):
        unreadable = (400, "BPE-002003") if is_picture(part) else (400, "BPE-002004")

        def answer(*instead: Part):
            parts = good(method)
            return server.post(method, [*parts[:index], *instead, *parts[index + 1 :]])

        wrong_type = "application/octet-stream" if is_picture(part) else "image/jpeg"
        changed = lambda **fields: Part(**{**vars(part), **fields})
        assert answer(changed(content_type=wrong_type)).error() == (400, "BPE-002005")
        assert answer(changed(content_type="text/plain; charset=utf-8")).error() == (400, "BPE-002005")
        assert answer(changed(content_type=None)).status == 200
        assert answer(changed(content_type="")).status == 200
        assert answer().error() == unreadable
        assert answer(changed(body=b"")).error() == unreadable
        assert answer(changed(body=b"\0\0\0\0")).error() == unreadable
        assert answer(changed(body=part.body[: len(part.body) // 2])).error() == unreadable
        assert answer(changed(body=base64.b64encode(part.body))).error() == unreadable
        spaced = base64.b64encode(part.body)[:40] + b" " + base64.b64encode(part.body)[40:]
        assert answer(changed(body=spaced, headers={"Content-Transfer-Encoding": "base64"})).error() == unreadable
        if part.name.endswith("_n"):
            assert answer(changed(filename=None)).error() == (400, "BPE-002006")
            second_bad = answer(part, changed(body=b"no", filename="bad.one"))
            assert second_bad.error() == unreadable
            assert "bad.one" in second_bad.json()["message"]
        else:
            assert answer(part, part).error() == (400, "BPE-002006")


def test_a_type_header_as_the_published_page_prints_it_is_an_unknown_header(server, templates):
    part = Part("bio_feature", templates["a1"], None, headers={"Content_type": "application/octet-stream"})
    assert server.post("compare", [part, Part("bio_template", templates["a1"])]).json()["score"] == 1.0


@pytest.mark.parametrize("body", [b"", b"GIF89a", b"\xff\xd8\xff\xe0", b"RIFF....WAVE", b"\x89PNG\r\n\x1a\n"])
def test_bytes_that_are_no_picture(server, body):
    assert server.extract(body).error() == (400, "BPE-002003")


def test_a_header_that_claims_a_giant_picture(server):
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 65500, 65500, 8, 2, 0, 0, 0))
    bomb += chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    answer = server.extract(bomb, "image/png")
    assert answer.error() == (400, "BPE-002003")
    assert "65500" in answer.json()["message"]


def test_no_face_and_several_people(server, portraits, nobody, two_people):
    assert server.extract(nobody).json() == {"code": "BPE-003002", "message": "The biometric sample is missing face"}
    assert server.extract(two_people).error() == (400, "BPE-003003")
    answer = server.post("extract_and_compare", [picture("sample_1", portraits["a1"]), picture("sample_2", nobody)])
    assert answer.error() == (400, "BPE-003002")
    assert answer.json()["message"] == "The biometric sample is missing face: sample_2"


def test_each_way_in_which_a_template_is_not_one_is_told_apart(server, templates):
    whole = templates["a1"]
    other_maker = whole[:8] + bytes(16) + whole[24:-4]
    other_maker += struct.pack("<I", zlib.crc32(other_maker))
    cases = {
        b"": "empty",
        b"\0\0\0\0": "not a template",
        whole[:-100]: "truncated",
        whole[:-1] + bytes([whole[-1] ^ 1]): "checksum",
        other_maker: "made by",
    }
    for body, reason in cases.items():
        answer = server.post("compare", [Part("bio_feature", body), Part("bio_template", whole)])
        assert answer.error() == (400, "BPE-002004")
        assert reason in answer.json()["message"], answer.json()


def test_templates_of_the_profiles_do_not_mix(packs, templates, portraits):
    fast = Server(packs / "default", "--profile", "fast", "--workers", "1")
    try:
        made = fast.extract(portraits["a1"])
        assert made.status == 200
        mixed = fast.post("compare", [Part("bio_feature", made.body), Part("bio_template", templates["a1"])])
        assert mixed.error() == (400, "BPE-002004")
        assert "default/balanced" in mixed.json()["message"] and "default/fast" in mixed.json()["message"]
    finally:
        assert fast.stop() == 0
