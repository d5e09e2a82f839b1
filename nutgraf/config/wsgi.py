"""The newsroom as a WSGI application, files included, for any server that speaks it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutgraf.config.settings")

django_application = get_wsgi_application()

from nutgraf.config.files import with_files  # noqa: E402 (needs the settings)

application = with_files(django_application)
