"""The files that the house tests read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "samloft"


def python_files() -> list[Path]:
    """The product's own code, without migrations."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def migrations() -> list[Path]:
    return sorted(path for path in PACKAGE.glob("*/migrations/0*.py"))


def templates() -> list[Path]:
    return sorted(PACKAGE.glob("**/templates/**/*.html"))


def shown(path: Path, line: int | None = None) -> str:
    """The path as one would type it, with the line when there is one."""
    relative = path.relative_to(ROOT).as_posix()
    return f"{relative}:{line}" if line else relative
