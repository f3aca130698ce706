"""Tell those who pay that there is an invoice: once, after the commit."""

from django.conf import settings
from django.utils.translation import gettext, override

from billing.models_invoices import Invoice
from billing.money import shown
from tenants.mail import mail_send
from tenants.notices import first_shop_of, owners_of


def issued_tell(invoice: Invoice) -> None:
    """One mail to who is billed, or else to each owner; in the transaction that issues it."""
    if invoice.mall_id is None or invoice.state != Invoice.State.OPEN:
        return
    shop = first_shop_of(invoice.mall_id)
    page = f"/admin/{shop.slug}/billing/invoices/{invoice.number}/" if shop else ""
    with override(invoice.language):
        subject = gettext("Invoice %(number)s: %(total)s") % {
            "number": invoice.number,
            "total": shown(invoice.total, invoice.currency),
        }
    for email in _readers(invoice):
        mail_send(
            to=email,
            subject=subject,
            template="mail/invoice",
            context={
                "invoice": invoice,
                "total": shown(invoice.total, invoice.currency),
                "pay_to": invoice.seller.get("pay_to", ""),
                "link": f"{settings.PUBLIC_URL}{page}" if page else "",
            },
            language=invoice.language,
        )


def _readers(invoice: Invoice) -> list[str]:
    email = invoice.bill_to.get("email")
    if email or invoice.mall_id is None:
        return [email] if email else []
    return owners_of(invoice.mall_id)
