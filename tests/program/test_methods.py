"""Every biometry method on real photographs, as the published protocol answers it."""

import base64
import json
import re

import pytest
from faceward_client import PATTERN, Part, picture

SCORE = re.compile(rb"(0\.0|1\.0|0\.\d*[1-9])")


def template(name: str, body: bytes, filename: str | None = None) -> Part:
    return Part(name, body, filename=filename)


def test_version_names_the_software_the_engine_and_the_models(server):
    answer = server.request("GET", "/version").json()
    assert list(answer) == ["core", "tfss", "models"]
    assert answer["tfss"].startswith("OpenVINO ")
    assert {"name": "YuNet", "version": "2023mar"} in answer["models"]
    assert {"name": "MiniFASNetV2", "version": "2.7_80x80"} in answer["models"]
    assert len(answer["models"]) == 9


def test_health_is_ready(server):
    answer = server.request("GET", PATTERN + "health")
    assert (answer.status, answer.body) == (200, b'{"status": 0, "message": ""}')


def test_extract_gives_a_small_opaque_template(server, portraits):
    answer = server.extract(portraits["a1"])
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.body[:4] == b"FWFT" and len(answer.body) <= 1536
    assert server.extract(portraits["a1"]).body == answer.body


def test_the_label_of_a_picture_does_not_matter_its_bytes_do(server, portraits):
    jpeg = server.extract(portraits["a1"], "image/jpeg").body
    for label in ("image/png", "image/jpg", "IMAGE/JPEG; charset=binary"):
        assert server.extract(portraits["a1"], label).body == jpeg


def test_a_template_equals_itself_exactly(server, templates):
    answer = server.post("compare", [template("bio_feature", templates["a1"]), template("bio_template", templates["a1"])])
    assert answer.body == b'{"score": 1.0, "decision": "approved"}'


@pytest.mark.parametrize(("first", "second", "decision"), [("a1", "a2", "approved"), ("a1", "b", "declined")])
def test_compare_tells_people_apart_and_is_symmetric(server, templates, first, second, decision):
    there = server.post("compare", [template("bio_feature", templates[first]), template("bio_template", templates[second])])
    back = server.post("compare", [template("bio_template", templates[first]), template("bio_feature", templates[second])])
    assert there.body == back.body
    assert list(there.json()) == ["score", "decision"]
    assert there.json()["decision"] == decision
    assert SCORE.fullmatch(re.search(rb'"score": ([^,]+),', there.body)[1])


def test_verify_answers_a_form_that_parsers_read(server, portraits, templates):
    answer = server.post("verify", [template("bio_template", templates["a1"]), picture("sample", portraits["a2"])])
    assert answer.status == 200
    parts = answer.form_parts()
    assert list(parts) == ["score", "bio_feature"]
    kind, body = parts["score"]
    assert kind == "application/json" and list(json.loads(body)) == ["score"]
    assert parts["bio_feature"] == ("application/octet-stream", templates["a2"])
    compared = server.post("compare", [template("bio_feature", templates["a2"]), template("bio_template", templates["a1"])])
    assert json.loads(body)["score"] == compared.json()["score"]


def test_extract_and_compare_gives_what_its_parts_give(server, portraits, templates):
    answer = server.post("extract_and_compare", [picture("sample_1", portraits["a1"]), picture("sample_2", portraits["b"])])
    compared = server.post("compare", [template("bio_feature", templates["a1"]), template("bio_template", templates["b"])])
    assert answer.body == compared.body


def test_one_to_many_methods_agree_and_keep_the_order(server, portraits, templates):
    order = [("x.template", "b"), ("same", "a1"), ("x.template", "a2"), ('ünï \\"q', "b")]
    references = [template("templates_n", templates[key], name) for name, key in order]
    compared = server.post("compare_n", [template("template_1", templates["a1"]), *references])
    assert [list(row) for row in compared.json()["results"]] == [["filename", "score", "decision"]] * 4
    assert [row["filename"] for row in compared.json()["results"]] == ["x.template", "same", "x.template", 'ünï "q']
    assert [row["decision"] for row in compared.json()["results"]] == ["declined", "approved", "approved", "declined"]
    assert compared.json()["results"][1]["score"] == 1.0

    verified = server.post("verify_n", [picture("sample_1", portraits["a1"]), *references])
    assert verified.body == compared.body

    samples = [picture("samples_n", portraits[key], name) for name, key in order]
    extracted = server.post("extract_and_compare_n", [picture("sample_1", portraits["a1"]), *samples])
    assert extracted.body == compared.body


def test_ten_thousand_templates_in_one_request(server, templates):
    references = [template("templates_n", templates["b" if i % 2 else "a2"], f"{i}") for i in range(10_000)]
    results = server.post("compare_n", [template("template_1", templates["a1"]), *references]).json()["results"]
    assert [row["filename"] for row in results] == [str(i) for i in range(10_000)]
    assert {row["decision"] for row in results[::2]} == {"approved"}
    assert {row["decision"] for row in results[1::2]} == {"declined"}


def folded(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def test_base64_on_the_request_means_every_part_and_the_answer(server, portraits, templates):
    b64 = {"Content_Transfer_Encoding": "base64"}
    extracted = server.extract(folded(portraits["a1"]), **b64)
    assert base64.b64decode(extracted.body, validate=True) == templates["a1"]
    assert extracted.headers["Content-Transfer-Encoding"] == "base64"

    compared = server.post(
        "compare", [template("bio_feature", folded(templates["a1"])), template("bio_template", folded(templates["a2"]))], **b64
    )
    assert compared.json()["decision"] == "approved"

    verified = server.post(
        "verify", [template("bio_template", folded(templates["a1"])), picture("sample", folded(portraits["a2"]))], **b64
    )
    parts = verified.form_parts()
    assert parts["bio_feature"][1] == templates["a2"]
    assert b"base64" in verified.body and list(json.loads(parts["score"][1])) == ["score"]

    many = [template("templates_n", folded(templates["b"]), "1")]
    assert server.post("compare_n", [template("template_1", folded(templates["a1"])), *many], **b64).status == 200
    assert server.post("verify_n", [picture("sample_1", folded(portraits["a1"])), *many], **b64).status == 200
    samples = [picture("sample_1", folded(portraits["a1"])), picture("samples_n", folded(portraits["b"]), "1")]
    assert server.post("extract_and_compare_n", samples, **b64).status == 200


def test_a_body_laid_out_as_the_published_examples_is_read(server, templates):
    parts = [("bio_feature", templates["a1"]), ("bio_template", templates["a1"])]
    head = '--BOUNDARY--\r\nContent-Disposition: form-data; name="{}"\r\nContent_type: application/octet-stream\r\n\r\n'
    body = b"".join(head.format(name).encode() + content + b"\r\n" for name, content in parts) + b"--BOUNDARY--\r\n"
    kind = {"Content-Type": "multipart/form-data;\r\n boundary=--BOUNDARY--"}
    assert server.request("POST", PATTERN + "compare", body, kind).json()["score"] == 1.0
    assert server.request("POST", PATTERN + "compare", body[:-20], kind).error() == (400, "BPE-002006")


def test_base64_on_one_part_means_that_part(server, templates):
    coded = Part("bio_feature", folded(templates["a1"]), headers={"content-transfer-encoding": "BASE64"})
    answer = server.post("compare", [coded, template("bio_template", templates["a1"])])
    assert answer.json()["score"] == 1.0


def test_the_clients_request_id_comes_back_and_a_wild_one_does_not(server):
    assert server.request("GET", "/version", headers={"x-request-id": "abc-1"}).headers["X-Request-ID"] == "abc-1"
    fresh = server.request("GET", "/version", headers={"X-Request-ID": "a b\tc"}).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f-]{36}", fresh)
