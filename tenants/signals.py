"""What happens to malls, for those who stand above: `lookus/signals.py` connects them."""

from django.dispatch import Signal

inviting = Signal()
"""Somebody is about to be asked into a mall (`mall_id`), whose row is locked. A receiver may raise
InvitationRefused."""
