"""Reading one file inside a process of its own: bytes on standard input, one JSON value on standard output."""

import json
import resource
import sys
from typing import Any

from samloft.plans.reading.limits import CPU_SECONDS, MEMORY_BYTES


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout
    sys.stdout = sys.stderr
    from django.conf import settings

    # No translation happens here: ids go back to the parent, which knows the reader's language.
    settings.configure(USE_I18N=False)
    header = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    out.write(json.dumps(_answer(data, header["filename"], header["year"])))
    out.flush()


def _answer(data: bytes, filename: str, year: int | None) -> dict[str, Any]:
    from samloft.core.files.refusals import FileRefused, broken
    from samloft.plans.reading.interpret import interpret
    from samloft.plans.reading.recognise import read_document
    from samloft.plans.reading.refuse import too_much
    from samloft.plans.reading.transfer import packed

    try:
        return packed(interpret(read_document(data, filename), filename, year))
    except FileRefused as refusal:
        return {"refused": refusal.reason.to_json()}
    except MemoryError:
        return {"refused": too_much().reason.to_json()}
    except RecursionError:
        return {"refused": broken().reason.to_json()}


if __name__ == "__main__":
    main()
