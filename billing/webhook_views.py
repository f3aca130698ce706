"""Where payment providers tell us what happened: proven and written down first, acted on later."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing.provider_work import events_ring
from billing.providers import PROVIDERS, provider
from billing.providers.base import WebhookRefused

LARGEST = 512 * 1024


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, name: str) -> HttpResponse:
    """200 when it is written down, as often as it comes; 400 for what the provider did not sign.

    Only the installation's provider is listened to: of others nothing is known here.
    """
    if name not in PROVIDERS or name != settings.PAYMENT_PROVIDER:
        raise Http404("no such provider here")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST:
        return JsonResponse({"error": "too large"}, status=413)
    try:
        provider(name).webhook_take(body=request.body, headers=request.headers)
    except WebhookRefused as refused:
        return JsonResponse({"error": str(refused)}, status=400)
    events_ring()
    return JsonResponse({"received": True})
