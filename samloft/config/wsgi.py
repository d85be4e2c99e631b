"""The door through which the application server calls Samløft."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samloft.config.settings")
application = get_wsgi_application()
