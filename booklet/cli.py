"""The command line. The options that a routine declares become real flags of `build`, with their help and defaults.

Exit codes: 0 done, 1 a problem in the user's file or choices, 2 wrong usage. Nothing is imported that a command doesn't
need, so that `--help` answers at once.
"""

import gc
import inspect
import sys
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from booklet import __version__, cli_print
from booklet.cli_proof import add_proof

if TYPE_CHECKING:
    from booklet.branding import Brand
    from booklet.building import Request
    from booklet.conditions import Option
    from booklet.editions import Printing
    from booklet.routines import RoutineFile
    from booklet.settings import Settings
    from booklet.shops import Shop

DEFAULT = "back-massage"
# All other options take a value.
SWITCHES = {"--large-print", "--singles", "--quiet", "--no-config", "--dry-run", "--help"}
FORMAT_NAMES = ("booklet", "large-print", "cue-card", "poster", "cards", "zine")
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

    makes = arguments[:1] in (["build"], ["print"])
    settings = cli_print.settings_for(arguments) if makes else None
    routine = _routine_of(arguments, str(settings.values.get("routine", DEFAULT))) if settings else None
    for name, says, run, own in (
        ("build", f"Make the booklet.\n\nExample: {_example(routine)}", build, PROGRAM_OPTIONS),
        ("print", "Make the booklet for this paper and print it.\n\nExample: booklet print --dry-run", print_, PRINT_OPTIONS),
    ):  # fmt: skip
        made.command(name, help=says)(_command(routine, settings, arguments, run, own))
    made.command("test-sheet", help="Make a sheet that shows how your printer works.\n\nExample: booklet test-sheet")(
        cli_print.sheet
    )
    made.command("config", help="Show or change your own defaults.\n\nExample: booklet config paper letter")(
        cli_print.config
    )
    made.command("options", help="Show what a routine can be tailored by.\n\nExample: booklet options back-massage")(
        options
    )
    add_proof(made)
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


def _routine_of(arguments: list[str], usual: str) -> "RoutineFile":
    """The routine file that the arguments of `build` or `print` name, or the `usual` one.

    It is the first that is neither an option nor an option's value.
    """
    from booklet.routines import find_routine, read_routine

    name, skip = usual, False
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
HOME, SHOP = "The home edition", "The shop edition"
PROGRAM_OPTIONS: Parameters = {
    "edition": (
        Annotated[list[str] | None, typer.Option("--edition", metavar="screen|home|shop", help="What to make; may be given several times.", show_default="screen and home")],
        None,
    ),
    "format": (
        Annotated[str, typer.Option("--format", metavar="booklet|large-print|cue-card|poster|cards|zine", help="A folded booklet, or a sheet or cards beside it.")],
        "booklet",
    ),
    "paper": (
        Annotated[str | None, typer.Option("--paper", metavar="a4|letter", help="The paper it is printed on.", show_default="a4, or the shop's")],
        None,
    ),
    "theme": (Annotated[str | None, typer.Option("--theme", metavar="NAME", help="How it looks: a built-in theme or a theme file.", show_default="still, or the brand's")], None),
    "brand": (Annotated[str | None, typer.Option("--brand", metavar="FILE", help="Whom it is from: a brand file, or an example's name.", show_default=False)], None),
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
    "flip": (Annotated[str, typer.Option("--flip", metavar="short|long", help="The edge over which the printer turns paper.", rich_help_panel=HOME)], "short"),
    "duplex": (Annotated[str, typer.Option("--duplex", metavar="auto|manual", help="Both sides by itself, or fronts and backs as two files to feed by hand.", rich_help_panel=HOME)], "auto"),
    "backs": (Annotated[str, typer.Option("--backs", metavar="last-first|first-first", help="By hand: the order of the backs.", rich_help_panel=HOME)], "last-first"),
    "singles": (Annotated[bool, typer.Option("--singles", help="One page on each side of the paper, nothing to fold.", rich_help_panel=HOME)], False),
    "gsm": (Annotated[int, typer.Option("--gsm", metavar="60..160", help="The paper's weight in g/m²: inner pages move to the fold by it.", rich_help_panel=HOME)], 80),
    "ink": (Annotated[str, typer.Option("--ink", metavar="colour|grey|line", help="Black ink only, or lines only.", rich_help_panel=HOME)], "colour"),
    "shop": (Annotated[str | None, typer.Option("--shop", metavar="NAME", help="The print shop's preset: a built-in one or a file.", rich_help_panel=SHOP, show_default="by the paper")], None),
    "icc": (Annotated[Path | None, typer.Option("--icc", metavar="FILE", help="The shop's own CMYK profile.", rich_help_panel=SHOP, show_default=False)], None),
    "out": (Annotated[Path, typer.Option("--out", metavar="PATH", help="The folder to write to, or a .pdf file for one edition.")], Path()),
    "quiet": (Annotated[bool, typer.Option("--quiet", help="Say nothing unless something is wrong.")], False),
    "no_config": (Annotated[bool, typer.Option("--no-config", help="Leave your settings out (`booklet config`).")], False),
}  # fmt: skip
PRINT_OPTIONS: Parameters = {
    **{name: option for name, option in PROGRAM_OPTIONS.items() if name not in ("edition", "format", "shop", "icc", "out")},
    "printer": (Annotated[str, typer.Option("--printer", metavar="NAME", help="Which printer.", show_default="the usual one")], ""),
    "copies": (Annotated[int, typer.Option("--copies", metavar="N", help="How many booklets.")], 1),
    "dry_run": (Annotated[bool, typer.Option("--dry-run", help="Only show the command that prints.")], False),
}  # fmt: skip


def _command(
    routine: "RoutineFile | None",
    settings: "Settings | None",
    arguments: list[str],
    run: Callable[..., None],
    options: Parameters,
) -> Callable[..., None]:
    """`build` or `print` with a signature that lists the routine's options before the program's own.

    The user's settings are its defaults: nothing else needs to know of them.
    """
    own = routine.own_options if routine else []
    parameters: Parameters = {"routine": (RoutineArgument, DEFAULT)}
    parameters |= {f"choice_{option.name.replace('-', '_')}": _flag(option) for option in own}
    parameters |= options
    if settings and routine:
        _use(settings, routine, arguments, parameters)

    def command(**values: Any) -> None:
        from booklet.errors import BadChoice

        assert routine is not None  # it only runs where main has read its routine
        assert settings is not None
        given = {}
        for option in own:
            value = values.pop(f"choice_{option.name.replace('-', '_')}")
            if value:
                given[option.name] = value
        values.pop("routine")
        if values["brand"]:  # what isn't said on the command line is the brand's to choose
            said = {argument.partition("=")[0] for argument in arguments}
            given = {name: value for name, value in given.items() if f"--{name}" in said}
        values.pop("no_config")
        try:
            run(routine, given, **values)
        except BadChoice as error:
            raise BadChoice(f"{error}{settings.told(arguments)}") from None

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


def _use(settings: "Settings", routine: "RoutineFile", arguments: list[str], parameters: Parameters) -> None:
    """Makes the settings the defaults of the flags, in the help too."""
    defaults: dict[str, str | list[str]] = dict(settings.flags(arguments))
    defaults |= {f"choice_{name}": value for name, value in settings.choices(routine).items()}
    for key, value in defaults.items():
        name = key.replace("-", "_")
        if name in parameters:
            kind, default = parameters[name]
            info = copy(kind.__metadata__[0])
            info.show_default = True
            parameters[name] = (
                Annotated[get_args(kind)[0], info],
                int(str(value)) if isinstance(default, int) else value,
            )


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
    paper: str | None,
    shop: str | None,
    icc: Path | None,
    out: Path,
    quiet: bool,
    **wishes: Any,
) -> None:
    """Makes the editions and writes them; says what was written and how to print it."""
    from booklet.building import make, make_loose
    from booklet.editions import EDITIONS
    from booklet.errors import BadChoice
    from booklet.writing import Progress, how_to_print, targets, write_all

    loose = _one_of("format", format, FORMAT_NAMES) in FORMAT_NAMES[2:]
    if loose and (edition or shop or icc):
        raise BadChoice(
            f"--edition doesn’t go with --format {format}: a {format} is one file for the printer; leave one out"
        )
    wishes["large_print"] |= format == "large-print"
    names = [_one_of("edition", name, EDITIONS) for name in edition or ("shop",) * bool(shop or icc) or EDITIONS[:2]]
    preset = _preset(shop, icc, paper) if "shop" in names else None
    request = _request(paper, preset, **wishes)
    with Progress(quiet):
        booklet = make_loose(format, routine, given, request) if loose else make(routine, given, request)
        bases = targets(out, str(booklet.routine.name), [format] if loose else list(dict.fromkeys(names)))
        files = {
            base.with_stem(base.stem + part): (name, part, data)
            for name, base in bases.items()
            for part, data in ({"": booklet.loose(name)} if loose else booklet.files(name)).items()
        }
        write_all({path: data for path, (_, _, data) in files.items()})
    if not quiet:
        for remark in booklet.remarks:
            print(f"Note: {remark}")
        for path, (name, part, _) in files.items():
            how = booklet.how_to_use(name) if loose else how_to_print(name, part, booklet)
            print(f"{path}: {how}")


def print_(
    routine: "RoutineFile",
    given: "dict[str, str | list[str]]",
    paper: str | None,
    printer: str,
    copies: int,
    dry_run: bool,
    quiet: bool,
    **wishes: Any,
) -> None:
    """Makes the home edition and hands it to the system's printing."""
    from booklet.building import make
    from booklet.writing import Progress

    with Progress(quiet):
        booklet = make(routine, given, _request(paper, None, **wishes))
    cli_print.print_booklet(booklet, printer, copies, dry_run, quiet)


def _request(
    paper: str | None,
    preset: "Shop | None",
    theme: str | None,
    brand: str | None,
    skin: str,
    giver_skin: str,
    large_print: bool,
    pages: str | None,
    receiver: str,
    giver: str,
    flip: str,
    duplex: str,
    backs: str,
    singles: bool,
    gsm: int,
    ink: str,
) -> "Request":
    """What the flags ask for, beside the routine's own options."""
    from booklet.building import Request
    from booklet.drafting import FORMATS
    from booklet.routines import PAGES

    names_of = (" ".join(receiver.split()), " ".join(giver.split()))
    count = int(_one_of("pages", pages, [str(n) for n in PAGES])) if pages else None
    sheet = _one_of("paper", paper or (preset.paper if preset else "a4"), FORMATS)
    printing = _printing(flip, duplex, backs, singles, gsm, ink)
    return Request(sheet, theme or "", large_print, count, *names_of, skin, giver_skin, printing, _brand(brand), preset)


def _printing(flip: str, duplex: str, backs: str, singles: bool, gsm: int, ink: str) -> "Printing":
    from booklet.editions import Printing
    from booklet.errors import BadChoice

    if not 60 <= gsm <= 160:
        raise BadChoice(f"--gsm is the paper's weight in g/m², from 60 to 160, not {gsm}")
    if singles and duplex == "manual":
        raise BadChoice("--singles has no backs to feed by hand: leave out --duplex manual")
    return Printing(
        flip=_one_of("flip", flip, ("short", "long")),
        duplex="singles" if singles else _one_of("duplex", duplex, ("auto", "manual")),
        backs=_one_of("backs", backs, ("last-first", "first-first")),
        gsm=gsm,
        ink=_one_of("ink", ink, ("colour", "grey", "line")),
    )


def _brand(name: str | None) -> "Brand | None":
    from booklet.branding import find_brand, read_brand

    return read_brand(find_brand(name)) if name else None


def _preset(name: str | None, icc: Path | None, paper: str | None) -> "Shop":
    """The print shop's preset, with the user's own profile in it; where none is named, the generic one for the paper."""
    from booklet.errors import BadChoice
    from booklet.shops import GENERIC, find_shop, read_shop, with_profile

    preset = read_shop(find_shop(name or GENERIC.get(paper or "a4", GENERIC["a4"])))
    if paper and paper != preset.paper:
        raise BadChoice(f"the shop preset {preset.name} is for --paper {preset.paper}, not {paper}")
    return with_profile(preset, icc) if icc else preset


def _one_of(option: str, value: str, known: Any) -> Any:
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
