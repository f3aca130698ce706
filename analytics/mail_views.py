"""The link that ends the mails of a shop's numbers, for whoever has the mail: no login is asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from analytics.insights.mail_choices import NoSuchMail, mail_of_token, mail_stop_by


# Exempt: a mail program's own button posts here without a page of ours (RFC 8058), and the token
# alone says whose mails they are.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def insight_mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """A GET only asks, for programs that look at links press none; a POST ends the mails."""
    try:
        shop, choice = mail_of_token(token)
    except NoSuchMail:
        return render(request, "account/insight_mail_stop.html", {"gone": True}, status=404)
    with translation.override(choice.language):
        if request.method == "POST":
            mail_stop_by(token)
        done = request.method == "POST"
        return render(request, "account/insight_mail_stop.html", {"shop": shop.name, "done": done})
