"""`/operator/money/`: what comes in, from whom, who is near a limit. Amounts are read only here."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from billing.admin.words import INVOICE_STATES, KIND_NAMES, PROVIDER_NAMES, STATE_NAMES
from billing.invoice_words import state_word
from billing.models import Subscription
from billing.models_invoices import Invoice
from billing.operator.malls import MallRow, Wanted, mall_rows, malls
from billing.operator.revenue import Month, months, standing
from billing.plans import PLANS
from tenants.models import Mall
from tenants.operator_pages import operator_page, operator_render

READS = "billing.view_invoice"
ROWS = 50
FIRST = 10
# Of the chart, in its own units: a month's place is 30 wide.
HEIGHT, STEP, BAR = 100, 30, 10


@operator_page(reads=READS)
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """Revenue, month by month, the malls near a limit and the invoices that are late."""
    now = timezone.now()
    stood = standing(malls=Mall.objects.count(), at=now)
    shown = months(at=now)
    near = mall_rows(list(malls(Wanted(near=True))[:ROWS]), at=now)
    near.sort(key=lambda row: -(row.nearest.percent or 0) if row.nearest else 0)
    late = Invoice.objects.filter(state=Invoice.State.OPEN, due_at__lt=now).order_by("due_at")
    currencies = sorted({one for month in shown for one in (*month.invoiced, *month.paid)})
    return operator_render(
        request,
        "admin/operator/money.html",
        title=_("Money"),
        place="money",
        standing=stood,
        months=shown,
        charts=[{"currency": one, "bars": bars(shown, one)} for one in currencies],
        chart_width=STEP * len(shown),
        near=[_shown(row) for row in near[:FIRST]],
        late=late[:FIRST],
        late_more=late.count() > FIRST,
    )


@operator_page(reads=READS)
@require_safe
def mall_list(request: HttpRequest) -> HttpResponse:
    """All malls, or those of a plan, a state, a name, or near a limit."""
    wanted = Wanted(
        words=request.GET.get("q", "").strip()[:100],
        plan=_one_of(request.GET.get("plan"), PLANS),
        state=_one_of(request.GET.get("state"), Subscription.State.values),
        near=request.GET.get("near") == "yes",
    )
    page: Page[Mall] = Paginator(malls(wanted), ROWS).get_page(request.GET.get("page"))
    return operator_render(
        request,
        "admin/operator/malls.html",
        title=_("Malls"),
        place="malls",
        wanted=wanted,
        page=page,
        rows=[_shown(row) for row in mall_rows(list(page.object_list), at=timezone.now())],
        plans=PLANS.values(),
        states=STATE_NAMES.items(),
    )


def mall_context(found: Mall) -> dict[str, Any]:
    """One mall: its plan, use, invoices and credits."""
    (row,) = mall_rows([found], at=timezone.now())
    return {
        "title": found.name,
        "place": "malls",
        "one": (one := _shown(row)),
        "ones": [one],
        "mall": found,
        "paid_through": _provider(row.subscription),
        "shops": found.shops.order_by("name"),
        "invoices": _invoices(found.invoices.order_by("-created_at")[:ROWS]),
        "credits": found.credits.order_by("-at")[:ROWS],
    }


@operator_page(reads=READS)
@require_safe
def invoice_list(request: HttpRequest) -> HttpResponse:
    """All invoices, or those of a state, or late, or of a name or number."""
    rows = Invoice.objects.order_by("-created_at", "-pk")
    state = _one_of(request.GET.get("state"), ["late", *Invoice.State.values])
    words = request.GET.get("q", "").strip()[:100]
    if state == "late":
        rows = rows.filter(state=Invoice.State.OPEN, due_at__lt=timezone.now())
    elif state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(mall_name__icontains=words) | rows.filter(number__icontains=words)
    page: Page[Invoice] = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return operator_render(
        request,
        "admin/operator/invoices.html",
        title=_("Invoices"),
        place="invoices",
        page=page,
        rows=_invoices(page.object_list),
        state=state,
        words=words,
        states=[("late", _("Late")), *INVOICE_STATES.items()],
    )


def bars(shown: Sequence[Month], currency: str) -> list[dict[str, Any]]:
    """Two bars a month, oldest first, the tallest as high as the chart."""
    pairs = [
        (month, month.invoiced.get(currency, 0), month.paid.get(currency, 0))
        for month in reversed(shown)
    ]
    most = max(max(invoiced, paid) for _month, invoiced, paid in pairs) or 1
    return [
        {
            "month": month.month,
            "x": STEP * place,
            "invoiced": _bar(invoiced, most),
            "paid": _bar(paid, most),
        }
        for place, (month, invoiced, paid) in enumerate(pairs)
    ]


def _bar(amount: int, most: int) -> dict[str, float]:
    height = round(HEIGHT * amount / most, 1)
    return {"y": HEIGHT - height, "height": height}


def _shown(row: MallRow) -> dict[str, Any]:
    subscription = row.subscription
    state = STATE_NAMES[Subscription.State(subscription.state)] if subscription else ""
    uses = [{"use": use, "label": KIND_NAMES[use.kind]} for use in row.uses]
    return {"row": row, "state": state, "uses": uses}


def _provider(subscription: Subscription | None) -> Any:
    name = subscription.provider if subscription else ""
    return PROVIDER_NAMES.get(name, name)


def _invoices(rows: Any) -> list[dict[str, Any]]:
    return [{"invoice": one, "state": state_word(one)} for one in rows]


def _one_of(told: str | None, known: Any) -> str:
    return told if told and told in known else ""
