"""Checkout, portal, subscriptions and their periods."""

from typing import Any

from tests.support.stripe_server.errors import StripeRefuses
from tests.support.stripe_server.invoices import invoice_make, rest_lines, used
from tests.support.stripe_server.world import DAY, Thing, World

LENGTHS = {"month": 30 * DAY, "year": 365 * DAY}


def session_make(world: World, params: Thing) -> Thing:
    if params.get("mode") != "subscription":
        raise StripeRefuses(400, "mode must be subscription here")
    for item in params["line_items"]:
        price = world.get("price", item["price"])
        metered = price["recurring"]["usage_type"] == "metered"
        if metered and "quantity" in item:
            raise StripeRefuses(400, "quantity must not be given for a metered price")
        if not metered and "quantity" not in item:
            raise StripeRefuses(400, "quantity is required for a licensed price")
    trial = int(params["subscription_data"].get("trial_end") or 0)
    if trial and trial < world.now + 2 * DAY:
        raise StripeRefuses(400, "trial_end must be at least 2 days in the future")
    session = world.make("checkout.session", "cs_test", status="open", subscription=None, **params)
    session["url"] = f"{world.base}/c/pay/{session['id']}"
    return session


def session_complete(world: World, session_id: str) -> Thing:
    """The person paid: the subscription, as Stripe makes it then."""
    session = world.get("checkout.session", session_id)
    if session["status"] != "open":
        raise StripeRefuses(400, f"the session is {session['status']}")
    data = session["subscription_data"]
    trial = int(data.get("trial_end") or 0)
    made = world.make(
        "subscription",
        "sub",
        customer=session["customer"],
        metadata=data.get("metadata") or {},
        default_tax_rates=data.get("default_tax_rates") or [],
        status="trialing" if trial else "active",
        cancel_at_period_end=False,
        schedule=None,
        items={"object": "list", "data": []},
    )
    for item in session["line_items"]:
        _item_add(world, made, item["price"], world.now, trial)
    session["status"], session["subscription"] = "complete", made["id"]
    invoice_make(world, made, _fees(made) if not trial else [])
    world.tell("customer.subscription.created", made)
    world.tell("checkout.session.completed", session)
    return made


def subscription_update(world: World, name: str, params: Thing) -> Thing:
    found = world.get("subscription", name)
    if found["status"] == "canceled":
        raise StripeRefuses(400, "A canceled subscription can only update its metadata")
    if "cancel_at_period_end" in params:
        if found["schedule"]:
            raise StripeRefuses(400, "The subscription is managed by a subscription schedule")
        found["cancel_at_period_end"] = params["cancel_at_period_end"] == "true"
    if "items" in params:
        if world.card_declined and params.get("payment_behavior") == "error_if_incomplete":
            raise StripeRefuses(402, "Your card was declined.", "card_error")
        lines = items_change(world, found, params)
        if params.get("proration_behavior") == "always_invoice":
            invoice_make(world, found, lines)
    world.tell("customer.subscription.updated", found)
    return found


def items_change(world: World, found: Thing, params: Thing) -> list[Thing]:
    """Put the items as asked; the lines of the proration."""
    at = int(params.get("proration_date") or world.now)
    lines = rest_lines(world, found, params["items"], at)
    items = {one["id"]: one for one in found["items"]["data"]}
    old = main_item(found)
    start, end = old["current_period_start"], old["current_period_end"]
    interval = old["price"]["recurring"]["interval"]
    for change in params["items"]:
        if change.get("deleted") == "true":
            found["items"]["data"].remove(items[change["id"]])
            continue
        price = world.get("price", change["price"])
        if price["recurring"]["interval"] != interval:
            start, end = at, at + LENGTHS[price["recurring"]["interval"]]
        if "id" in change:
            items[change["id"]]["price"] = price
        else:
            _item_add(world, found, change["price"], start, end)
    for item in found["items"]["data"]:
        item["current_period_start"], item["current_period_end"] = start, end
    if len({one["price"]["recurring"]["interval"] for one in found["items"]["data"]}) > 1:
        raise StripeRefuses(400, "All prices on a subscription must have the same interval")
    return lines


def schedule_make(world: World, name: str) -> Thing:
    found = world.get("subscription", name)
    if found["schedule"]:
        raise StripeRefuses(400, "The subscription has a schedule already")
    main = main_item(found)
    items = [
        {"price": one["price"]["id"], "quantity": one.get("quantity")}
        for one in found["items"]["data"]
    ]
    phase = {
        "items": items,
        "start_date": main["current_period_start"],
        "end_date": main["current_period_end"],
        "metadata": {},
    }
    made = world.make(
        "subscription_schedule", "sub_sched", subscription=name, status="active", phases=[phase]
    )
    found["schedule"] = made["id"]
    return made


def schedule_update(world: World, name: str, params: Thing) -> Thing:
    found = world.get("subscription_schedule", name)
    start, phases = None, []
    for phase in params["phases"]:
        begins = int(phase.get("start_date") or start or 0)
        length = phase.get("duration")
        ends = int(phase.get("end_date") or 0)
        ends = ends or begins + LENGTHS[length["interval"]] * int(length["interval_count"])
        for item in phase["items"]:
            world.get("price", item["price"])
        start = ends
        metadata = phase.get("metadata") or {}
        phases.append(phase | {"start_date": begins, "end_date": ends, "metadata": metadata})
    if phases[0]["start_date"] != found["phases"][0]["start_date"]:
        raise StripeRefuses(400, "You can not modify the start date of the current phase")
    found["phases"], found["end_behavior"] = phases, params["end_behavior"]
    world.tell("subscription_schedule.updated", found)
    return found


def schedule_release(world: World, name: str) -> Thing:
    found = world.get("subscription_schedule", name)
    if found["status"] != "active":
        raise StripeRefuses(400, f"the schedule is {found['status']}")
    subscription = world.get("subscription", found["subscription"])
    subscription["schedule"] = None
    found.update(status="released", released_subscription=found["subscription"], subscription=None)
    world.tell("customer.subscription.updated", subscription)
    return found


def advance(world: World, to: int) -> None:
    """Turn the clock: periods end, what was to follow follows, what is due is charged."""
    for found in world.all("subscription"):
        while found["status"] != "canceled" and main_item(found)["current_period_end"] <= to:
            _roll(world, found)
    world.now = max(world.now, to)


def _roll(world: World, found: Thing) -> None:
    main = main_item(found)
    start, end = main["current_period_start"], main["current_period_end"]
    world.now = end
    lines = used(world, found, start, end)
    if found["cancel_at_period_end"]:
        found["status"] = "canceled"
        invoice_make(world, found, lines)
        world.tell("customer.subscription.deleted", found)
        return
    if found["schedule"]:
        schedule = world.get("subscription_schedule", found["schedule"])
        following = [one for one in schedule["phases"] if one["start_date"] >= end]
        if following:
            found["items"]["data"].clear()
            for item in following[0]["items"]:
                _item_add(world, found, item["price"], end, 0)
            schedule_release(world, schedule["id"])
    for item in found["items"]["data"]:
        length = LENGTHS[item["price"]["recurring"]["interval"]]
        item["current_period_start"], item["current_period_end"] = end, end + length
    found["status"] = "past_due" if world.card_declined else "active"
    invoice_make(world, found, [*_fees(found), *lines])
    world.tell("customer.subscription.updated", found)


def main_item(found: Thing) -> Thing:
    return next(
        one
        for one in found["items"]["data"]
        if one["price"]["recurring"]["usage_type"] == "licensed"
    )


def _fees(found: Thing) -> list[Thing]:
    main = main_item(found)
    amount = int(float(main["price"]["unit_amount_decimal"]))
    period = {"start": main["current_period_start"], "end": main["current_period_end"]}
    words = f"1 × {main['price']['lookup_key']}"
    return [{"amount": amount, "description": words, "quantity": 1, "period": period}]


def _item_add(world: World, found: Thing, price: str, start: int, end: int) -> Any:
    made = world.get("price", price)
    item = {
        "id": f"si_{next(world.numbers):06d}",
        "price": made,
        "current_period_start": start,
        "current_period_end": end or start + LENGTHS[made["recurring"]["interval"]],
    }
    if made["recurring"]["usage_type"] == "licensed":
        item["quantity"] = 1
    found["items"]["data"].append(item)
