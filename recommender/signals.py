"""What searching announces; `lookus/signals.py` connects those who listen."""

from django.dispatch import Signal

# Sent in the shop's scope, in the transaction that writes the ledger, with `shop`, `search_id`
# (UUID), `results` (how many), `category` (of the query) and `milliseconds`; and with `experiment`
# and `visitor` as the search's Arrangement has them, where a test runs; `searched` says what was
# looked for and found (recommender.searched), and `parts` where the time went, in milliseconds.
search_answered = Signal()

# Sent outside the shop's scope with `shop` and the problem's `code`: a search that got no answer.
search_refused = Signal()
