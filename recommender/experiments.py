"""Tests of two orders against each other: who sees which, the counting, the start and the end.

A visitor is an opaque id that the shop's page sends. It is never stored: the arm is kept under
HMAC-SHA256 of it with the experiment's own salt, and both go when the experiment stops.
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, Sum

from recommender.models import Arm, Experiment
from recommender.readout import ArmSum, Readout, readout

CONTROL, VARIANT = "a", "b"
ARMS = (CONTROL, VARIANT)
PARTS = 2**64
SALT_BYTES = 16


class AnotherRuns(RuntimeError):
    """The shop has a running experiment; two at once would blur each other."""


class WrongState(RuntimeError):
    """Only a draft can be started, and only what runs can be stopped."""


def running_experiment() -> Experiment | None:
    """The one that runs in the shop in scope."""
    return Experiment.objects.filter(state=Experiment.State.RUNNING).first()


def tested_rules() -> set[int]:
    """Ids of the rules that the running experiment shows to one of its arms."""
    test = running_experiment()
    return test.rule_ids if test is not None else set()


def visitor_hash(*, salt: str, visitor: str) -> str:
    """64 hexadecimal digits that mean nothing in another experiment."""
    return hmac.new(salt.encode(), visitor.encode(), hashlib.sha256).hexdigest()


def arm_of(*, salt: str, share: float, visitor: str) -> str:
    """The same visitor is always in the same arm; `share` of all are in B."""
    part = int(visitor_hash(salt=salt, visitor=visitor)[:16], 16) / PARTS
    return VARIANT if part < share else CONTROL


def experiment_start(*, experiment: Experiment, now: datetime) -> None:
    """Let visitors in. Raises AnotherRuns, WrongState."""
    if running_experiment() is not None:
        raise AnotherRuns
    started = Experiment.objects.filter(pk=experiment.pk, state=Experiment.State.DRAFT).update(
        state=Experiment.State.RUNNING, started_at=now, salt=secrets.token_hex(SALT_BYTES)
    )
    if not started:
        raise WrongState
    experiment.refresh_from_db()


def experiment_stop(*, experiment: Experiment, now: datetime) -> None:
    """Keep the sums, forget the visitors. Everybody sees the shop's own order again.

    Raises WrongState.
    """
    held = Experiment.objects.select_for_update().filter(
        pk=experiment.pk, state=Experiment.State.RUNNING
    )
    if not held.exists():
        raise WrongState
    outcome = {**experiment.outcome, "stopped": _stored(sums_of(experiment))}
    held.update(state=Experiment.State.STOPPED, stopped_at=now, outcome=outcome, salt="")
    Arm.objects.filter(experiment=experiment).delete()
    experiment.refresh_from_db()


def experiment_read(*, experiment: Experiment, now: datetime) -> Readout:
    """What can be said today; the difference only from enough visitors on, and then for good.

    The sums at the first look after both arms are full are kept and judged. A test that is asked
    again and again until it says yes says yes too often: nothing of the clicks is told before,
    so the time of that look cannot depend on them, and later looks read the same sums.
    """
    judged = experiment.outcome.get("judged")
    if judged is None and experiment.state == Experiment.State.RUNNING:
        told = readout(experiment, sums_of(experiment))
        if not told.full:
            return told
        judged = {**_stored((told.a, told.b)), "at": now.isoformat()}
        experiment.outcome = {**experiment.outcome, "judged": judged}
        experiment.save(update_fields=["outcome"])
    if judged is not None:
        return readout(experiment, _read(judged))
    return readout(experiment, _read(experiment.outcome.get("stopped", {})))


def sums_of(experiment: Experiment) -> tuple[ArmSum, ArmSum]:
    """A's and B's visitors and what they did, in one statement."""
    rows = Arm.objects.filter(experiment=experiment).values("arm")
    found = {
        row["arm"]: ArmSum(row["visitors"], row["clicked"], row["searched"], row["clicks_made"])
        for row in rows.annotate(
            visitors=Count("pk"),
            clicked=Count("pk", filter=Q(clicks__gt=0)),
            searched=Sum("searches"),
            clicks_made=Sum("clicks"),
        )
    }
    return found.get(CONTROL, ArmSum()), found.get(VARIANT, ArmSum())


def arm_searched(
    *, experiment: tuple[int, str] | None = None, visitor: str = "", **_signal: Any
) -> None:
    """Count one answered search to its visitor. Listens to `search_answered`.

    `experiment` and `visitor` are those of the search's Arrangement.
    """
    if experiment is None or not visitor:
        return
    key = {"experiment_id": experiment[0], "visitor": visitor}
    if Arm.objects.filter(**key).update(searches=F("searches") + 1):
        return
    Arm.objects.bulk_create([Arm(arm=experiment[1], **key)], ignore_conflicts=True)
    Arm.objects.filter(**key).update(searches=F("searches") + 1)


def arm_clicked(*, visitor: str) -> None:
    """Count a click to its visitor, if the running experiment has seen a search of theirs.

    `visitor` is the id as the page sent it.
    """
    test = running_experiment() if visitor else None
    if test is None:
        return
    hashed = visitor_hash(salt=test.salt, visitor=visitor)
    Arm.objects.filter(experiment=test, visitor=hashed).update(clicks=F("clicks") + 1)


def _stored(sums: tuple[ArmSum, ArmSum]) -> dict[str, list[int]]:
    return {name: list(one) for name, one in zip(ARMS, sums, strict=True)}


def _read(stored: dict[str, Any]) -> tuple[ArmSum, ArmSum]:
    a, b = (ArmSum(*stored.get(name, ())) for name in ARMS)
    return a, b
