"""What is charged: fees, prorations by the second, use that meters counted."""

from decimal import ROUND_HALF_UP, Decimal

from tests.support.stripe_server.world import Thing, World


def invoice_make(world: World, subscription: Thing, lines: list[Thing]) -> Thing:
    """Final at once, and paid unless the card is declined."""
    draft = invoice_of(world, subscription, lines)
    paid = not world.card_declined
    made = world.make(
        "invoice",
        "in",
        **draft,
        number=f"STR-{len(world.all('invoice')) + 1:04d}",
        status="paid" if paid else "open",
        hosted_invoice_url=f"{world.base}/i/{subscription['id']}",
        status_transitions={"finalized_at": world.now, "paid_at": world.now if paid else None},
        due_date=None,
    )
    world.tell("invoice.finalized", made)
    world.tell("invoice.paid" if paid else "invoice.payment_failed", made)
    return made


def invoice_pay(world: World, name: str) -> Thing:
    found = world.get("invoice", name)
    found["status"] = "paid"
    found["status_transitions"]["paid_at"] = world.now
    world.tell("invoice.paid", found)
    return found


def invoice_of(world: World, subscription: Thing, lines: list[Thing]) -> Thing:
    net = sum(one["amount"] for one in lines)
    percent = sum(
        Decimal(world.get("tax_rate", one)["percentage"])
        for one in subscription["default_tax_rates"]
    )
    tax = rounded(Decimal(net) * percent / 100)
    item = subscription["items"]["data"][0]
    return {
        "customer": subscription["customer"],
        "currency": item["price"]["currency"],
        "parent": {"subscription_details": {"subscription": subscription["id"]}},
        "lines": {"object": "list", "data": lines, "has_more": False},
        "subtotal": net,
        "total": net + tax,
        "total_taxes": [{"amount": tax}] if percent else [],
        "period_start": item["current_period_start"],
        "period_end": item["current_period_end"],
    }


def rest_lines(world: World, found: Thing, changes: list[Thing], at: int) -> list[Thing]:
    """What is left of the old price comes back, the rest of the period on the new one is due; a
    new interval begins a whole period."""
    lines = []
    items = {one["id"]: one for one in found["items"]["data"]}
    for change in changes:
        item = items.get(change.get("id"))
        if item is None or item["price"]["recurring"]["usage_type"] == "metered":
            continue
        start, end = item["current_period_start"], item["current_period_end"]
        share = Decimal(end - at) / (end - start)
        old, new = item["price"], world.get("price", change["price"])
        whole = new["recurring"]["interval"] != old["recurring"]["interval"]
        until = {"start": at, "end": end}
        back = -rounded(Decimal(old["unit_amount_decimal"]) * share)
        due = rounded(Decimal(new["unit_amount_decimal"]) * (1 if whole else share))
        for amount, words in ((back, "Unused time"), (due, "Remaining time")):
            line = {"amount": amount, "description": words, "quantity": 1, "period": until}
            lines.append(line)
    return lines


def used(world: World, found: Thing, start: int, end: int) -> list[Thing]:
    """What the meters of the subscription's metered prices counted in [start, end)."""
    lines = []
    for item in found["items"]["data"]:
        price = item["price"]
        if price["recurring"]["usage_type"] != "metered":
            continue
        total = summed(world, price["recurring"]["meter"], found["customer"], start, end)
        if total > 0:
            amount = rounded(total * Decimal(price["unit_amount_decimal"]))
            period = {"start": start, "end": end}
            words = f"{total} × {price['lookup_key']}"
            lines.append(
                {"amount": amount, "description": words, "quantity": total, "period": period}
            )
    return lines


def summed(world: World, meter: str, customer: str, start: int, end: int) -> int:
    name = world.get("billing.meter", meter)["event_name"]
    return sum(
        int(one["payload"]["value"])
        for one in world.meter_events
        if one["event_name"] == name
        and one["payload"]["stripe_customer_id"] == customer
        and start <= one["timestamp"] < end
    )


def rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
