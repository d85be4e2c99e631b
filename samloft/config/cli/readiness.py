"""Django made ready for a command, and failures put in words. Imported only when a command runs."""

import contextlib
import traceback

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.translation import gettext as _

from samloft.config.environment import WrongEnvironment
from samloft.core.catalogues import compile_catalogues
from samloft.core.cli.results import FINDINGS, OUR_FAULT, WRONG_USAGE
from samloft.core.errors import RuleBroken

LANGUAGE = "nb"


def prepare() -> None:
    """Load the settings and models, and speak Norwegian.

    The catalogues are compiled before the first word is said: a process keeps what it has read, and a plan that
    is adopted in it would be frozen with its frame texts in English.
    """
    with contextlib.suppress(OSError):  # an installation that cannot be written to was built before
        compile_catalogues()
    django.setup()
    translation.activate(LANGUAGE)


def migrate() -> None:
    """Bring the database up to date: its tables and the table of the cache."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def pending_migrations() -> list[str]:
    """`app.name` of every migration that the database lacks; raises DatabaseError when it does not answer."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def explain(error: Exception) -> tuple[int, str]:
    """Exit status and message for an exception that ended a command."""
    if isinstance(error, RuleBroken):
        return FINDINGS, str(error)
    if isinstance(error, WrongEnvironment | ImproperlyConfigured):
        return WRONG_USAGE, str(error)
    if isinstance(error, DatabaseError):
        return _explain_database(error)
    return _explain_fault(error)


def _explain_database(error: DatabaseError) -> tuple[int, str]:
    try:
        lacking = pending_migrations()
    except DatabaseError:
        return OUR_FAULT, _("The database does not answer: %(error)s") % {"error": error}
    if lacking:
        return OUR_FAULT, _("The database is not up to date. Run `samloft migrate` (or ./run) first.")
    return _explain_fault(error)


def _explain_fault(error: Exception) -> tuple[int, str]:
    if settings.configured and settings.DEBUG:
        traceback.print_exception(error)
    return OUR_FAULT, _(
        "Samløft met a fault of its own: %(error)s\n"
        "Run the command again with SAMLOFT_DEBUG=1 and send what it prints to those who maintain Samløft."
    ) % {"error": f"{type(error).__name__}: {error}"}
