"""What the catalogue announces; `lookus/signals.py` connects those who listen."""

from django.dispatch import Signal

# Sent with `shop`, outside any scope, when a chunk of its photos was looked at and none waits.
shop_tagged = Signal()

# Sent with `shop`, `live` and `coming` (revisions), outside any scope, when a new bundle has seen
# all the shop's photos. A receiver that answers False holds the shop on its live revision.
revision_complete = Signal()
