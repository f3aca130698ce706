"""What every child process of a home is told: the variables that settings.py reads."""

import os
import secrets
import shutil
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SECRET_KEY_BYTES = 50


def home_folder() -> Path:
    """LOOKUS_HOME; else `var` of the checkout, or of the current folder when installed."""
    given = os.environ.get("LOOKUS_HOME")
    if given:
        return Path(given).expanduser().absolute()
    root = CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()
    return root / "var"


def is_given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def children_environment(home: Path) -> dict[str, str]:
    """Our own environment plus the home and, unless one is given, its secret key."""
    environment = {
        **os.environ,
        "LOOKUS_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "lookus.settings",
        "PYTHONUNBUFFERED": "1",
    }
    if not is_given("SECRET_KEY"):
        environment["SECRET_KEY"] = secret_key(home)
    return environment


def secret_key(home: Path) -> str:
    """The home's own secret key, made at its first start and readable by its owner only."""
    path = home / "secret-key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(SECRET_KEY_BYTES)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key)
        return key


def counting_environment(home: Path, name: str) -> dict[str, str]:
    """Where the processes of one service write their figures: a new folder of our own process.

    Those of services that ended without a word are deleted.
    """
    folder = home / "metrics"
    own = folder / f"{name}-{os.getpid()}"
    shutil.rmtree(own, ignore_errors=True)
    for other in folder.glob("*-*"):
        if not runs(int(other.name.rpartition("-")[2])):
            shutil.rmtree(other, ignore_errors=True)
    own.mkdir(parents=True, exist_ok=True)
    return {"PROMETHEUS_MULTIPROC_DIR": str(own)}


def runs(pid: int) -> bool:
    """Whether there is such a process, ours or somebody else's."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True
