"""What a call raises. Errors of the connection are httpx's own."""

from __future__ import annotations

import httpx


class FacewardError(Exception):
    """The server was reached and gave no result."""


class Refused(FacewardError):
    """An answer with an error code."""

    def __init__(self, status: int, code: str, message: str, request_id: str) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status  #: of HTTP
        self.code = code  #: "BPE-003002", …
        self.message = message  #: the code in words, and a reason after a colon where there is one
        self.request_id = request_id  #: stands in the server's log


class Busy(Refused):
    """The server had no room (503), at the last try as at the first."""

    def __init__(self, status: int, code: str, message: str, request_id: str, retry_after: float) -> None:
        super().__init__(status, code, message, request_id)
        self.retry_after = retry_after  #: seconds


class UnexpectedAnswer(FacewardError):
    """Not an answer of a faceward server; something between may have given it."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(f"unexpected answer with status {response.status_code}: {response.text[:200]}")
        self.response = response


def error_of(response: httpx.Response) -> FacewardError:
    """The error that an answer without success means."""
    try:
        body = response.json()
        code, message = str(body["code"]), str(body["message"])
    except (ValueError, KeyError, TypeError):
        return UnexpectedAnswer(response)
    request_id = response.headers.get("X-Request-ID", "")
    if response.status_code == 503:
        return Busy(503, code, message, request_id, retry_after(response))
    return Refused(response.status_code, code, message, request_id)


def retry_after(response: httpx.Response) -> float:
    """Seconds that the answer asks to wait, one where it does not say them in figures."""
    try:
        return max(0.0, float(response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return 1.0
