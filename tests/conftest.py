"""What every test may ask for."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from samloft.accounts.models import User
from samloft.core.catalogues import compile_catalogues
from tests.cast import Cast, assemble

# The real plan documents; they are no part of the repository.
SEEDS = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"

# Playwright keeps an event loop running, and Django would take a query beside it for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A busy machine is no fault of the code; and a run in CI must not fail where the next one does not.
hypothesis.settings.register_profile("samloft", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("samloft")


def pytest_configure(config: pytest.Config) -> None:
    """Tests read Norwegian: the process that starts the run compiles what has changed since last time.

    On PostgreSQL the order of names comes from a migration.
    """
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        config.option.nomigrations = False
    if not hasattr(config, "workerinput"):
        compile_catalogues()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the real documents their tests are left out, in plain sight; CI must have them."""
    if SEEDS.is_dir():
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(f"{SEEDS} is missing: put the real documents there.")
    without = [item for item in items if "seeds" in getattr(item, "fixturenames", ())]
    if without:
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in without]
        print(f"\n{SEEDS} is missing: {len(without)} tests on the real documents are left out.")  # noqa: T201


def pytest_unconfigure(config: pytest.Config) -> None:
    """Whoever made a data folder removes it."""
    if settings.MADE_THE_FOLDER:
        shutil.rmtree(settings.DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the real documents; a test that needs them asks for it by this name."""
    return SEEDS


@pytest.fixture(autouse=True)
def in_bokmal() -> None:
    """Every test begins in the default language, whatever page the one before has asked for."""
    translation.activate("nb")


@pytest.fixture
def in_english() -> Iterator[None]:
    """For tests that tell refusals apart by their words: the language the message ids are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast, new for each test."""
    return assemble()


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """`sign_in(cast.programme_leader)` gives a client that acts as that person."""

    def as_user(user: User) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_user
