"""What searching announces; `lookus/signals.py` connects those who listen."""

from django.dispatch import Signal

# Sent in the shop's scope, in the transaction that writes the ledger, with `shop`, `search_id`
# (UUID), `results` (how many), `category` (of the query) and `milliseconds`.
search_answered = Signal()
