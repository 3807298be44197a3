"""Files on the disk: where the editions go, whole files only, and what the user is told."""

import os
import re
import sys
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from booklet.errors import BadChoice, CannotWrite

if TYPE_CHECKING:
    from booklet.building import Booklet

SHEETS = {"a4": "A4", "letter": "Letter"}
LONGEST_NAME = 80  # letters of a file's name
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
"""Names that Windows can't give to a file."""


def targets(out: Path, routine: str, editions: list[str]) -> dict[str, Path]:
    """The file of each edition: `<routine>-<edition>.pdf` in a folder, or the path itself. Raises BadChoice."""
    if out.suffix.lower() == ".pdf":
        if len(editions) > 1:
            listed = " and ".join(editions)
            raise BadChoice(
                f"--out {out} is one file, but there are two editions ({listed}): name a folder, or one --edition"
            )
        return {editions[0]: out}
    return {name: out / f"{routine}-{name}.pdf" for name in editions}


def safe_name(text: str) -> str:
    """A text as a part of a file's name that every system takes: small letters and digits of any script, and hyphens."""
    plain = re.sub("([a-z])[\u0300-\u036f]+", r"\1", unicodedata.normalize("NFKD", text).casefold())  # é → e
    name = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")[:LONGEST_NAME].strip("-")
    return f"{name}-1" if name in RESERVED else name


def write_all(files: dict[Path, bytes]) -> list[Path]:
    """Writes each file whole: to a temporary file beside it, then renamed. Raises CannotWrite; old files stay then."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path in files:
            if path.is_dir():
                raise CannotWrite(f"can't write {path}: there is a folder of that name")
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            name = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
            with name.open("xb") as file:
                waiting.append((name, path))
                file.write(data)
        for name, path in waiting:
            os.replace(name, path)
    except OSError as error:
        for name, _ in waiting:
            name.unlink(missing_ok=True)
        raise CannotWrite(f"can't write {error.filename or next(iter(files))}: {error.strerror or error}") from None
    return list(files)


@contextmanager
def set_aside(files: dict[str, bytes]) -> Iterator[Path]:
    """The files in a folder of their own, which goes away again."""
    from tempfile import TemporaryDirectory  # most commands do without

    with TemporaryDirectory(prefix="booklet-") as name:
        write_all({Path(name) / file: data for file, data in files.items()})
        yield Path(name)


def how_to_print(edition: str, part: str, booklet: "Booklet") -> str:
    """What a file is and what to do with it, in plain words."""
    pages = len(booklet.pages)
    if edition == "screen":
        return f"{pages} pages to read on a screen and to share."
    if edition == "shop":
        return _for_the_shop(part, booklet)
    paper = SHEETS[booklet.book.format.name]
    printing = booklet.request.printing
    if printing.duplex == "singles":
        return f"{pages} pages, one on each side of {paper}, actual size (100 %)."
    sheets = pages // 4
    count = f"{sheets} sheet{'s' if sheets > 1 else ''} of {paper}"
    if part == "-fronts":
        return f"the fronts of {count}. Print these first, one-sided, actual size (100 %)."
    if part == "-backs":
        order = "the last sheet first" if printing.backs == "last-first" else "the first sheet first"
        feed = "Put the printed sheets back as `booklet test-sheet` showed"
        return f"the backs, {order}. {feed}, and print these one-sided, actual size; fold, two staples."
    return f"{count}, both sides, flip on the {printing.flip} edge, actual size (100 %); fold, two staples."


def _for_the_shop(part: str, booklet: "Booklet") -> str:
    preset = booklet.request.shop
    assert preset
    what = {"": f"{len(booklet.pages)} pages", "-cover": "the cover, 4 pages", "-inside": f"{len(booklet.pages) - 4} pages inside"}  # fmt: skip
    return (
        f"{what[part]} for the print shop: {preset.says}. Prepared for PDF/X-4; `booklet proof` says what was checked."
    )


class Progress:
    """Says that work goes on, once it has taken longer than a second."""

    def __init__(self, quiet: bool) -> None:
        self.timer = None if quiet else threading.Timer(1.0, self._say)
        self.said = False

    def _say(self) -> None:
        self.said = True
        print("Making the booklet …", file=sys.stderr, flush=True)

    def __enter__(self) -> "Progress":
        if self.timer:
            self.timer.daemon = True
            self.timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.timer:
            self.timer.cancel()
