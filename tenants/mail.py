"""Mail to people: a text in their language, and the same as a quiet page."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

LAYOUT = "mail/layout.html"


def mail_send(
    *,
    to: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    language: str,
    headers: dict[str, str] | None = None,
) -> None:
    """Send `template`.txt, filled and in `language`, to one address.

    Never inside a transaction: there it goes out after the commit, and a mail server that is
    away is logged and no more. Outside of one its errors (OSError, smtplib's, Anymail's) are
    raised to the caller, who can say so.
    """
    message = _message(to, subject, template, context, language)
    message.extra_headers |= headers or {}
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(message.send, robust=True)
    else:
        message.send()


def _message(
    to: str, subject: str, template: str, context: dict[str, Any], language: str
) -> EmailMultiAlternatives:
    with override(language):
        told = {"public_url": settings.PUBLIC_URL, "language": language} | context
        text = render_to_string(f"{template}.txt", told).strip() + "\n"
        page = render_to_string(LAYOUT, told | {"subject": str(subject), "text": text})
        message = EmailMultiAlternatives(" ".join(str(subject).split()), text, to=[to])
    message.attach_alternative(page, "text/html")
    return message
