"""How django-allauth behaves here: who may sign up, in which words, by which mail."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from anymail.exceptions import AnymailError
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tenants.invitations import is_invited
from tenants.mail import mail_send
from tenants.sealed import seal, unseal

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("E-mail address and password do not match. Try again."),
        "email_taken": _("There is an account with this address already. Log in instead."),
        "incorrect_code": _("This code is not right. Try the one that is shown now."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("Enter the password that you have now."),
        "too_many_login_attempts": _(
            "Too many wrong passwords. Try again in five minutes, or set a new password."
        ),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Everybody where SIGN_UP=open; else whoever comes by a mail that is still good."""
        return settings.SIGN_UP == "open" or is_invited(
            request.session.get("account_verified_email") or ""
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return str(settings.LOGIN_REDIRECT_URL)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        told = {"request": current.request, "email": email, "public_url": settings.PUBLIC_URL}
        told |= context
        subject = render_to_string(f"{template_prefix}_subject.txt", told)
        try:
            mail_send(
                to=email,
                subject=" ".join(subject.split()),
                template=f"{template_prefix}_message",
                context=told,
                language=get_language() or settings.LANGUAGE_CODE,
            )
        except (OSError, AnymailError):
            # What was asked for stands: the mail is sent when it is asked for again.
            log.exception("mail not sent: %s", template_prefix)
            if current.request is not None:
                messages.error(
                    current.request, _("The mail could not be sent. Try again in a while.")
                )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors sealed: the database alone makes no code."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your e-mail address first, then come back here."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)
