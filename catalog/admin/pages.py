"""Pages of long lists: what comes is counted to a thousand and not further."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST_COUNTED = 1000


class CappedPaginator(Paginator):
    """`count` is exact up to MOST_COUNTED; `more` says that there is more."""

    @cached_property
    def counted(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: MOST_COUNTED + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self.counted, MOST_COUNTED)

    @property
    def more(self) -> bool:
        return self.counted > MOST_COUNTED
