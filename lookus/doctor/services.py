"""The broker, the workers, the mail."""

from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError
from django.utils import timezone

from lookus.doctor.findings import Finding, doubtful, well, wrong
from lookus.mail_providers import CONSOLE
from lookus.watching.hidden import without_secrets
from lookus.watching.queue import BrokerSilent, messages_waiting
from lookus.watching.signs import SILENT_SECONDS, sign_seen


def broker_check() -> Iterator[Finding]:
    """The broker, and from what waits in it why no worker was seen."""
    waiting: int | None = None
    try:
        waiting = messages_waiting()
    except BrokerSilent as error:
        yield wrong(
            "broker",
            f"The broker does not answer: {without_secrets(str(error))[:200]}",
            "Start it, and see that BROKER_URL names its host, user and password. Nothing is lost: "
            "what waits stands in the database.",
        )
    else:
        yield well("broker", f"The broker answers; {waiting or 0} messages wait.")
    yield from _worker(waiting)


def _worker(waiting: int | None) -> Iterator[Finding]:
    try:
        seen = sign_seen()
    except DatabaseError:
        return  # said by the database's own check
    silent = None if seen is None else (timezone.now() - seen).total_seconds()
    if silent is not None and silent <= SILENT_SECONDS:
        yield well("worker", f"A worker was seen {silent:.0f} seconds ago.")
        return
    when = "ever" if silent is None else f"for {silent / 60:.0f} minutes"
    if waiting:
        cure = f"{waiting} messages wait, so no worker takes them: start `lookus worker`."
    else:
        cure = "No message waits either: start `lookus clock`, and `lookus worker` if it is away."
    yield wrong("worker", f"No worker was seen {when}: no photo is tagged, no mail sent.", cure)


def mail_check() -> Iterator[Finding]:
    if settings.EMAIL_PROVIDER == CONSOLE:
        if settings.HTTPS:
            yield doubtful(
                "mail",
                "Mail only goes into the log: nobody can confirm an address or set a password.",
                "Set EMAIL_PROVIDER and what it needs.",
            )
        else:
            yield well("mail", "Mail goes into the log, as it should on one machine.")
        return
    if settings.EMAIL_PROVIDER != "smtp":
        yield well("mail", f"Mail is given to {settings.EMAIL_PROVIDER}; it was not asked.")
        return
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        yield wrong(
            "mail",
            f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not take us: "
            f"{without_secrets(str(error))[:200]}",
            "See to EMAIL_HOST, EMAIL_PORT, EMAIL_SECURITY, EMAIL_USER and EMAIL_PASSWORD.",
        )
    else:
        connection.close()
        yield well("mail", f"The mail server {settings.EMAIL_HOST} takes us.")
