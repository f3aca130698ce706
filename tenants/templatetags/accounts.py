"""How allauth's forms are drawn on our pages."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import gettext_lazy as _

register = template.Library()

# One word for one thing: allauth has three for the address.
LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "oldpassword": _("Password that you have now"),
    "code": _("Code"),
}
NEW_PASSWORD = {
    "ChangePasswordForm": _("New password"),
    "ResetPasswordKeyForm": _("New password"),
    "SetPasswordForm": _("New password"),
}
AGAIN = _("New password, once more")
RULES = _("At least 8 characters, more than numbers, and not one that everybody uses.")

# What a browser calls itself, the more telling words first: each says that it is the later ones.
BROWSERS = (
    *(("Edg", "Edge"), ("Whale", "Whale"), ("SamsungBrowser", "Samsung Internet")),
    *(("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")),
)
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android")),
    *(("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")),
)
SHOWN_AGENT = 60


@register.filter
def field_label(field: Any) -> str:
    if field.name == "password1" and type(field.form).__name__ in NEW_PASSWORD:
        return str(NEW_PASSWORD[type(field.form).__name__])
    if field.name == "password2":
        return str(AGAIN)
    return str(LABELS.get(field.name, field.label))


@register.filter
def field_help(field: Any) -> str:
    """The rules of a new password in one sentence; any other help as it is."""
    if field.name == "password1":
        return str(RULES)
    return str(field.help_text)


@register.filter
def device(user_agent: str) -> str:
    """ "Chrome · Linux" of a browser's User-Agent; of any other what it calls itself."""
    browser = next((name for word, name in BROWSERS if word in user_agent), "")
    system = next((name for word, name in SYSTEMS if word in user_agent), "")
    if browser and system:
        return f"{browser} · {system}"
    return user_agent[:SHOWN_AGENT] or "–"


@register.filter
def plain_field(field: Any) -> str:
    """The field without the placeholder that repeats its label."""
    field.field.widget.attrs.pop("placeholder", None)
    shown: str = field.as_widget()
    return shown


@register.simple_tag
def may_sign_up() -> bool:
    """Whether a page offers a new account to everybody."""
    return bool(settings.SIGN_UP == "open")
