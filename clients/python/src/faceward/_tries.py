"""When a call is sent again. Both clients ask here."""

from __future__ import annotations

import httpx

from ._errors import retry_after

#: Seconds. Who is told to wait longer learns it from the error, and decides.
LONGEST_PAUSE = 60.0


class Tries:
    """Those of one call: a 503 that names a time, the server's own or that of a proxy before it, is followed by another."""

    def __init__(self, retries: int) -> None:
        self._left = retries

    def pause_after(self, answer: httpx.Response) -> float | None:
        """Seconds after which to send the call again; None where this answer is the last."""
        if answer.status_code != 503 or "Retry-After" not in answer.headers or self._left <= 0:
            return None
        self._left -= 1
        pause = retry_after(answer)
        return pause if pause <= LONGEST_PAUSE else None
