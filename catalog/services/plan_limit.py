"""How many products a shop may have: its plan says."""

from collections.abc import Sequence

from billing.limits import plan_in_scope
from billing.plans import Plan
from catalog.imports.errors import Problem
from catalog.models import Product
from catalog.services.row_changes import ProductRow

PLAN_LIMIT = "plan_limit"


def products_left(plan: Plan | None = None) -> int | None:
    """How many more the shop in scope may have; None is without a limit."""
    plan = plan or plan_in_scope()
    return None if plan.products is None else max(0, plan.products - Product.objects.count())


def within_plan(
    rows: Sequence[ProductRow],
) -> tuple[Sequence[ProductRow], list[tuple[str, Problem]]]:
    """The rows that there is room for, and the SKUs of new products beyond, each with why.

    What is there already may always be changed, also where a plan became smaller.
    """
    plan = plan_in_scope()
    left = products_left(plan)
    if left is None or left >= len(rows):
        return rows, []
    known = set(Product.objects.filter(sku__in=[row.sku for row in rows]).values_list("sku"))
    kept, beyond = [], []
    for row in rows:
        if (row.sku,) not in known:
            left -= 1
            if left < 0:
                beyond.append((row.sku, _problem(plan)))
                continue
        kept.append(row)
    return kept, beyond


def _problem(plan: Plan) -> Problem:
    return Problem("", PLAN_LIMIT, limit_words(plan))


def limit_words(plan: Plan) -> str:
    """In English, as faults are kept."""
    return (
        f"The plan {plan.name} has room for {plan.products:,} products in a shop. Choose a larger "
        "plan, or delete some first."
    )
