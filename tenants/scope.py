"""The scope: which shop's rows this code may see. Closed unless opened.

Two locks hold it. The first is here in Python: tenant managers filter by `CurrentShop`, which
raises outside a scope. The second is in Postgres: row-level security compares every row's
`shop_id` with the setting `lookus.shop_id`, and no setting means no rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections, transaction
from django.db.models import BigIntegerField, Expression

_current: ContextVar[int | None] = ContextVar("lookus_shop", default=None)


class NoShopScope(RuntimeError):
    """Rows of a shop were asked for outside `with shop_scope(shop)`."""


class OtherShopScope(RuntimeError):
    """A scope of another shop was opened, or a row of another shop written, inside a scope."""


def current_shop_id() -> int:
    shop_id = _current.get()
    if shop_id is None:
        raise NoShopScope("no shop is in scope: wrap this in `with shop_scope(shop):`")
    return shop_id


def shop_id_or_none() -> int | None:
    return _current.get()


@contextmanager
def shop_scope(shop: Any, *, using: str = "default") -> Iterator[None]:
    """Opens the rows of one shop (a Shop or its id) for the block, in one transaction.

    A scope of the same shop inside it joins it. Raises OtherShopScope for another shop.
    """
    shop_id = int(getattr(shop, "pk", shop))
    outer = _current.get()
    if outer is not None and outer != shop_id:
        raise OtherShopScope(f"shop {shop_id} was asked for inside the scope of shop {outer}")
    if outer is not None:
        yield
        return
    token = _current.set(shop_id)
    # The end of a transaction of our own takes the setting with it.
    inner = connections[using].in_atomic_block
    try:
        with transaction.atomic(using=using):
            _set(using, str(shop_id))
            yield
            if inner:
                _set(using, "")
    finally:
        _current.reset(token)


def _set(using: str, value: str) -> None:
    # The statement and not set_config(): Citus passes on only the statement.
    with connections[using].cursor() as cursor:
        cursor.execute(f"SET LOCAL lookus.shop_id = '{value}'")


class CurrentShop(Expression):
    """The id of the shop in scope, read when the SQL is compiled, as a literal in the text.

    A literal, so that partition pruning (and shard routing on Citus) sees it.
    """

    output_field = BigIntegerField()
    allowed_default = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return str(current_shop_id()), []
