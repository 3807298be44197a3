"""The command line. The options that a routine declares become real flags of `build`, with their help and defaults.

Exit codes: 0 done, 1 a problem in the user's file or choices, 2 wrong usage. Nothing is imported that a command doesn't
need, so that `--help` answers at once.
"""

import gc
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet import __version__

if TYPE_CHECKING:
    from booklet.conditions import Option
    from booklet.routines import RoutineFile

DEFAULT = "back-massage"
SWITCHES = {"--large-print", "--quiet", "--help"}  # all other options take a value
Parameters = dict[str, tuple[Any, Any]]  # name: (annotation, default)

RoutineArgument = Annotated[
    str,
    typer.Argument(metavar="[ROUTINE]", help="A built-in routine, or the path of a routine file.", show_default=True),
]


def main() -> None:
    """The command `booklet`."""
    gc.disable()  # a build makes a hundred thousand small values and ends; looking for cycles costs a tenth of it
    arguments = sys.argv[1:]
    try:
        app(arguments)(arguments)
    except Exception as error:
        from booklet.errors import BookletError, InvalidFile

        if not isinstance(error, BookletError):
            raise
        print(error, file=sys.stderr)
        if isinstance(error, InvalidFile) and len(error.problems) > 1:
            print(f"{len(error.problems)} problems.", file=sys.stderr)
        raise SystemExit(1) from None


def app(arguments: list[str]) -> typer.Typer:
    """The Typer application for these arguments: `build` has the options of the routine that they name."""
    made = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="Turns a routine into a printed, illustrated, step-by-step booklet.",
        context_settings={"help_option_names": ["--help", "-h"]},
    )

    @made.callback()
    def common(
        version: Annotated[
            bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
        ] = False,
    ) -> None:
        pass

    routine = _routine_of(arguments) if arguments[:1] == ["build"] else None
    made.command(
        "build",
        help=f"Make the booklet.\n\nExample: {_example(routine)}",
    )(_build_command(routine))
    made.command("options", help="Show what a routine can be tailored by.\n\nExample: booklet options back-massage")(
        options
    )
    return made


def _example(routine: "RoutineFile | None") -> str:
    """A command that works with the routine's own options."""
    if routine is None:
        return "booklet build --setup floor --minutes 20"
    words = ["booklet build"]
    if routine.path.stem != DEFAULT:
        words.append(str(routine.path))
    words += [f"--{option.name} {next(iter(option.choices))}" for option in routine.own_options if option.choices][:1]
    return " ".join([*words, "--out here"])


def _version(shown: bool) -> None:
    if shown:
        print(f"booklet {__version__}")
        raise typer.Exit


def _routine_of(arguments: list[str]) -> "RoutineFile":
    """The routine file that the arguments of `build` name: the first that is neither an option nor an option's value."""
    from booklet.routines import find_routine, read_routine

    name, skip = DEFAULT, False
    for argument in arguments[1:]:
        if skip:
            skip = False
        elif argument.startswith("-") and argument != "-":
            skip = argument.startswith("--") and "=" not in argument and argument not in SWITCHES
        else:
            name = argument
            break
    return read_routine(find_routine(name))


# --- build --------------------------------------------------------------------------------------------------------
PROGRAM_OPTIONS: Parameters = {
    "edition": (
        Annotated[list[str] | None, typer.Option("--edition", metavar="screen|home", help="What to make; may be given twice.", show_default="both")],
        None,
    ),
    "format": (
        Annotated[str, typer.Option("--format", metavar="booklet|large-print|cue-card|poster|cards|zine", help="A folded booklet, or a sheet or cards beside it.")],
        "booklet",
    ),
    "paper": (
        Annotated[str, typer.Option("--paper", metavar="a4|letter", help="The paper it is printed on.")],
        "a4",
    ),
    "theme": (Annotated[str, typer.Option("--theme", metavar="NAME", help="How it looks: a built-in theme or a theme file.")], "still"),
    "skin": (
        Annotated[str, typer.Option("--skin", metavar="NAME", help="The receiver's skin: porcelain, light, tan, brown or dark.", show_default="the theme's")],
        "",
    ),
    "giver_skin": (
        Annotated[str, typer.Option("--giver-skin", metavar="NAME", help="The giver's skin.", show_default="the theme's")],
        "",
    ),
    "large_print": (Annotated[bool, typer.Option("--large-print", help="Type of 16 to 18 points.")], False),
    "pages": (
        Annotated[str | None, typer.Option("--pages", metavar="8|12|16|20|24", help="How many pages.", show_default="16, or what it takes")],
        None,
    ),
    "receiver": (Annotated[str, typer.Option("--for", metavar="NAME", help="Whom it is made for: stands on the cover.", show_default=False)], ""),
    "giver": (Annotated[str, typer.Option("--by", metavar="NAME", help="Who gives it: stands on the cover.", show_default=False)], ""),
    "out": (Annotated[Path, typer.Option("--out", metavar="PATH", help="The folder to write to, or a .pdf file for one edition.")], Path()),
    "quiet": (Annotated[bool, typer.Option("--quiet", help="Say nothing unless something is wrong.")], False),
}  # fmt: skip


def _build_command(routine: "RoutineFile | None") -> Callable[..., None]:
    """`build` with a signature that lists the routine's options before the program's own."""
    own = routine.own_options if routine else []
    parameters: Parameters = {"routine": (RoutineArgument, DEFAULT)}
    parameters |= {f"choice_{option.name.replace('-', '_')}": _flag(option) for option in own}
    parameters |= PROGRAM_OPTIONS

    def command(**values: Any) -> None:
        assert routine is not None  # `build` only runs where main has read its routine
        given = {}
        for option in own:
            value = values.pop(f"choice_{option.name.replace('-', '_')}")
            if value:
                given[option.name] = value
        values.pop("routine")
        build(routine, given, **values)

    keyword = inspect.Parameter.POSITIONAL_OR_KEYWORD
    signature = inspect.Signature(
        [
            inspect.Parameter(name, keyword, annotation=kind, default=default)
            for name, (kind, default) in parameters.items()
        ]
    )
    command.__signature__ = signature  # type: ignore[attr-defined]  # what Typer reads
    command.__annotations__ = {name: kind for name, (kind, _) in parameters.items()}
    return command


def _flag(option: "Option") -> tuple[Any, Any]:
    """A routine's option as a flag. The text is checked by the routine, whose messages name the choices."""
    names = f"{option.range[0]}..{option.range[1]}" if option.range else "|".join(option.choices)
    metavar = "NAME" if option.several else names
    listed = f" One of: {', '.join(option.choices)}." if option.several else ""
    info = typer.Option(f"--{option.name}", metavar=metavar, help=f"{option.help}{listed}")
    if option.several:
        return Annotated[list[str] | None, info], list(option.default) if isinstance(option.default, tuple) else None
    return Annotated[str, info], str(option.default)


def build(
    routine: "RoutineFile",
    given: "dict[str, str | list[str]]",
    edition: list[str] | None,
    format: str,
    paper: str,
    theme: str,
    skin: str,
    giver_skin: str,
    large_print: bool,
    pages: str | None,
    receiver: str,
    giver: str,
    out: Path,
    quiet: bool,
) -> None:
    """Makes the editions and writes them; says what was written and how to print it."""
    from booklet.building import Request, make, make_loose
    from booklet.drafting import FORMATS
    from booklet.editions import EDITIONS
    from booklet.errors import BadChoice
    from booklet.loose import LOOSE, how_to_use
    from booklet.routines import PAGES
    from booklet.writing import Progress, how_to_print, targets, write_all

    names = [_one_of("edition", name, EDITIONS) for name in edition or EDITIONS]
    names_of = (" ".join(receiver.split()), " ".join(giver.split()))
    count = int(_one_of("pages", pages, [str(n) for n in PAGES])) if pages else None
    loose = _one_of("format", format, ["booklet", "large-print", *LOOSE]) in LOOSE
    if loose and edition:
        raise BadChoice(
            f"--edition doesn’t go with --format {format}: a {format} is one file for the printer; leave one out"
        )
    large_print |= format == "large-print"
    request = Request(_one_of("paper", paper, FORMATS), theme, large_print, count, *names_of, skin, giver_skin)
    with Progress(quiet):
        booklet = make_loose(format, routine, given, request) if loose else make(routine, given, request)
        files = targets(out, str(booklet.routine.name), [format] if loose else list(dict.fromkeys(names)))
        data = booklet.loose if loose else booklet.edition
        written = write_all({path: data(name) for name, path in files.items()})
    if not quiet:
        for remark in booklet.remarks:
            print(f"Note: {remark}")
        for name, path in zip(files, written, strict=True):
            how = how_to_use(name, booklet.book, len(booklet.pages)) if loose else how_to_print(name, booklet)
            print(f"{path}: {how}")


def _one_of(option: str, value: str, known: Any) -> str:
    from booklet.conditions import nearest
    from booklet.errors import BadChoice

    if value not in known:
        raise BadChoice(f"`{value}` is no choice of `{option}`: {', '.join(known)}{nearest(value, known)}")
    return value


# --- options ------------------------------------------------------------------------------------------------------
def options(routine: RoutineArgument = DEFAULT) -> None:
    """Prints the options that a routine declares, with their choices and defaults."""
    from booklet.routines import find_routine, read_routine

    file = read_routine(find_routine(routine))
    print(f"{file.path.stem} can be tailored by:\n")
    for option in file.own_options:
        if option.range:
            heading = f"{option.range[0]}..{option.range[1]}"
        else:
            heading = "may be given several times" if option.several else " | ".join(option.choices)
        print(f"  --{option.name} {heading}")
        print(f"      {option.help}")
        if option.default:
            print(f"      Default: {option.default}")
        for name, label in option.choices.items():
            if label.lower().replace(" ", "-") != name:
                print(f"      {name:14} {label}")
        print()
