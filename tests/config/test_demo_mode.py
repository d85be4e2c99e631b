"""Demo mode lets anyone be anyone, so it is refused wherever that could hurt."""

from types import SimpleNamespace

import pytest

from samloft.accounts.models import User
from samloft.config import demo_mode, server
from samloft.config.cli import main

LOCAL, OPEN = ("127.0.0.1", 8000), ("0.0.0.0", 8000)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "[::1]", "localhost"])
def test_this_machine_is_loopback(host: str) -> None:
    assert demo_mode.is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "10.0.0.4", "192.168.1.2", "samloft.no", "localhost.no"])
def test_everything_else_is_not_loopback(host: str) -> None:
    assert not demo_mode.is_loopback(host)


def _start(*addresses: object) -> list[str]:
    """What the server logs when it starts on these addresses; raises SystemExit when it refuses."""
    told: list[str] = []
    server.on_starting(
        SimpleNamespace(cfg=SimpleNamespace(address=list(addresses)), log=SimpleNamespace(error=told.append))
    )
    return told


@pytest.mark.django_db
def test_demo_mode_serves_an_empty_database_on_this_machine(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    assert _start(LOCAL, "/run/samloft.sock") == []


@pytest.mark.django_db
def test_demo_mode_refuses_to_listen_to_others(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    with pytest.raises(SystemExit):
        _start(LOCAL, OPEN)


@pytest.mark.django_db
def test_outside_demo_mode_the_server_may_listen_to_others(settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    User.objects.create_user("kari@example.org", "x", name="Kari")
    assert _start(OPEN) == []


@pytest.mark.django_db
def test_demo_mode_refuses_a_database_with_real_users(
    settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    User.objects.create_user("kari@example.org", "x", name="Kari")
    with pytest.raises(SystemExit):
        _start(LOCAL)


@pytest.mark.django_db
def test_demo_mode_accepts_users_that_were_made_in_the_demo_database() -> None:
    User.objects.create_user("leder@example.org", "x", name="Programleder", is_demo=True)
    User.objects.create_user("ny@example.org", "x", name="Ny bruker")
    assert demo_mode.database_refusal() is None


@pytest.mark.django_db
def test_the_account_of_the_command_line_is_no_real_user() -> None:
    User.objects.create_user("command-line@samloft.invalid", None, name="Kommandolinjen", is_active=False)
    assert demo_mode.database_refusal() is None


@pytest.mark.django_db
def test_demo_data_is_refused_in_a_database_with_real_users(capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.create_user("kari@example.org", "x", name="Kari")
    assert main(["demo"]) == 70
    assert not User.objects.filter(is_demo=True).exists()
