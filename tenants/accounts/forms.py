"""Sign-up and the first questions about a shop."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, SignupForm
from django import forms
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from tenants.models import Mall, Membership, Shop, User

# The usual ones; any other is set by whoever runs LookUs.
CURRENCIES = ("KRW", "USD", "EUR", "JPY", "GBP", "CNY", "TWD", "HKD", "SGD", "THB", "VND", "AUD")


class SignUpForm(SignupForm):
    """E-mail and password; and the terms, where the operator has any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = _papers()
        if papers:
            self.fields["agreed"] = forms.BooleanField(
                label=papers, error_messages={"required": _("Without this there is no account.")}
            )

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if settings.SIGN_UP == "invited":
            from allauth.core import context  # noqa: PLC0415  the request is only there at run time

            invited = context.request.session.get("account_verified_email") or ""
            if invited.lower() != email:
                raise forms.ValidationError(
                    _("Use the address that the invitation was sent to."), code="not_invited"
                )
        return email


class ChangeAddressForm(AddEmailForm):
    """An address that has an account already cannot become another account's."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if User.objects.filter(email=email).exclude(pk=self.user.pk).exists():
            raise get_adapter().validation_error("email_taken")
        return email


def _papers() -> str:
    """ "I agree to …" with links to the operator's terms and privacy notice, or nothing."""
    links = [
        (url, name)
        for url, name in (
            (settings.TERMS_URL, _("the terms of use")),
            (settings.PRIVACY_URL, _("the privacy notice")),
        )
        if url
    ]
    if not links:
        return ""
    shown = format_html_join(" · ", '<a href="{}" target="_blank" rel="noopener">{}</a>', links)
    return format_html(str(_("I have read and agree to: {}")), shown)


class NewShopForm(forms.Form):
    name = forms.CharField(label=_("Name of the shop"), max_length=120)
    site = forms.URLField(
        label=_("Address of the shop"),
        assume_scheme="https",
        max_length=200,
        help_text=_("Where your storefront stands, such as https://shop.example"),
    )
    language = forms.ChoiceField(label=_("Language of the shop"), choices=Shop.Language.choices)
    currency = forms.ChoiceField(
        label=_("Currency of the prices"), choices=[(one, one) for one in CURRENCIES]
    )
    mall = forms.ModelChoiceField(
        label=_("Belongs to"),
        queryset=Mall.objects.none(),
        required=False,
        help_text=_("A mall pays for its shops together, and its people work in all of them."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mall: Any = self.fields["mall"]
        owned = {"memberships__user": user, "memberships__role": Membership.Role.OWNER}
        mall.queryset = Mall.objects.filter(**owned).order_by("name")
        mall.empty_label = _("a new mall") if settings.SIGN_UP == "open" else None
        mall.required = settings.SIGN_UP != "open"
        if not mall.required and not mall.queryset.exists():
            del self.fields["mall"]
