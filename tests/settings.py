"""The product's settings, with a throw-away data folder and quick passwords."""

import os
import tempfile

# Each test process that is given no folder makes its own, and removes it (tests/conftest.py).
MADE_THE_FOLDER = "SAMLOFT_DATA" not in os.environ
if MADE_THE_FOLDER:
    os.environ["SAMLOFT_DATA"] = tempfile.mkdtemp(prefix="samloft-test-")
os.environ.setdefault("SAMLOFT_DEMO", "1")

from samloft.config.settings import *  # noqa: E402, F403
from samloft.config.settings import DATA, DATABASES  # noqa: E402

# A real file: an in-memory SQLite shares one connection and would hide every locking fault.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}

# whitenoise warns of a folder that is not there; the tests serve from the apps.
(DATA / "static").mkdir(exist_ok=True)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
