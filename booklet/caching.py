"""What follows from files alone and takes long to work out, kept between runs in the user's cache folder.

A value is found by a digest of all that it follows from: the bytes of the files, and this program's own files. It comes back
with a digest of itself, so that half a file counts for nothing. Whole files are put in place at once, so that two runs don't
disturb each other. The folder may be deleted at any time; where it can't be written, everything is worked out anew.
`BOOKLET_CACHE` names another folder, or is `off`.
"""

import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from booklet.folders import PACKAGE

MOST_FILES = 3000  # then the older half goes
DIGEST = 16  # bytes


T = TypeVar("T")
_STOPPED: list[bool] = []


def kept(kind: str, made_from: tuple[bytes, ...], make: Callable[[], T]) -> T:
    """The value that `make` gives, which is of tuples, lists, dicts, texts, bytes and numbers only."""
    if (folder := _folder()) is None:
        return make()
    path = folder / f"{kind}-{_key(made_from)}"
    try:
        data = path.read_bytes()
        if _digest(data[DIGEST:]) == data[:DIGEST]:
            value: T = marshal.loads(data[DIGEST:])  # our own, from the user's own folder
            return value
    except (OSError, ValueError, EOFError, TypeError):
        pass
    value = make()
    if not _STOPPED:
        _keep(path, marshal.dumps(value))  # type: ignore[arg-type]
    return value


class Table:
    """Values by name that follow from the same bytes and become known one by one; `keep` writes them down.

    Where two runs do so at once, what one of them found is found again.
    """

    MOST = 5000

    def __init__(self, kind: str, made_from: tuple[bytes, ...]) -> None:
        self.kind, self.made_from = kind, made_from
        self.values: dict[str, str] = kept(kind, made_from, dict)
        self.written = len(self.values)

    def keep(self) -> None:
        """Keeps what has come to it."""
        folder = _folder()
        if folder and self.written < len(self.values) <= self.MOST and not _STOPPED:
            self.written = len(self.values)
            _keep(folder / f"{self.kind}-{_key(self.made_from)}", marshal.dumps(self.values))


def stop() -> None:
    """Keeps nothing more in this process; what is there is still used."""
    _STOPPED.append(True)


def _key(made_from: tuple[bytes, ...]) -> str:
    key = blake2b(_program(), digest_size=DIGEST)
    for part in made_from:
        key.update(len(part).to_bytes(8, "big"))
        key.update(part)
    return key.hexdigest()


def _keep(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
    try:
        _room(path.parent)
        with part.open("xb") as file:
            file.write(_digest(data) + data)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()


@cache  # once a run
def _room(folder: Path) -> None:
    """Makes the folder; where it has too many files, the older half goes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):  # another run has just put a file in its place
                files.append((entry.stat().st_mtime_ns, entry.path))
    if len(files) > MOST_FILES:
        for _, path in sorted(files)[: len(files) // 2]:
            Path(path).unlink(missing_ok=True)


@cache
def _folder() -> Path | None:
    """The folder, or None where nothing is kept."""
    if given := os.environ.get("BOOKLET_CACHE"):
        return None if given == "off" else Path(given)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "booklet"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "booklet" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "booklet"


@cache
def _program() -> bytes:
    """What tells this program from one that would make other values: Python's version, its own files, the libraries' folder."""
    own = sorted(
        (e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in os.scandir(PACKAGE) if e.name.endswith(".py")
    )
    beside = PACKAGE.parent  # where libraries are put, too: a newer one may work out something else
    libraries = beside.stat().st_mtime_ns if beside.name in ("site-packages", "dist-packages") else 0
    return repr((sys.version, marshal.version, own, libraries)).encode()


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=DIGEST).digest()
