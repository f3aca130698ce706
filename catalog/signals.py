"""What the catalogue announces; `lookus/signals.py` connects those who listen."""

from django.dispatch import Signal

# Sent with `shop`, outside any scope, when a chunk of its photos was looked at and none waits.
shop_tagged = Signal()
