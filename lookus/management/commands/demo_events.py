"""Makes two months of shoppers for the demo's shops, where none searched yet."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lookus.demo import MALL_SLUG
from lookus.demo_events import events_make
from tenants.models import Shop


class Command(BaseCommand):
    help = f"{__doc__} Run it when their photos are tagged."

    def handle(self, *args: Any, **options: Any) -> None:
        shops = Shop.objects.filter(mall__slug=MALL_SLUG, closed_at=None).order_by("pk")
        events_make(list(shops), now=timezone.now(), say=self.stderr.write)
