"""What a backup must know of the installation that made it, and of the one that reads it."""

from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lookus.backup.folder import BackupRefused, Manifest


def manifest_new(kind: str) -> Manifest:
    return Manifest(
        kind=kind,
        made_at=timezone.now().isoformat(timespec="seconds"),
        version=_version(),
        migrations=migrations_applied(),
        secret=_mark(settings.SECRET_KEY),
    )


def migrations_applied() -> list[str]:
    applied = MigrationRecorder(connections["default"]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def migrations_compare(manifest: Manifest) -> None:
    """Raises BackupRefused where the tables here are not those of the backup."""
    here, there = set(migrations_applied()), set(manifest.migrations)
    if here == there:
        return
    differ = ", ".join(sorted(here ^ there)[:5])
    newer = "older" if there < here else "newer" if here < there else "another"
    raise BackupRefused(
        f"the backup's tables are of {newer} version ({manifest.version}; they differ by "
        f"{differ}): restore it with that version, then upgrade"
    )


def secret_is_another(manifest: Manifest) -> bool:
    """Whether what is sealed in the backup can not be read here."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return manifest.secret not in {_mark(key) for key in keys}


def _mark(key: str) -> str:
    return salted_hmac("lookus.backup", "mark", secret=key, algorithm="sha256").hexdigest()[:16]


def _version() -> str:
    try:
        return version("lookus")
    except PackageNotFoundError:
        return "unknown"
