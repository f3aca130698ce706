"""The Celery app: workers run `celery -A lookus worker`, the clock `celery -A lookus beat`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lookus.settings")

TRANSPORT_ALIASES["filesystem"] = "lookus.files_broker:Transport"

app = Celery("lookus")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# A round that was not begun when the next one is due is left out: without this a worker that was
# away, or is slower than the clock, finds every round that it missed before the work of shops.
for _entry in app.conf.beat_schedule.values():
    if isinstance(_entry["schedule"], int | float):
        _entry.setdefault("options", {}).setdefault("expires", _entry["schedule"])

# Settings must be readable by now: what a job tells of itself asks them.
from lookus.watching import jobs  # noqa: E402, F401
