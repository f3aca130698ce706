"""The numbers by mail: each person chooses for oneself, whatever the role."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.admin.insights import asked_of, page_context
from analytics.insights.mail_choices import mail_choice, mail_choose, mail_stop
from analytics.insights.reports import Made, Report
from analytics.models.insights import InsightMail
from catalog.admin.words import language
from tenants.admin_site import EVERYONE, shop_admin
from tenants.models import Shop

PERIODS = (
    ("", _("No mail")),
    (InsightMail.Period.DAILY, _("Every morning: the day before")),
    (InsightMail.Period.WEEKLY, _("Every Monday: the week before")),
)
PAGE = Report(
    "mail",
    _("Mail"),
    _("The numbers of this shop to your own address. A link in each mail ends them."),
    lambda _asked: Made([]),
    dated=False,
)


@shop_admin.page("insights/mail/", name="insights_mail", writers=EVERYONE)
def insights_mail(request: Any) -> HttpResponse:
    if request.method == "POST":
        return _chosen(request)
    held = mail_choice(user=request.user)
    context = {
        **page_context(request, PAGE, asked_of(request)),
        "periods": PERIODS,
        "period": held.period if held else "",
        "languages": Shop.Language.choices,
        "language": held.language if held else language(),
        "sent_for": held.sent_for if held else None,
    }
    return render(request, "admin/shop/insights_mail.html", context)


def _chosen(request: Any) -> HttpResponse:
    period, said = request.POST.get("period", ""), request.POST.get("language", "")
    if not period:
        mail_stop(user=request.user)
        messages.success(request, gettext("You get no mails of this shop's numbers."))
    elif period in InsightMail.Period.values and said in Shop.Language.values:
        mail_choose(user=request.user, period=period, language=said)
        text = gettext("The next mail goes to %(email)s.") % {"email": request.user.email}
        messages.success(request, text)
    else:
        messages.error(request, gettext("Choose when, and a language."))
    return HttpResponseRedirect(reverse("admin:insights_mail"))
