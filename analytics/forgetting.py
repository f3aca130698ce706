"""What events say of a visitor is forgotten; what happened stays."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from analytics.models import Event
from tenants.models import Shop
from tenants.scope import shop_scope


def visitors_forget() -> int:
    """Empty the visitor of events older than EVENT_VISITOR_DAYS, in every shop; how many."""
    before = timezone.now() - timedelta(days=settings.EVENT_VISITOR_DAYS)
    forgotten = 0
    for shop_id in list(Shop.objects.order_by("pk").values_list("pk", flat=True)):
        with shop_scope(shop_id):
            old = Event.objects.filter(at__lt=before).exclude(visitor="")
            forgotten += old.update(visitor="")
    return forgotten
