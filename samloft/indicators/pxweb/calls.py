"""Makes calls as politely as a statistics bank asks: not too many in a while, and again when it was busy."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.indicators.pxweb.tables import Question

TIMEOUT = httpx.Timeout(45, connect=10)
MOST_BYTES = 400 * 1024 * 1024
BUSY = {429, 500, 502, 503, 504}
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0


class BankRefused(RuleBroken):
    """The bank cannot be reached, or will not answer."""


class PutOff(Exception):
    """The next call is to be made in so many seconds, by somebody who has other things to do meanwhile."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"In {seconds:.0f} seconds.")


def put_off(seconds: float) -> None:
    """For a clock that lets nobody wait."""
    raise PutOff(seconds)


@dataclass(frozen=True)
class Limits:
    """What a bank lets one address ask for: cells in a call, and calls in so many seconds."""

    cells: int = 800_000
    calls: int = 30
    seconds: float = 60.0
    attempts: int = 6


@dataclass(frozen=True)
class Clock:
    """Seconds that only go forward, and how to let them pass: by sleeping, or with `put_off`."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


def client() -> httpx.Client:
    """Goes where it is sent and nowhere else: a bank that has moved is for a person to look at."""
    return httpx.Client(timeout=TIMEOUT, follow_redirects=False, headers={"Accept": "application/json"})


@dataclass
class Caller:
    """Asks one bank, whose name is for people. `made` are the moments of its latest calls, by the clock.

    `failed` is how many calls in a row have got no answer, and `problem` what the last of them met.
    """

    bank: str
    limits: Limits = Limits()
    clock: Clock = Clock()
    client: httpx.Client = field(default_factory=client)
    made: deque[float] = field(default_factory=deque)
    failed: int = 0
    problem: str = ""

    def ask(self, question: Question) -> bytes:
        """The body of the answer. Raises BankRefused when there is none to be had, and what the clock raises."""
        while True:
            self._wait_for_room()
            wait = FIRST_WAIT * 2**self.failed
            try:
                status, headers, body = self._send(question)
            except (httpx.TransportError, httpx.DecodingError) as error:
                self.problem = _in_words(error)
            else:
                if status == httpx.codes.OK:
                    self.failed, self.problem = 0, ""
                    return body
                self.problem = f"{status} {httpx.codes.get_reason_phrase(status)}"
                if status not in BUSY:
                    raise BankRefused(self._refused(status, self.problem))
                wait = _asked_to_wait(headers) or wait
            self.failed += 1
            if self.failed >= self.limits.attempts:
                raise BankRefused(
                    _("%(bank)s does not answer (%(problem)s). What has been fetched is kept; go on later.")
                    % {"bank": self.bank, "problem": self.problem}
                )
            self.clock.wait(min(wait, LONGEST_WAIT))

    def _send(self, question: Question) -> tuple[int, httpx.Headers, bytes]:
        self.made.append(self.clock.now())
        body = bytearray()
        request = self.client.build_request(
            "GET" if question.body is None else "POST",
            question.address,
            params=question.parameters,
            json=question.body,
        )
        response = self.client.send(request, stream=True)
        try:
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    raise BankRefused(_("%(bank)s sends more than one file can hold.") % {"bank": self.bank})
        finally:
            response.close()
        return response.status_code, response.headers, bytes(body)

    def _wait_for_room(self) -> None:
        """Until one more call does not exceed the bank's limit."""
        while self.made and self.made[0] <= self.clock.now() - self.limits.seconds:
            self.made.popleft()
        if len(self.made) >= self.limits.calls:
            self.clock.wait(self.made[0] + self.limits.seconds - self.clock.now())
            self._wait_for_room()

    def _refused(self, status: int, problem: str) -> str:
        words = {"bank": self.bank, "problem": problem}
        if status == httpx.codes.NOT_FOUND:
            return _("%(bank)s has no such table. Look at the table's number, and at the bank's address.") % words
        if status in (httpx.codes.UNAUTHORIZED, httpx.codes.PROXY_AUTHENTICATION_REQUIRED):
            return _("%(bank)s asks for a password, and Samløft has none. Look at the bank's address.") % words
        if httpx.codes.is_redirect(status):
            return _("%(bank)s has moved to another address. Write the new one in the bank's record.") % words
        return _("%(bank)s refuses the call (%(problem)s). Ask for less, or look at the codes.") % words


def _in_words(error: httpx.RequestError) -> str:
    """What a person can do something about; the rest is the network's own business."""
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return _("no connection")
    if isinstance(error, httpx.TimeoutException):
        return _("no answer in time")
    return _("the connection was broken")


def _asked_to_wait(headers: httpx.Headers) -> float:
    """The seconds in `Retry-After`, which may also be a moment by the bank's own clock; 0 when it says nothing."""
    asked = headers.get("Retry-After", "")
    if asked.isdigit():
        return float(asked)
    try:
        since = parsedate_to_datetime(headers["Date"]) if "Date" in headers else datetime.now(UTC)
        return max(0.0, (parsedate_to_datetime(asked) - since).total_seconds())
    except (ValueError, TypeError):
        return 0.0
