"""Who carries our mail: the values of EMAIL_PROVIDER, and what each needs to be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured

from lookus import env

CONSOLE = "console"
SECURITY = ("starttls", "tls", "none")


@dataclass(frozen=True)
class Provider:
    backend: str
    needs: Mapping[str, str] = field(default_factory=dict)
    """Anymail's setting → the environment variable that gives it."""


def _anymail(name: str, **needs: str) -> Provider:
    return Provider(f"anymail.backends.{name}.EmailBackend", needs)


PROVIDERS = {
    CONSOLE: Provider("django.core.mail.backends.console.EmailBackend"),
    "smtp": Provider("django.core.mail.backends.smtp.EmailBackend"),
    # Takes its keys where boto3 finds them: the environment, or the machine's role.
    "amazon_ses": _anymail("amazon_ses"),
    "brevo": _anymail("brevo", BREVO_API_KEY="EMAIL_API_KEY"),
    "mailersend": _anymail("mailersend", MAILERSEND_API_TOKEN="EMAIL_API_KEY"),  # noqa: S106
    "mailgun": _anymail(
        "mailgun", MAILGUN_API_KEY="EMAIL_API_KEY", MAILGUN_SENDER_DOMAIN="EMAIL_DOMAIN"
    ),
    "mailjet": _anymail(
        "mailjet",
        MAILJET_API_KEY="EMAIL_API_KEY",
        MAILJET_SECRET_KEY="EMAIL_API_SECRET",  # noqa: S106
    ),
    "postmark": _anymail("postmark", POSTMARK_SERVER_TOKEN="EMAIL_API_KEY"),  # noqa: S106
    "resend": _anymail("resend", RESEND_API_KEY="EMAIL_API_KEY"),
    "sendgrid": _anymail("sendgrid", SENDGRID_API_KEY="EMAIL_API_KEY"),
    "sparkpost": _anymail("sparkpost", SPARKPOST_API_KEY="EMAIL_API_KEY"),
}


def anymail_settings(provider: str) -> dict[str, str]:
    """What Anymail is told of the provider. Raises ImproperlyConfigured for what is missing."""
    told = {name: env.text(variable) for name, variable in PROVIDERS[provider].needs.items()}
    missing = {PROVIDERS[provider].needs[name] for name, value in told.items() if not value}
    if missing:
        raise ImproperlyConfigured(
            f"EMAIL_PROVIDER={provider} needs {' and '.join(sorted(missing))}"
        )
    return told
