"""How much is written at a time when millions of rows are, so that nobody else waits long to save."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

# A step takes about this long, in seconds: a busy machine gets shorter steps, an idle one longer.
AIM = 0.15
FIRST, FEWEST, MOST = 1000, 250, 5000


class Pace:
    """`size` is how many rows the next step should have; it follows how long the steps before it took."""

    def __init__(self, first: int = FIRST) -> None:
        self.size = min(first, MOST)

    @contextmanager
    def step(self) -> Iterator[None]:
        began = perf_counter()
        yield
        fitting = int(self.size * AIM / max(perf_counter() - began, 0.001))
        self.size = min(max(fitting, FEWEST), 2 * self.size, MOST)
