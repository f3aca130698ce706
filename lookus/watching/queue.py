"""The broker as a queue: how many messages wait in it."""

import socket
from contextlib import suppress
from typing import Any

from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError

SECONDS = 3
FAILURES: tuple[type[Exception], ...] = (OperationalError, OSError, socket.timeout)


class BrokerSilent(Exception):
    """Nothing answers where BROKER_URL points; the words are the driver's."""


def messages_waiting() -> int | None:
    """Messages in our queue, None where nobody has made it yet. Raises BrokerSilent."""
    options = {**getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {})}
    options |= {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
    try:
        with Connection(
            settings.CELERY_BROKER_URL, connect_timeout=SECONDS, transport_options=options
        ) as connection:
            connection.ensure_connection(max_retries=1, interval_start=1, timeout=SECONDS)
            with suppress(*connection.channel_errors):
                channel: Any = connection.default_channel
                found = channel.queue_declare(settings.CELERY_TASK_DEFAULT_QUEUE, passive=True)
                return int(found.message_count)
    except Exception as error:  # every broker's driver has errors of its own
        raise BrokerSilent(str(error) or type(error).__name__) from error
    return None
