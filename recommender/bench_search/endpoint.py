"""What the endpoint adds to what it must do: its statements, and with a photo the looking at it.

In this process and without a socket, through all of Django: middleware, key, limits, JSON.
"""

import json
import statistics
import time
from typing import Any

from django.db import connection, transaction
from django.test import Client

from recommender.bench_search.sql import Statements, Watch, connect, replayed
from recommender.bench_search.world import MadeShop
from tenants.services import key_create
from vision.bench.photos import garments, jpeg

SEARCH = "/api/v1/search"
OWN_WORK = ("decode", "infer", "sql")
PHOTOS = 12


class BenchFailed(RuntimeError):
    """The endpoint refused a search."""


class Asking:
    """Searches of one shop, by its secret key."""

    def __init__(self, made: MadeShop) -> None:
        _, token = key_create(kind="sk", shop=made.shop)
        self.token = token
        self.headers = {"Authorization": f"Bearer {token}"}
        self.client = Client()
        self.photos = [jpeg(photo) for photo in garments(PHOTOS, seed=5)]

    def upload(self, photo: bytes) -> tuple[float, dict[str, float], dict[str, Any]]:
        """Milliseconds, those of `Server-Timing` by part, and the reply."""
        from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

        form = {"image": SimpleUploadedFile("photo.jpg", photo, "image/jpeg")}
        started = time.perf_counter()
        response = self.client.post(SEARCH, form, headers=self.headers)
        return 1000 * (time.perf_counter() - started), _parts(response), _reply(response)

    def known(self, image_id: str) -> float:
        """Milliseconds of a search by a photo that was sent before."""
        body = json.dumps({"image_id": image_id})
        started = time.perf_counter()
        response = self.client.post(
            SEARCH, body, content_type="application/json", headers=self.headers
        )
        spent = 1000 * (time.perf_counter() - started)
        _reply(response)
        return spent


def endpoint_figures(made: MadeShop, address: str, *, rounds: int) -> dict[str, float]:
    asking = Asking(made)
    uploads = [asking.upload(photo) for photo in asking.photos]
    image_ids = [reply["query"]["image_id"] for _, _, reply in uploads]
    sent = [_statements(asking, one) for one in image_ids]
    whole, bare = [], []
    with connect(address) as link:
        for turn in range(rounds):
            at = turn % len(image_ids)
            whole.append(asking.known(image_ids[at]))
            bare.append(replayed(link, sent[at]))
    # The first loads the networks.
    waited = [spent for spent, _, _ in uploads[1:]]
    worked = [sum(parts.get(name, 0.0) for name in OWN_WORK) for _, parts, _ in uploads[1:]]
    return {
        "known_p50_ms": statistics.median(whole),
        "known_sql_p50_ms": statistics.median(bare),
        "known_of_sql": statistics.median(whole) / statistics.median(bare),
        "known_statements": float(statistics.median(map(len, sent))),
        "upload_p50_ms": statistics.median(waited),
        "upload_work_p50_ms": statistics.median(worked),
        "upload_of_work": statistics.median(
            wait / work for wait, work in zip(waited, worked, strict=True)
        ),
    }


def _statements(asking: Asking, image_id: str) -> Statements:
    """What one search sends. Undone afterwards, so that it can be sent again as it was."""
    watch = Watch()
    with transaction.atomic(), connection.execute_wrapper(watch):
        asking.known(image_id)
        transaction.set_rollback(True)
    return [one for one in watch.statements if "SAVEPOINT" not in one[0]]


def _parts(response: Any) -> dict[str, float]:
    pairs = (part.strip().split(";dur=") for part in response["Server-Timing"].split(","))
    return {name: float(spent) for name, spent in pairs}


def _reply(response: Any) -> dict[str, Any]:
    reply: dict[str, Any] = response.json()
    if response.status_code != 200:
        raise BenchFailed(f"{response.status_code} {reply.get('detail', reply)}")
    return reply
