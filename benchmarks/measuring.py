"""Stopwatches, and the table that the figures end in."""

import gc
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Cost:
    """CPU and wall time in seconds of one call, and how many queries it made. Size of the answer in bytes."""

    cpu: float
    wall: float
    queries: int
    size: int = 0

    def __str__(self) -> str:
        size = f", {self.size / 1024:.0f} KB" if self.size else ""
        return f"{_time(self.cpu)}, {self.queries} queries{size}"


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 10 else f"{seconds:.1f} s"


def cost(work: Callable[[], Any], *, times: int = 5) -> Cost:
    """The cheapest of several calls, after one that fills the caches. CPU time is the figure to trust."""
    work()
    best = None
    for _ in range(times):
        gc.collect()
        with counted_queries() as count:
            cpu, wall = time.process_time(), time.perf_counter()
            answer = work()
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        size = len(answer) if isinstance(answer, bytes | str) else len(getattr(answer, "content", b""))
        one = Cost(cpu, wall, count[0], size)
        best = one if best is None or one.cpu < best.cpu else best
    assert best is not None
    return best


@contextmanager
def counted_queries() -> Iterator[list[int]]:
    """`count[0]` is the number of statements sent to the database inside the block."""
    count = [0]

    def tick(execute: Any, *rest: Any) -> Any:
        count[0] += 1
        return execute(*rest)

    with connection.execute_wrapper(tick):
        yield count


def process_cost(words: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """CPU time in seconds and peak memory in MB of a program run from start to end."""
    code = (
        "import resource, subprocess, sys; status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in {0, 1}:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr}")
    cpu, memory = done.stdout.split()
    return float(cpu), int(memory) / 1024


def memory_of(pid: int) -> float:
    """The memory in MB that a process holds; what it shares is divided among those that share it (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass
class Table:
    """Works down, sizes across, so that one sees how each grows."""

    sizes: Sequence[int]
    rows: dict[str, list[str]] = field(default_factory=dict)

    def note(self, work: str, figure: object) -> None:
        self.rows.setdefault(work, []).append(str(figure))
        sys.stderr.write(f"  {work}: {figure}\n")

    def __str__(self) -> str:
        head = ["work", *(f"{size:,} measures".replace(",", " ") for size in self.sizes)]
        lines = [head, ["---"] * len(head), *([work, *figures] for work, figures in self.rows.items())]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """What the figures were measured on."""
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="ascii", errors="replace") if info.exists() else ""
    model = next((line.split(":", 1)[1].strip() for line in text.splitlines() if "model name" in line), "?")
    cores = text.count("processor\t") or 1
    database = connection.vendor
    if database == "postgresql":
        database = f"PostgreSQL {connection.pg_version // 10000}"  # type: ignore[attr-defined]
    else:
        database = f"SQLite {connection.Database.sqlite_version}"  # type: ignore[attr-defined]
    return f"Python {platform.python_version()}, {database}, {cores} cores ({model})"
