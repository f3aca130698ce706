"""What the web server runs."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lookus.settings")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (settings need the line above)

if settings.SECRET_KEY_IS_EPHEMERAL:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set: give a long random text, the same to every process "
        "(`lookus up` makes one by itself)"
    )
