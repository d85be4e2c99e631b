"""Reading a file in a child process, so that no file can hold or exhaust the server."""

import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import samloft
from samloft.core.files.refusals import FileRefused, broken
from samloft.core.said import Said
from samloft.plans.reading.interpretation import Interpretation
from samloft.plans.reading.limits import WALL_SECONDS
from samloft.plans.reading.refuse import too_slow
from samloft.plans.reading.transfer import unpacked

log = logging.getLogger(__name__)
_ROOT = Path(samloft.__file__).resolve().parent.parent


def interpret_apart(data: bytes, filename: str, year: int | None) -> Interpretation:
    """Read and interpret the file in a child process with limits on time and memory. Raises FileRefused."""
    header = json.dumps({"filename": filename, "year": year}).encode() + b"\n"
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(_ROOT),
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "samloft.plans.reading.child"],
            input=header + data,
            capture_output=True,
            timeout=WALL_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_slow() from None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise too_slow()
    if done.returncode != 0:
        log.warning("A file could not be read: %s", done.stderr.decode("utf-8", "replace")[-2_000:])
        raise broken()
    return _understood(done.stdout)


def _understood(output: bytes) -> Interpretation:
    answer: dict[str, Any] = json.loads(output)
    if "refused" in answer:
        raise FileRefused(Said.from_json(answer["refused"]))
    return unpacked(answer)
