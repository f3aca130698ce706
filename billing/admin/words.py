"""How the pages about money call things, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from billing.models import Kind, Subscription
from billing.models_invoices import Invoice
from billing.plans import EXPERIMENTS, MALL_VIEW, TEACHING

KIND_NAMES = {Kind.PHOTO: _("Photos tagged"), Kind.SEARCH: _("Searches answered")}
STATE_NAMES = {
    Subscription.State.TRIAL: _("Trial"),
    Subscription.State.ACTIVE: _("Active"),
    Subscription.State.PAST_DUE: _("Payment is late"),
    Subscription.State.CANCELLED: _("Cancelled"),
}
INVOICE_STATES = {
    Invoice.State.DRAFT: _("Draft"),
    Invoice.State.OPEN: _("To be paid"),
    Invoice.State.PAID: _("Paid"),
    Invoice.State.VOID: _("Void"),
    Invoice.State.UNCOLLECTIBLE: _("Given up"),
}
FEATURE_NAMES = {
    TEACHING: _("Teach it your own values"),
    EXPERIMENTS: _("Tests of two orders"),
    MALL_VIEW: _("Numbers of all shops side by side"),
}
PROVIDER_NAMES = {"manual": _("Invoice and bank transfer"), "stripe": _("Card, by Stripe")}

# Why a plan cannot be chosen: the codes of `PlanRefused`.
REFUSED = {
    "same": _("This is your plan already."),
    "past_due": _("An invoice is late. Pay it first, then change the plan."),
    "trial_used": _("The trial was used before."),
    "paid": _("You pay for a plan already."),
    "not_sold": _("This plan is not sold so. Write to us."),
    "no_use_prices": _("This plan sells nothing beyond it. Choose a larger one."),
    "unknown": _("There is no such plan."),
}
