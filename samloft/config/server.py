"""The settings of gunicorn: `gunicorn --config python:samloft.config.server samloft.config.wsgi`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from samloft.config import demo_mode

# Measured: threads in two processes served more than async workers did, and did not fail on PostgreSQL.
worker_class = "gthread"
workers = 2
threads = 4
# The workers share what is loaded before they part, and a fault in the settings is seen once, at the start.
preload_app = True
# Long enough for the largest import and the largest document.
timeout = 120
# The heartbeat file must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


# gunicorn's own door for steering it from outside: nobody here uses it.
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Refuse to serve demo data where others than the person at this machine may reach it."""
    hosts = [address[0] for address in server.cfg.address if not isinstance(address, str)]
    if settings.DEMO and (refusal := demo_mode.refusal(hosts=hosts)):
        server.log.error(refusal)
        raise SystemExit(1)
    # A connection must not be shared by the workers that are forked from here.
    connections.close_all()
