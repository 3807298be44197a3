"""The commands round a printer: `test-sheet`, `config` and what `print` does once the booklet is made."""

import select
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from booklet.building import Booklet
    from booklet.settings import Settings

PATIENCE = 1800  # seconds: how long it waits for someone to put the sheets back


# --- test-sheet ---------------------------------------------------------------------------------------------------
def sheet(
    paper: Annotated[
        str, typer.Option("--paper", metavar="a4|letter", help="The paper in the printer.", show_default="a4")
    ] = "",
    lang: Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help="Its language.", show_default="en")] = "",
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")] = Path("test-sheet.pdf"),
    no_config: Annotated[bool, typer.Option("--no-config", help="Leave your settings out.")] = False,
) -> None:
    """Writes a sheet that shows how the printer sizes, trims, turns and stacks paper."""
    from booklet.drafting import FORMATS
    from booklet.languages import USUAL, base, catalogues, own_words, paper_of
    from booklet.settings import NONE, SETTINGS, check_value, settings_for
    from booklet.testsheet import make_sheet
    from booklet.theming import find_theme, read_theme
    from booklet.wishes import one_of
    from booklet.writing import SHEETS, write_all

    settings = settings_for(["--no-config"] if no_config else [])
    if lang:
        one_of("lang", base(lang), catalogues())
    language = lang or settings.values.get("lang", USUAL)
    size = paper or settings.values.get("paper", paper_of(language))
    check_value("paper", size, NONE.values)
    theme = read_theme(find_theme(settings.values.get("theme", SETTINGS["theme"].default)))
    target = out if out.suffix.lower() == ".pdf" else out / "test-sheet.pdf"
    write_all({target: make_sheet(FORMATS[size], theme, own_words(language), language)})
    print(
        f"{target}: one sheet of {SHEETS[size]} to print on both sides, actual size (100 %). "
        "It says what to look for, and what to type then."
    )


# --- config -------------------------------------------------------------------------------------------------------
def config(
    key: Annotated[str, typer.Argument(metavar="[KEY]", help="The setting; none shows all.", show_default=False)] = "",
    value: Annotated[str, typer.Argument(metavar="[VALUE]", help="What it is to be.", show_default=False)] = "",
    unset: Annotated[
        str, typer.Option("--unset", metavar="KEY", help="Forget a setting: the default is used.", show_default=False)
    ] = "",
) -> None:
    """Shows or changes the defaults of `booklet build`."""
    from booklet.errors import BadChoice
    from booklet.settings import changed, read_settings, settings_file, write_settings

    path = settings_file()
    if unset:
        if key:
            raise BadChoice("--unset takes one key and nothing more")
        settings = read_settings(path, besides=unset)
        if unset not in settings.values:
            _default(settings, unset)  # a key that isn't known is told
            print(f"{unset} isn't set in {path}.")
            return
        left = changed(settings, unset, None)
        write_settings(left)
        print(f"{unset} is no longer set in {path}.")
    elif value:
        settings = changed(read_settings(path, besides=key), key, value)
        settings.choices(settings.routine())  # another routine may not have the options that are set
        write_settings(settings)
        print(f"{key}: {settings.values[key]} (kept in {path})")
    elif key:
        settings = read_settings(path)
        print(settings.values.get(key) or _default(settings, key))
    else:
        _show(read_settings(path))


def _default(settings: "Settings", key: str) -> str:
    """What holds for a key that isn't set, in words where no value stands for it. Raises BadChoice."""
    from booklet.settings import CHOICE, SETTINGS, check_name, own_option

    check_name(key)
    if key.startswith(CHOICE):
        default = own_option(key.removeprefix(CHOICE), settings.routine()).default
        return ", ".join(default) or "none" if isinstance(default, tuple) else str(default)
    words = {
        "lang": "the routine's own",
        "skin": "the theme's",
        "giver-skin": "the theme's",
        "printer": "the usual one of the system",
    }
    return SETTINGS[key].default or words[key]


def _show(settings: "Settings") -> None:
    """All settings: what they are and where that comes from."""
    from booklet.settings import CHOICE, SETTINGS

    own = [CHOICE + option.name for option in settings.routine().own_options]
    settings.choices(settings.routine())  # wrong ones are told
    rows = [
        (key, str(settings.values[key]), f"file, line {settings.values[key].place.line}")
        if key in settings.values
        else (key, _default(settings, key), "default")
        for key in (*SETTINGS, *own)
    ]
    print(settings.path if settings.path.exists() else f"{settings.path} (not there yet)")
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, origin in rows:
        print(f"  {name:{wide[0]}}  {value:{wide[1]}}  {origin}")


# --- print --------------------------------------------------------------------------------------------------------
def print_booklet(booklet: "Booklet", printer: str, copies: int, dry_run: bool, quiet: bool) -> None:
    """Hands the home edition to CUPS; where the backs are fed by hand, waits for them in between."""
    from booklet.errors import BadChoice, CannotPrint
    from booklet.spooling import find_printer, lp_command, send
    from booklet.writing import set_aside

    if not 1 <= copies <= 99:
        raise BadChoice(f"--copies is from 1 to 99, not {copies}")
    printing = booklet.request.printing
    by_hand = printing.duplex == "manual"
    name = printer if dry_run else find_printer(printer)
    if by_hand and not dry_run and not sys.stdin.isatty():
        raise CannotPrint(
            "printing by hand waits until you have put the sheets back, so it needs a terminal: "
            "run it in one, or make both files with `booklet build --edition home --duplex manual`"
        )
    title = booklet.meta("home").title
    jobs = {part: f"{booklet.routine.name}-home{part}.pdf" for part in (("-fronts", "-backs") if by_hand else ("",))}
    commands = {
        part: lp_command(file, booklet.request.paper, printing, title + part.replace("-", ", "), name, copies)
        for part, file in jobs.items()
    }
    if dry_run:
        for command in commands.values():
            print(shlex.join(command))
        return

    def say(words: str) -> None:
        if not quiet:
            print(words, flush=True)

    for remark in booklet.remarks:
        say(f"Note: {remark}")
    with set_aside({jobs[part]: data for part, data in booklet.files("home").items()}) as folder:
        for part, command in commands.items():
            if part == "-backs" and not _sheets_are_back(printing.backs):
                raise CannotPrint("nobody pressed Enter, so the backs aren't printed: make them with `booklet build`")
            send(command, folder)
            say(f"Sent to {name}: {_what(booklet, part)}{f', {copies} times' if copies > 1 else ''}.")
    if printing.duplex != "singles":
        say("Fold the sheets together and put two staples in the fold.")


def _what(booklet: "Booklet", part: str) -> str:
    from booklet.writing import SHEETS

    pages, paper = len(booklet.to_print), SHEETS[booklet.request.paper]
    if booklet.request.printing.duplex == "singles":
        return f"{pages} pages on {paper}, both sides"
    return f"{'' if not part else f'the {part[1:]} of '}{pages // 4} sheets of {paper}"


def _sheets_are_back(order: str) -> bool:
    """Says how to put the sheets back, and waits for Enter; not for ever."""
    turned = "just as they came out" if order == "last-first" else "turned over as a stack"
    print(f"When all fronts are out, put the sheets back {turned}, as you did with the test sheet.")
    print("Then press Enter. ", end="", flush=True)
    ready, _, _ = select.select([sys.stdin], [], [], PATIENCE)
    return bool(ready) and sys.stdin.readline() != ""
