"""Each method of the server as a value: what is sent, and how the answer is read. Both clients send them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import httpx

from . import _results as results
from ._errors import error_of
from ._form import Form, Part, parts_of
from ._values import Analysis, Bytes, bytes_of, filename_of, picture_type

T = TypeVar("T")
FACE = "/v1/face/"
PATTERN = "/v1/face/pattern/"
LIVENESS = "/v1/face/liveness/"


@dataclass(frozen=True)
class Call(Generic[T]):
    verb: str
    path: str
    read: Callable[[httpx.Response], T]
    body: bytes | Form = field(default=b"", repr=False)
    content_type: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Type": self.content_type} if self.content_type else {}

    def result(self, answer: httpx.Response) -> T:
        """What the answer gives; raises what it means where it is no success."""
        if not answer.is_success:
            raise error_of(answer)
        return self.read(answer)


def version() -> Call[results.Version]:
    return Call("GET", "/version", lambda answer: results.version(answer.json()))


def health(group: str) -> Call[results.Health]:
    return Call("GET", group + "health", lambda answer: _health(answer.json()))


def quality(picture: Bytes) -> Call[results.Quality]:
    body = bytes_of(picture)
    return Call("POST", FACE + "quality", lambda answer: results.quality(answer.json()), body, picture_type(body))


def detect_faces(picture: Bytes) -> Call[results.Detection]:
    body = bytes_of(picture)
    return Call("POST", FACE + "detect", lambda answer: results.detection(answer.json()), body, picture_type(body))


def extract(picture: Bytes) -> Call[bytes]:
    body = bytes_of(picture)
    return Call("POST", PATTERN + "extract", lambda answer: answer.content, body, picture_type(body))


def compare(feature: Bytes, template: Bytes, explain: bool) -> Call[results.Comparison]:
    parts = [_template("bio_feature", feature), _template("bio_template", template)]
    return _form(PATTERN + "compare" + _query(explain), parts, lambda answer: results.comparison(answer.json()))


def verify(picture: Bytes, template: Bytes, explain: bool) -> Call[results.Verification]:
    parts = [_picture("sample", picture), _template("bio_template", template)]
    return _form(PATTERN + "verify" + _query(explain), parts, _verification)


def extract_and_compare(first: Bytes, second: Bytes, explain: bool) -> Call[results.Comparison]:
    parts = [_picture("sample_1", first), _picture("sample_2", second)]
    path = PATTERN + "extract_and_compare" + _query(explain)
    return _form(path, parts, lambda answer: results.comparison(answer.json()))


def compare_n(template: Bytes, references: Iterable[tuple[str, Bytes]]) -> Call[list[results.Candidate]]:
    many = [_template("templates_n", reference, name) for name, reference in references]
    return _form(PATTERN + "compare_n", [_template("template_1", template), *many], _candidates)


def verify_n(picture: Bytes, references: Iterable[tuple[str, Bytes]]) -> Call[list[results.Candidate]]:
    many = [_template("templates_n", reference, name) for name, reference in references]
    return _form(PATTERN + "verify_n", [_picture("sample_1", picture), *many], _candidates)


def extract_and_compare_n(picture: Bytes, references: Iterable[tuple[str, Bytes]]) -> Call[list[results.Candidate]]:
    many = [_picture("samples_n", reference, name) for name, reference in references]
    return _form(PATTERN + "extract_and_compare_n", [_picture("sample_1", picture), *many], _candidates)


def detect(picture: Bytes, explain: bool) -> Call[results.Presentation]:
    body = bytes_of(picture)
    path = LIVENESS + "detect" + _query(explain)
    return Call("POST", path, lambda answer: _presentation(answer.json()), body, picture_type(body))


def detect_media(
    media: Mapping[str, Bytes], analyses: Sequence[Analysis], payload: Mapping[str, Any], explain: bool
) -> Call[results.Liveness]:
    parts = [Part(key, bytes_of(item), "application/octet-stream", filename_of(item)) for key, item in media.items()]
    asked = {**payload, "analyses": [analysis.as_json() for analysis in analyses]}
    parts.append(Part("payload", json.dumps(asked).encode(), "application/json"))
    return _form(LIVENESS + "detect" + _query(explain), parts, lambda answer: results.liveness(answer.json()))


def _query(explain: bool) -> str:
    return "?explain=1" if explain else ""


def _form(path: str, parts: list[Part], read: Callable[[httpx.Response], T]) -> Call[T]:
    form = Form(parts)
    return Call("POST", path, read, form, form.content_type)


def _picture(name: str, picture: Bytes, filename: str | None = None) -> Part:
    body = bytes_of(picture)
    return Part(name, body, picture_type(body), filename)


def _template(name: str, template: Bytes, filename: str | None = None) -> Part:
    return Part(name, bytes_of(template), "application/octet-stream", filename)


def _health(body: dict[str, Any]) -> results.Health:
    return results.Health(body["status"] == 0, body["message"])


def _presentation(body: dict[str, Any]) -> results.Presentation:
    return results.Presentation(body["passed"], body["score"], body.get("explain"))


def _candidates(answer: httpx.Response) -> list[results.Candidate]:
    return results.candidates(answer.json())


def _verification(answer: httpx.Response) -> results.Verification:
    parts = parts_of(answer)
    score = json.loads(parts["score"])
    return results.Verification(score["score"], parts["bio_feature"], score.get("explain"))
