"""The Celery app: workers run `celery -A lookus worker`, the clock `celery -A lookus beat`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lookus.settings")

TRANSPORT_ALIASES["filesystem"] = "lookus.files_broker:Transport"

app = Celery("lookus")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Settings must be readable by now: what a job tells of itself asks them.
from lookus.watching import jobs  # noqa: E402, F401
