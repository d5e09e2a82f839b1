"""The newsroom as a WSGI application, files and stored pages included, for any server that speaks it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutgraf.config.settings")

django_application = get_wsgi_application()

from nutgraf.config.files import with_files  # noqa: E402 (needs the settings)
from nutgraf.published.serving.wsgi import with_pages  # noqa: E402 (needs the settings)

with_everything_but_pages = with_files(django_application)
application = with_pages(with_everything_but_pages)
