"""From a photo's row to what is seen in it. No scope, no transaction: this is the slow part."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np
from django.core.files.storage import default_storage

from catalog import seeing
from catalog.models import Photo
from catalog.services.photos import StoredPhoto, photo_store
from tenants import tracing
from tenants.fetch import Fetched, FetchFailed, FetchRefused, fetch
from tenants.storage import StorageAway
from vision.analyzer import Analyzer
from vision.decode import DEFAULT_LIMITS, Decoded, DecoderMissing, decode
from vision.errors import DecoderStopped, ImageRejected
from vision.types import Analysis

log = logging.getLogger(__name__)

ACCEPT = "image/avif,image/webp,image/jpeg,image/png,image/heic;q=0.9,image/*;q=0.5"
# What the networks look at is smaller still.
SIGHT_SIDE = 1280
DETAIL_LENGTH = 500
# Photos seen in one run of the networks, and threads that read them.
BATCH = 8
READERS = 4


@dataclass(frozen=True)
class Failure:
    """Why a photo could not be tagged; `may_pass` if another attempt can go better.

    `blameless`: not of the photo's doing, so that the attempt is not counted.
    """

    code: str
    detail: str
    may_pass: bool = False
    blameless: bool = False


@dataclass(frozen=True)
class Sight:
    """A photo's file and what was seen. `zoom` leads from analysed pixels to the full photo's.

    `analysis` None: the bytes are those that were looked at before. `former` is what the bundle
    saw that the shop is still searched with, where it is another.
    """

    stored: StoredPhoto
    analysis: Analysis | None
    zoom: float = 1.0
    former: Analysis | None = None
    etag: str = ""
    modified: str = ""


_NO_MASK = np.zeros((0, 0), np.bool_)


def without_masks(sight: Sight) -> Sight:
    """What is written of a sight: two megabytes less, until its whole chunk is seen."""
    return replace(sight, analysis=_bare(sight.analysis), former=_bare(sight.former))


def _bare(analysis: Analysis | None) -> Analysis | None:
    if analysis is None:
        return None
    garments = tuple(replace(one, mask=_NO_MASK) for one in analysis.garments)
    return replace(analysis, mask=_NO_MASK, garments=garments)


@dataclass(frozen=True)
class Read:
    """A photo's bytes, and what its address said of them."""

    data: bytes
    etag: str = ""
    modified: str = ""


def photos_read(photos: Sequence[Photo]) -> Iterator[tuple[Sequence[Photo], list[Future[Read]]]]:
    """The photos in batches, each read while the one before it is looked at: no more bytes than
    those of two batches lie in memory."""
    batches = [photos[at : at + BATCH] for at in range(0, len(photos), BATCH)]
    with ThreadPoolExecutor(READERS, thread_name_prefix="photo") as readers:
        coming = [readers.submit(photo_read, photo) for photo in photos[:BATCH]]
        for batch, after in zip_longest(batches, batches[1:], fillvalue=()):
            reads, coming = coming, [readers.submit(photo_read, photo) for photo in after]
            yield batch, reads


def photo_read(photo: Photo) -> Read:
    """The photo's bytes, from the storage or from its address."""
    if photo.file:
        with default_storage.open(str(photo.file.name)) as file:
            return Read(file.read(), photo.etag, photo.modified)
    if not photo.source_url:
        raise FileNotFoundError("the photo has neither a file nor an address")
    fetched = fetch(photo.source_url, max_bytes=DEFAULT_LIMITS.max_bytes, accept=ACCEPT)
    return Read(fetched.body, fetched.etag, fetched.modified)


def address_ask(photo: Photo) -> Fetched | None:
    """What the photo's address holds now; None if it says that it is what it was.

    Raises FetchError.
    """
    fetched = fetch(
        photo.source_url,
        max_bytes=DEFAULT_LIMITS.max_bytes,
        accept=ACCEPT,
        etag=photo.etag,
        modified=photo.modified,
    )
    return None if fetched.unchanged else fetched


def photos_see(
    shop_id: int,
    photos: Sequence[Photo],
    reads: Sequence[Future[Read]],
    *,
    former: str = "",
) -> Iterator[tuple[Photo, Sight | Failure]]:
    """Wait for the bytes, decode, store what came from an address, and look at all together.

    `former` is the revision of another bundle that shall look at them too. Bytes that came from
    a new address and are those that the photo's garments are of are not looked at again.
    """
    seen: list[tuple[Photo, StoredPhoto, Decoded, Read]] = []
    away: StorageAway | None = None
    for photo, read in zip(photos, reads, strict=True):
        try:
            said = read.result()
            if away is not None and _stored(photo) is None:
                # Each would wait as long for it, and the lease would end meanwhile.
                raise away
            stored = _stored(photo) or photo_store(shop_id=shop_id, data=said.data)
            if not photo.file and not former and _known(photo, stored):
                yield photo, Sight(stored, None, etag=said.etag, modified=said.modified)
                continue
            with tracing.span("photo decode"):
                decoded = decode(said.data, max_side=SIGHT_SIDE)
            seen.append((photo, stored, decoded, said))
        except Exception as error:  # whatever it is, it is this photo's and no other's
            away = error if isinstance(error, StorageAway) else away
            yield photo, _failure(photo, error)
    images = [decoded.pixels for _, _, decoded, _ in seen]
    with tracing.span("photos infer", photos=len(images)):
        results = _analyses(images, seeing.analyzer())
    formers: Sequence[Analysis | Exception | None] = [None] * len(images)
    if former:
        formers = _analyses(images, seeing.analyzer(former))
    for one, result, before in zip(seen, results, formers, strict=True):
        photo, stored, decoded, said = one
        if isinstance(result, Exception):
            yield photo, _failure(photo, result)
        elif isinstance(before, Exception):
            yield photo, _failure(photo, before)
        else:
            zoom = decoded.width / decoded.pixels.shape[1]
            yield photo, Sight(stored, result, zoom, before, said.etag, said.modified)


def _known(photo: Photo, stored: StoredPhoto) -> bool:
    return photo.digest == stored.digest and photo.revision == seeing.revision()


def _analyses(images: list, analyzer: Analyzer) -> list[Analysis | Exception]:
    if not images:
        return []
    try:
        return [*analyzer.analyze_many(images)]
    except Exception:  # one of them: find it
        log.exception("a batch of %s photos failed, looking at each alone", len(images))
    results: list[Analysis | Exception] = []
    for image in images:
        try:
            results.append(analyzer.analyze(image))
        except Exception as error:
            results.append(error)
    return results


def _stored(photo: Photo) -> StoredPhoto | None:
    if not photo.file or not photo.width or not photo.height:
        return None
    return StoredPhoto(str(photo.file.name), photo.digest, photo.width, photo.height)


def _failure(photo: Photo, error: Exception) -> Failure:
    match error:
        case ImageRejected():
            # What was looked at before it was stored is damaged only since, or on its way.
            was_good = bool(photo.file and photo.digest)
            again = was_good or isinstance(error, DecoderStopped)
            return Failure(error.code, error.message[:DETAIL_LENGTH], may_pass=again)
        case DecoderMissing():
            log.error("photo %s: no process that opens photos", photo.pk, exc_info=error)
            words = "The machine had no room to open the photo."
            return Failure("sight_failed", words, may_pass=True, blameless=True)
        case FetchRefused() | FetchFailed():
            again = isinstance(error, FetchFailed)
            return Failure(error.code, error.message[:DETAIL_LENGTH], may_pass=again)
        case FileNotFoundError():
            return Failure("file_missing", "The photo's file is gone: upload it again.")
        case OSError():
            log.warning("photo %s: the storage failed", photo.pk, exc_info=error)
            words = "The photo's storage did not answer."
            return Failure("storage_failed", words, may_pass=True, blameless=True)
    log.error("photo %s: could not be seen", photo.pk, exc_info=error)
    return Failure("sight_failed", "Looking at the photo failed: try it again.", may_pass=True)
