"""Logins kept in the database, each with an end that no use puts off."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone


class SessionStore(db.SessionStore):
    """A session ends SESSION_DAYS after its login; Django's own would begin them anew whenever
    anything is written in it."""

    def cycle_key(self) -> None:
        """What Django calls at every login, and when a password is changed."""
        super().cycle_key()
        self.set_expiry(settings.SESSION_COOKIE_AGE)

    def set_expiry(self, value: datetime | timedelta | int | None) -> None:
        if isinstance(value, int) and value > 0:
            value = timezone.now() + timedelta(seconds=value)
        super().set_expiry(value)
