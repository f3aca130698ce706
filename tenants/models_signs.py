"""That the installation's own parts are alive."""

from django.db import models
from django.utils import timezone


class Sign(models.Model):
    """When a part was last seen. Outside every scope: nothing in it is a shop's."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
