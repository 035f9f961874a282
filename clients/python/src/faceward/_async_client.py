"""The asynchronous client: the same methods, awaited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any

import httpx

from . import _calls as calls
from ._calls import Call, T
from ._form import Form
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


class AsyncClient:
    """A server, over connections that are kept, for one event loop.

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
        http: httpx.AsyncClient | None = None,
    ) -> None:
        """`timeout`: seconds. `http`: a client of your own, for proxies and certificates; it is not closed here."""
        self._address = address.rstrip("/")
        self._retries = retries
        self._owned = http is None
        self._http = http or httpx.AsyncClient(timeout=timeout)

    async def close(self) -> None:
        if self._owned:
            await self._http.aclose()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def version(self) -> Version:
        """Versions of the server, its inference engine and its models."""
        return await self._send(calls.version())

    async def biometry_health(self) -> Health:
        """Whether faces can be compared now."""
        return await self._send(calls.health(calls.PATTERN))

    async def liveness_health(self) -> Health:
        """Whether liveness can be judged now."""
        return await self._send(calls.health(calls.LIVENESS))

    async def quality(self, picture: Bytes) -> Quality:
        """How well a picture suits recognition, and what would make it better."""
        return await self._send(calls.quality(picture))

    async def detect_faces(self, picture: Bytes) -> Detection:
        """All faces in a picture."""
        return await self._send(calls.detect_faces(picture))

    async def extract(self, picture: Bytes) -> bytes:
        """The template of the one face in a picture."""
        return await self._send(calls.extract(picture))

    async def compare(self, feature: Bytes, template: Bytes, *, explain: bool = False) -> Comparison:
        """Two templates."""
        return await self._send(calls.compare(feature, template, explain))

    async def verify(self, picture: Bytes, template: Bytes, *, explain: bool = False) -> Verification:
        """A picture against a template; also gives the picture's template."""
        return await self._send(calls.verify(picture, template, explain))

    async def extract_and_compare(self, first: Bytes, second: Bytes, *, explain: bool = False) -> Comparison:
        """Two pictures."""
        return await self._send(calls.extract_and_compare(first, second, explain))

    async def compare_n(
        self,
        template: Bytes,
        references: Iterable[tuple[str, Bytes]] | AsyncIterable[tuple[str, Bytes]],
        *,
        batch: int = 1000,
    ) -> AsyncIterator[Candidate]:
        """A template against many (name, template), in their order.

        The references are taken from the iterable `batch` at a time, so that they may be more than fit into memory or
        into one request; each batch is one request, whose results are given before the next is taken.
        """
        probe = bytes_of(template)
        async for some in _batches(references, batch):
            for candidate in await self._send(calls.compare_n(probe, some)):
                yield candidate

    async def verify_n(self, picture: Bytes, references: Iterable[tuple[str, Bytes]]) -> list[Candidate]:
        """A picture against many (name, template), in one request."""
        return await self._send(calls.verify_n(picture, references))

    async def extract_and_compare_n(self, picture: Bytes, references: Iterable[tuple[str, Bytes]]) -> list[Candidate]:
        """A picture against many (name, picture), in one request."""
        return await self._send(calls.extract_and_compare_n(picture, references))

    async def detect(self, picture: Bytes, *, explain: bool = False) -> Presentation:
        """Whether a picture shows a live person."""
        return await self._send(calls.detect(picture, explain))

    async def detect_media(
        self,
        media: Mapping[str, Bytes],
        *,
        analyses: Sequence[Analysis] = (Analysis(),),
        payload: Mapping[str, Any] | None = None,
        explain: bool = False,
    ) -> Liveness:
        """Whether pictures, videos and archives of frames show a live person. `payload`: further fields of it."""
        return await self._send(calls.detect_media(media, analyses, payload or {}, explain))

    async def _send(self, call: Call[T]) -> T:
        tries = Tries(self._retries)
        while True:
            answer = await self._http.request(
                call.verb, self._address + call.path, content=_content(call.body), headers=call.headers
            )
            pause = tries.pause_after(answer)
            if pause is None:
                return call.result(answer)
            await asyncio.sleep(pause)


async def _batches(items: Iterable[T] | AsyncIterable[T], size: int) -> AsyncIterator[list[T]]:
    some: list[T] = []
    async for item in _each(items):
        some.append(item)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


async def _each(items: Iterable[T] | AsyncIterable[T]) -> AsyncIterator[T]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item


def _content(body: bytes | Form) -> bytes | AsyncIterator[bytes]:
    return body if isinstance(body, bytes) else _each(body)
