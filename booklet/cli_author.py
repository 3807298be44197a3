"""The commands for who writes files: `new`, `texts` and `preview`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.cli_build import PROGRAM_OPTIONS, Parameters, brand_of

if TYPE_CHECKING:
    from booklet.building import Booklet
    from booklet.cli_watch import Session
    from booklet.routines import RoutineFile

ACROSS = 8  # pages beside each other on a contact sheet
FINE, SMALL = 110, 50  # dots per inch of a few pages, and of many
PREVIEW_OPTIONS: Parameters = {
    **{name: option for name, option in PROGRAM_OPTIONS.items() if name not in ("edition", "format", "shop", "icc", "out", "quiet")},
    "page": (Annotated[list[str] | None, typer.Option("--page", metavar="N", help="A page, or two that face each other (8-9); may be given several times.", show_default="all, or a brand's three")], None),
    "sheet": (Annotated[bool, typer.Option("--sheet", help="The sheets of the home edition, as they are printed.")], False),
    "dpi": (Annotated[int | None, typer.Option("--dpi", metavar="N", min=20, max=600, help="Dots per inch.", show_default="110, or 50 for many pages")], None),
    "out": (Annotated[Path | None, typer.Option("--out", metavar="FILE.png", help="The picture to write.", show_default="NAME-preview.png")], None),
    "serve": (Annotated[bool, typer.Option("--serve", help="Show it in a browser on this machine, made again whenever a file changes.")], False),
    "port": (Annotated[int | None, typer.Option("--port", metavar="N", help="The port of --serve.", show_default="8040, or the next that is free")], None),
}  # fmt: skip


def preview(
    routine: "RoutineFile",
    given: "dict[str, str | list[str]]",
    page: list[str] | None,
    sheet: bool,
    dpi: int | None,
    out: Path | None,
    brand: str | None,
    paper: str | None,
    serve: bool,
    port: int | None,
    session: "Session | None" = None,
    **wishes: Any,
) -> None:
    """Draws pages as one PNG, or shows them in a browser."""
    from booklet.building import make
    from booklet.errors import BadChoice
    from booklet.previewing import contact_sheet, page_pictures
    from booklet.wishes import request_of
    from booklet.writing import safe_name, write_all

    if out is not None and out.suffix.lower() != ".png":
        raise BadChoice(f"--out {out} is no picture: give it a name that ends in .png")
    if sheet and page:
        raise BadChoice("--sheet shows whole sheets: leave out --page")
    if serve and (page or sheet or dpi or out):
        raise BadChoice("--serve shows all pages in a browser: leave out --page, --sheet, --dpi and --out")
    if port is not None and not serve:
        raise BadChoice("--port is for --serve: add it, or leave --port out")
    request = request_of(brand_of(brand), None, paper, **wishes)
    booklet = make(routine, given, request, session.of(routine) if session else None)
    if serve and session:
        session.show(booklet)
        return
    if sheet:
        files = booklet.files("home")
        pictures = [one for data in files.values() for one in page_pictures(data, (), dpi or FINE // 2)]
        png = contact_sheet(pictures, 2, dpi or FINE // 2)
    else:
        numbers, pairs = _pages(page, booklet)
        fine = dpi or (FINE if len(numbers) <= 4 else SMALL)
        across = ACROSS if len(numbers) > ACROSS else len(numbers)
        png = contact_sheet(page_pictures(booklet.edition("screen"), numbers, fine), across, fine, pairs)
    name = safe_name(str(request.brand.name)) if request.brand else str(booklet.routine.name)
    target = out or Path(f"{name}-preview.png")
    write_all({target: png})
    print(target)


def _pages(asked: list[str] | None, booklet: "Booklet") -> tuple[list[int], bool]:
    """The numbers of the pages to show, and whether they come as pairs that face each other. Raises BadChoice."""
    from booklet.errors import BadChoice

    count = len(booklet.pages)
    if not asked:
        if booklet.request.brand:
            step = next((number for name, number in booklet.book.pages.items() if name in booklet.book.numbers), 2)
            return [1, step, count], False
        return [count, *range(1, count)], True  # the covers beside each other, then pairs as they lie open
    numbers: list[int] = []
    for one in asked:
        first, _, last = one.partition("-")
        if not (first.isdecimal() and (last or first).isdecimal() and 1 <= int(first) <= int(last or first) <= count):
            raise BadChoice(f"--page {one}: the booklet has the pages 1 to {count}; write 7 or 8-9")
        numbers += range(int(first), int(last or first) + 1)
    return numbers, all("-" in one and int(one.partition("-")[0]) % 2 == 0 for one in asked)


# --- new ------------------------------------------------------------------------------------------------------------
def new(
    kind: Annotated[str, typer.Argument(metavar="routine|theme|brand", help="What to begin.", show_default=False)],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where to write it.")] = Path(),
) -> None:
    """Writes a commented file to begin with."""
    from booklet.starters import KINDS, write_starter
    from booklet.wishes import one_of

    path = write_starter(one_of("KIND", kind, KINDS), name, out)
    shown = str(path) if kind == "routine" else f"--{kind} {path}"
    print(f"{path}: change what you like in it, then look at it with `booklet preview {shown}`.")
    print(
        f"{path.parent / f'{kind}.schema.json'}: with it an editor completes and checks the file; leave it beside it."
    )


# --- texts ----------------------------------------------------------------------------------------------------------
def texts(
    routine: Annotated[str, typer.Argument(metavar="ROUTINE", help="A routine file, or a built-in routine.", show_default=False)],
    lang: Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help="The language to translate it to, such as de or es-mx.", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Where to write it.", show_default="beside the routine, or here")] = None,
) -> None:  # fmt: skip
    """Writes the file in which a routine is translated, or renews it: what is translated is kept."""
    from booklet.errors import BadChoice
    from booklet.folders import is_file, typed
    from booklet.languages import TAG, language_name
    from booklet.routines import find_routine, read_routine
    from booklet.texts import as_file, texts_of
    from booklet.translating import done_in, sister
    from booklet.writing import write_all

    if not TAG.fullmatch(lang):
        raise BadChoice(f"`{lang}` is no language: write its short name in small letters, such as de or es-mx")
    file = read_routine(find_routine(routine))
    beside = sister(file, lang)
    ours = typed(file.path) != str(file.path)  # it lies with the program, where nothing of the user's belongs
    path = (out or Path()) / beside.name if out or ours else beside
    done = done_in(file, lang, path if is_file(path) else beside)
    write_all({path: as_file(file, lang, done).encode()})
    known = texts_of(file)
    here = sum(text in known for text in done)
    gone = f"; {len(done) - here} left out that the routine no longer has" if len(done) > here else ""
    left = len(known) - here
    print(f"{path}: {len(known)} texts, {here} in {language_name(lang)}, {left} to translate{gone}.")
    if ours:
        print(f"Lay a copy of {file.path} beside it: a translation is found beside its routine.")
    if left:
        print(f"Write each translation between the quotes on the right, then look: `booklet check {path}`.")
    else:
        print(f"Nothing is left to translate. See how it fits: `booklet check {path}`.")
