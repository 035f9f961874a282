"""The synchronous client."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import TracebackType
from typing import Any

import httpx

from . import _calls as calls
from ._calls import Call, T
from ._results import (
    Candidate,
    Comparison,
    Detection,
    Health,
    Liveness,
    Presentation,
    Quality,
    Verification,
    Version,
)
from ._tries import Tries
from ._values import Analysis, Bytes, bytes_of


class Client:
    """A server, over connections that are kept. Safe to use from several threads.

    A server that is busy (503) is asked again after the time that it names, up to a minute, `retries` times at most; so
    is a proxy that says the same. Every method raises `Refused` with the server's code, `Busy` when the tries are used
    up, `UnexpectedAnswer` for what is no answer of the server's, and httpx's errors when the server cannot be reached.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8080",
        *,
        timeout: float = 60,
        retries: int = 3,
        http: httpx.Client | None = None,
    ) -> None:
        """`timeout`: seconds. `http`: a client of your own, for proxies and certificates; it is not closed here."""
        self._address = address.rstrip("/")
        self._retries = retries
        self._owned = http is None
        self._http = http or httpx.Client(timeout=timeout)

    def close(self) -> None:
        if self._owned:
            self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def version(self) -> Version:
        """Versions of the server, its inference engine and its models."""
        return self._send(calls.version())

    def biometry_health(self) -> Health:
        """Whether faces can be compared now."""
        return self._send(calls.health(calls.PATTERN))

    def liveness_health(self) -> Health:
        """Whether liveness can be judged now."""
        return self._send(calls.health(calls.LIVENESS))

    def quality(self, picture: Bytes) -> Quality:
        """How well a picture suits recognition, and what would make it better."""
        return self._send(calls.quality(picture))

    def detect_faces(self, picture: Bytes) -> Detection:
        """All faces in a picture."""
        return self._send(calls.detect_faces(picture))

    def extract(self, picture: Bytes) -> bytes:
        """The template of the one face in a picture."""
        return self._send(calls.extract(picture))

    def compare(self, feature: Bytes, template: Bytes, *, explain: bool = False) -> Comparison:
        """Two templates."""
        return self._send(calls.compare(feature, template, explain))

    def verify(self, picture: Bytes, template: Bytes, *, explain: bool = False) -> Verification:
        """A picture against a template; also gives the picture's template."""
        return self._send(calls.verify(picture, template, explain))

    def extract_and_compare(self, first: Bytes, second: Bytes, *, explain: bool = False) -> Comparison:
        """Two pictures."""
        return self._send(calls.extract_and_compare(first, second, explain))

    def compare_n(
        self, template: Bytes, references: Iterable[tuple[str, Bytes]], *, batch: int = 1000
    ) -> Iterator[Candidate]:
        """A template against many (name, template), in their order.

        The references are taken from the iterable `batch` at a time, so that they may be more than fit into memory or
        into one request; each batch is one request, whose results are given before the next is taken.
        """
        probe = bytes_of(template)
        remaining = iter(references)
        while some := list(islice(remaining, batch)):
            yield from self._send(calls.compare_n(probe, some))

    def verify_n(self, picture: Bytes, references: Iterable[tuple[str, Bytes]]) -> list[Candidate]:
        """A picture against many (name, template), in one request."""
        return self._send(calls.verify_n(picture, references))

    def extract_and_compare_n(self, picture: Bytes, references: Iterable[tuple[str, Bytes]]) -> list[Candidate]:
        """A picture against many (name, picture), in one request."""
        return self._send(calls.extract_and_compare_n(picture, references))

    def detect(self, picture: Bytes, *, explain: bool = False) -> Presentation:
        """Whether a picture shows a live person."""
        return self._send(calls.detect(picture, explain))

    def detect_media(
        self,
        media: Mapping[str, Bytes],
        *,
        analyses: Sequence[Analysis] = (Analysis(),),
        payload: Mapping[str, Any] | None = None,
        explain: bool = False,
    ) -> Liveness:
        """Whether pictures, videos and archives of frames show a live person. `payload`: further fields of it."""
        return self._send(calls.detect_media(media, analyses, payload or {}, explain))

    def _send(self, call: Call[T]) -> T:
        tries = Tries(self._retries)
        while True:
            answer = self._http.request(
                call.verb, self._address + call.path, content=call.body, headers=call.headers
            )
            pause = tries.pause_after(answer)
            if pause is None:
                return call.result(answer)
            time.sleep(pause)
