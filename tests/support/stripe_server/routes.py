"""Stripe's addresses: which take what, and who answers."""

import re
from collections.abc import Callable
from typing import Any

from tests.support.stripe_server import selling
from tests.support.stripe_server.errors import StripeRefuses, only
from tests.support.stripe_server.invoices import invoice_of, rest_lines, summed
from tests.support.stripe_server.world import DAY, Thing, World

Handler = Callable[..., Thing]
ROUTES: list[tuple[str, re.Pattern[str], Handler]] = []
PAGE = 100


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    pattern = re.compile("/v1/" + re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", path))

    def add(handler: Handler) -> Handler:
        ROUTES.append((method, pattern, handler))
        return handler

    return add


def answer(world: World, method: str, path: str, params: Thing) -> Any:
    for verb, pattern, handler in ROUTES:
        found = pattern.fullmatch(path)
        if found and verb == method:
            return handler(world, params, **found.groupdict())
    raise StripeRefuses(404, f"Unrecognized request URL ({method}: {path})")


def page(things: list[Thing], params: Thing) -> Thing:
    """Newest first, `limit` a page, from `starting_after` on."""
    after = params.get("starting_after")
    names = [one["id"] for one in things]
    rest = things[names.index(after) + 1 :] if after else things
    limit = min(int(params.get("limit") or 10), PAGE)
    return {"object": "list", "data": rest[:limit], "has_more": len(rest) > limit, "url": "/v1/x"}


@route("POST", "customers")
def customer_make(world: World, params: Thing) -> Thing:
    only(params, "name", "email", "address", "metadata")
    return world.make("customer", "cus", **params)


@route("POST", "customers/<name>")
def customer_update(world: World, params: Thing, name: str) -> Thing:
    only(params, "name", "email", "address", "metadata")
    found = world.get("customer", name)
    found.update(params)
    return found


@route("GET", "products/<name>")
def product(world: World, params: Thing, name: str) -> Thing:
    return world.get("product", name)


@route("POST", "products")
def product_make(world: World, params: Thing) -> Thing:
    only(params, "id", "name")
    return world.make("product", "prod", **params)


@route("GET", "prices")
def prices(world: World, params: Thing) -> Thing:
    only(params, "lookup_keys", "active", "limit", "starting_after")
    keys = params.get("lookup_keys")
    if keys and len(keys) > 10:
        raise StripeRefuses(400, "lookup_keys: at most 10")
    found = [one for one in world.all("price") if not keys or one["lookup_key"] in keys]
    return page(found, params)


@route("POST", "prices")
def price_make(world: World, params: Thing) -> Thing:
    only(
        params,
        *("product", "currency", "unit_amount_decimal", "recurring", "lookup_key"),
        *("transfer_lookup_key", "tax_behavior", "nickname"),
    )
    world.get("product", params["product"])
    recurring = {"usage_type": "licensed", "meter": None} | params.pop("recurring")
    if recurring["usage_type"] == "metered":
        world.get("billing.meter", recurring["meter"])
    for other in world.all("price"):
        if other["lookup_key"] == params["lookup_key"]:
            if params.get("transfer_lookup_key") != "true":
                raise StripeRefuses(400, "A price already uses that lookup key")
            other["lookup_key"] = None
    return world.make("price", "price", active=True, recurring=recurring, **params)


@route("GET", "tax_rates")
def tax_rates(world: World, params: Thing) -> Thing:
    return page(world.all("tax_rate"), params)


@route("POST", "tax_rates")
def tax_rate_make(world: World, params: Thing) -> Thing:
    only(params, "display_name", "percentage", "inclusive", "country", "metadata")
    params["percentage"] = float(params["percentage"])
    return world.make("tax_rate", "txr", active=True, **params)


@route("GET", "billing/meters")
def meters(world: World, params: Thing) -> Thing:
    return page(world.all("billing.meter"), params)


@route("POST", "billing/meters")
def meter_make(world: World, params: Thing) -> Thing:
    only(params, "display_name", "event_name", "default_aggregation")
    return world.make("billing.meter", "mtr", status="active", **params)


@route("POST", "billing/meter_events")
def meter_event(world: World, params: Thing) -> Thing:
    only(params, "event_name", "identifier", "timestamp", "payload")
    at = int(params["timestamp"])
    if not world.now - 35 * DAY <= at <= world.now + 300:
        raise StripeRefuses(400, "The timestamp must be within the past 35 calendar days")
    if params["event_name"] not in {one["event_name"] for one in world.all("billing.meter")}:
        raise StripeRefuses(400, "No active meter found for this event name")
    for other in world.meter_events:
        seen = other["identifier"] == params["identifier"]
        if seen and world.now - other["created"] < DAY:
            name = params["identifier"]
            raise StripeRefuses(400, f"An event already exists with identifier {name}.")
    world.meter_events.append(params | {"timestamp": at, "created": world.now})
    return {"object": "billing.meter_event", **world.meter_events[-1], "livemode": False}


@route("GET", "billing/meters/<name>/event_summaries")
def summaries(world: World, params: Thing, name: str) -> Thing:
    only(params, "customer", "start_time", "end_time", "limit", "starting_after")
    start, end = int(params["start_time"]), int(params["end_time"])
    if start % 60 or end % 60:
        raise StripeRefuses(400, "start_time and end_time must be aligned with minute boundaries")
    total = summed(world, name, params["customer"], start, end)
    one = {"id": "mtrs", "object": "billing.meter_event_summary", "aggregated_value": total}
    return page([one], params)


@route("POST", "checkout/sessions")
def session_make(world: World, params: Thing) -> Thing:
    only(
        params,
        *("mode", "customer", "client_reference_id", "line_items", "subscription_data"),
        *("success_url", "cancel_url", "locale"),
    )
    only(params["subscription_data"], "metadata", "default_tax_rates", "trial_end")
    world.get("customer", params["customer"])
    return selling.session_make(world, params)


@route("GET", "checkout/sessions")
def sessions(world: World, params: Thing) -> Thing:
    only(params, "customer", "status", "limit", "starting_after")
    found = [
        one
        for one in world.all("checkout.session")
        if one["customer"] == params["customer"] and one["status"] == params["status"]
    ]
    return page(found, params)


@route("GET", "checkout/sessions/<name>")
def session(world: World, params: Thing, name: str) -> Thing:
    return world.get("checkout.session", name)


@route("POST", "checkout/sessions/<name>/expire")
def session_expire(world: World, params: Thing, name: str) -> Thing:
    found = world.get("checkout.session", name)
    found["status"] = "expired"
    return found


@route("POST", "billing_portal/sessions")
def portal(world: World, params: Thing) -> Thing:
    only(params, "customer", "return_url", "locale")
    world.get("customer", params["customer"])
    made = world.make("billing_portal.session", "bps", **params)
    return made | {"url": f"{world.base}/p/session/{made['id']}"}


@route("GET", "subscriptions")
def subscriptions(world: World, params: Thing) -> Thing:
    only(params, "status", "limit", "starting_after")
    return page([_expanded(world, one) for one in world.all("subscription")], params)


@route("GET", "subscriptions/<name>")
def subscription(world: World, params: Thing, name: str) -> Thing:
    found = world.get("subscription", name)
    return _expanded(world, found) if "schedule" in params.get("expand", ()) else found


@route("POST", "subscriptions/<name>")
def subscription_update(world: World, params: Thing, name: str) -> Thing:
    only(
        params,
        *("items", "proration_behavior", "proration_date", "payment_behavior"),
        "cancel_at_period_end",
    )
    return selling.subscription_update(world, name, params)


@route("POST", "subscription_schedules")
def schedule_make(world: World, params: Thing) -> Thing:
    only(params, "from_subscription")
    return selling.schedule_make(world, params["from_subscription"])


@route("GET", "subscription_schedules/<name>")
def schedule(world: World, params: Thing, name: str) -> Thing:
    return world.get("subscription_schedule", name)


@route("POST", "subscription_schedules/<name>")
def schedule_update(world: World, params: Thing, name: str) -> Thing:
    only(params, "end_behavior", "proration_behavior", "phases")
    return selling.schedule_update(world, name, params)


@route("POST", "subscription_schedules/<name>/release")
def schedule_release(world: World, params: Thing, name: str) -> Thing:
    return selling.schedule_release(world, name)


@route("POST", "invoices/create_preview")
def preview(world: World, params: Thing) -> Thing:
    only(params, "customer", "subscription", "subscription_details")
    details = params["subscription_details"]
    only(details, "items", "proration_behavior", "proration_date")
    found = world.get("subscription", params["subscription"])
    lines = rest_lines(world, found, details["items"], int(details["proration_date"]))
    return {"object": "invoice", "status": "draft", **invoice_of(world, found, lines)}


@route("GET", "invoices/<name>")
def invoice(world: World, params: Thing, name: str) -> Thing:
    return world.get("invoice", name)


@route("GET", "invoices")
def invoices(world: World, params: Thing) -> Thing:
    only(params, "created", "limit", "starting_after")
    since = int(params["created"]["gte"])
    return page([one for one in world.all("invoice") if one["created"] >= since], params)


def _expanded(world: World, found: Thing) -> Thing:
    name = found["schedule"]
    return found | {"schedule": world.get("subscription_schedule", name) if name else None}
