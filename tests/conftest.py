"""What every test may ask for."""

from collections.abc import Callable

import pytest
from django.test import Client

from samloft.accounts.models import User
from tests.cast import Cast, assemble


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
