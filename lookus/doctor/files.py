"""The storage, the disk, the bundle."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from lookus.doctor.findings import Finding, doubtful, well, wrong
from lookus.watching.hidden import without_secrets
from lookus.watching.parts import storage_try
from vision.bundle import find_bundle, load_bundle
from vision.errors import BundleError


def storage_check() -> Iterator[Finding]:
    where = settings.MEDIA_ROOT if settings.MEDIA_STORAGE == "disk" else "the S3 bucket"
    try:
        storage_try()
    except Exception as error:  # disk and S3 have errors of their own
        yield wrong(
            "storage",
            f"Photos cannot be stored in {where}: {without_secrets(str(error))[:200]}",
            "Let the processes' user write there."
            if settings.MEDIA_STORAGE == "disk"
            else "See to S3_BUCKET, S3_ENDPOINT_URL and the rights of S3_ACCESS_KEY.",
        )
    else:
        yield well("storage", f"Photos can be written, read and deleted in {where}.")


def disk_check() -> Iterator[Finding]:
    folders = {"LOOKUS_HOME": Path(settings.LOOKUS_HOME)}
    if settings.MEDIA_STORAGE == "disk":
        folders["MEDIA_ROOT"] = Path(settings.MEDIA_ROOT)
    for name, folder in folders.items():
        yield _space(name, folder)


def _space(name: str, folder: Path) -> Finding:
    there = next((one for one in (folder, *folder.parents) if one.is_dir()), Path("/"))
    usage = shutil.disk_usage(there)
    free, giga = 100 * usage.free / usage.total, usage.free / 1e9
    words = f"{giga:.1f} GB ({free:.0f} %) of the disk under {name} ({folder}) are free"
    if free < settings.DISK_LEAST_PERCENT:
        return wrong(
            "disk",
            f"Only {words}: Postgres and imports stop when it is full.",
            "Delete what is not needed, or move it to a larger disk.",
        )
    if free < 2 * settings.DISK_LEAST_PERCENT:
        return doubtful("disk", f"{words}.", "See to more space soon.")
    return well("disk", f"{words}.")


def bundle_check() -> Iterator[Finding]:
    try:
        bundle = load_bundle(find_bundle(settings.VISION_BUNDLE))
    except (BundleError, OSError) as error:
        yield wrong(
            "bundle",
            f"The networks of VISION_BUNDLE={settings.VISION_BUNDLE} cannot be used: {error}",
            "Set VISION_BUNDLE to full, open or a whole bundle's folder; install LookUs anew if "
            "its own files changed.",
        )
    else:
        yield well("bundle", f"The bundle {bundle.name} ({bundle.revision}) is whole.")
