"""What a batch has made: `manifest.json` beside the files, and a journal that grows while it runs.

A file is made again only where its inputs, its own bytes or the program have changed. Each finished copy is a line of
the journal, so that a batch that was cut off, even by the power, goes on where it was.
"""

import json
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingABC
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from booklet import __version__
from booklet.building import Request
from booklet.errors import CannotWrite
from booklet.folders import PACKAGE, folder
from booklet.reading import Mapping, Node, Scalar, Sequence
from booklet.records import dataclass
from booklet.routines import RoutineFile
from booklet.writing import write_all

MANIFEST, JOURNAL = "manifest.json", ".manifest-journal.jsonl"


@dataclass(frozen=True, slots=True)
class Made:
    """A file of a batch: of which copy and line it is, its edition, the hash of all that went into it, its own, its size."""

    file: str
    copy: str
    line: int
    edition: str
    inputs: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A copy that couldn't be made."""

    copy: str
    line: int
    reason: str


# --- what went in ---------------------------------------------------------------------------------------------------
def fingerprint(file: RoutineFile, given: MappingABC[str, Any], request: Request, edition: str) -> str:
    """A hash of all that decides a file's bytes: routine, choices, request, brand with its files, program and pictures."""
    assets = [file_hash(path) for path in _assets(request)]
    parts = [
        __version__,
        stock(),
        file_hash(file.path),
        file.language,
        file.translated and file.translated.digest,
        pictures(file),
        edition,
        sorted(given.items()),
        request,
        assets,
    ]
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _assets(request: Request) -> Iterable[Path]:
    """The files beside the brand file, and others that a request names."""
    brand = request.brand
    if brand:
        named = (brand.logo, brand.logo_on_accent, brand.theme if brand.theme and "." in brand.theme else None)
        yield from (Path(words.place.file).parent / words for words in named if words)
    if request.theme.endswith((".yaml", ".yml")):
        yield Path(request.theme)
    if request.shop:
        yield request.shop.profile


@cache
def file_hash(path: Path) -> str:
    """The hash of a file's bytes; empty where it can't be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@cache
def stock() -> str:
    """A hash of what the program brings with it: its code, templates and pictures."""
    files = sorted(PACKAGE.rglob("*.py")) + sorted((PACKAGE / "fonts").iterdir())
    files += [path for name in ("templates", "images") for path in sorted(folder(name).rglob("*.*"))]
    return sha256("".join(file_hash(path) for path in files).encode()).hexdigest()


PICTURES: dict[Path, str] = {}


def pictures(file: RoutineFile) -> str:
    """A hash of the pictures beside a routine file that it names."""
    if file.path not in PICTURES:
        names = {one.text for one in _scalars(file.body) if len(one.text) < 100 and " " not in one.text}
        found = (file.path.parent / f"{name}{end}" for name in sorted(names) for end in (".svg", ".png", ".jpg"))
        PICTURES[file.path] = sha256("".join(map(file_hash, found)).encode()).hexdigest()
    return PICTURES[file.path]


def _scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence():
            for one in node.items:
                yield from _scalars(one)
        case Mapping():
            for one in node.items.values():
                yield from _scalars(one)


# --- what came out --------------------------------------------------------------------------------------------------
class Ledger:
    """The files that a folder's batches have made so far. Raises CannotWrite."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.journal: IO[str] | None = None
        self.made: dict[str, Made] = {}
        for entry in self._entries():
            try:
                made = Made(**entry)
            except TypeError:
                continue  # of another version of the program, or cut off: it is made again
            self.made[made.file] = made

    def _entries(self) -> Iterable[dict[str, Any]]:
        try:
            found = json.loads((self.out / MANIFEST).read_text("utf-8"))
            yield from (one for one in [*found["others"], *found["made"]] if isinstance(one, dict))
        except (OSError, ValueError, KeyError, TypeError):
            pass  # no manifest, or not one of ours: then nothing is known
        try:
            lines = (self.out / JOURNAL).read_text("utf-8").splitlines()
        except (OSError, ValueError):
            return
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                continue  # the last line, where a batch was cut off
            if isinstance(entry, dict):
                yield entry

    def known(self, copy: str, edition: str, inputs: str) -> list[Made]:
        """The whole files of a copy's edition with these inputs; none where one is missing or was changed."""
        found = [one for one in self._of(copy, edition) if one.inputs == inputs]
        for one in found:
            try:
                data = (self.out / one.file).read_bytes()
            except OSError:
                return []
            if len(data) != one.bytes or sha256(data).hexdigest() != one.sha256:
                return []
        return found

    def _of(self, copy: str, edition: str) -> list[Made]:
        names = (f"{copy}-{edition}{part}.pdf" for part in ("", "-fronts", "-backs", "-cover", "-inside"))
        return [self.made[name] for name in names if name in self.made]

    def add(self, made: Iterable[Made]) -> None:
        """Writes down finished files."""
        try:
            if self.journal is None:
                self.journal = (self.out / JOURNAL).open("a", encoding="utf-8")
            for one in made:
                self.made[one.file] = one
                self.journal.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
            self.journal.flush()
        except OSError as error:
            raise CannotWrite(f"can't write {self.out / JOURNAL}: {error.strerror or error}") from None

    def close(self, facts: dict[str, Any], files: set[str], failed: Iterable[Failed]) -> list[Made]:
        """Writes the manifest: the files of this batch, what failed, and files of others in this folder, which it returns.

        The journal has done its work then.
        """
        others = [one for name, one in sorted(self.made.items()) if name not in files and (self.out / name).is_file()]
        entries = {
            **facts,
            "made": [asdict(self.made[name]) for name in sorted(files) if name in self.made],
            "failed": [asdict(one) for one in sorted(failed, key=lambda one: one.line)],
            "others": [asdict(one) for one in others],
        }
        text = json.dumps(entries, ensure_ascii=False, indent=1)
        write_all({self.out / MANIFEST: text.encode() + b"\n"})
        if self.journal:
            self.journal.close()
            self.journal = None
        (self.out / JOURNAL).unlink(missing_ok=True)
        return others


def sweep(out: Path) -> None:
    """Takes away the halves of files that a killed batch has left."""
    for path in out.glob(".*.pdf.*.part"):
        path.unlink(missing_ok=True)
