"""What the catalogue announces; `lookus/signals.py` connects those who listen."""

from django.dispatch import Signal

# Sent with `shop`, outside any scope, when a chunk of its photos was looked at and none waits.
shop_tagged = Signal()

# Sent outside any scope when a chunk of photos was tagged: `photos` (how many), `seconds` that it
# took, and `waited`, those since the first of them was announced.
photos_tagged = Signal()

# Sent with a photo's `reason` when it is given up, in the transaction that does.
photo_failed = Signal()

# Sent with `shop`, `live` and `coming` (revisions), outside any scope, when a new bundle has seen
# all the shop's photos. A receiver that answers False holds the shop on its live revision.
revision_complete = Signal()
