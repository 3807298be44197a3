"""The commands `build` and `print`: their flags, the program's own and those that a routine declares, and what they do."""

import inspect
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from booklet import DEFAULT

if TYPE_CHECKING:
    from booklet.brands import Brand
    from booklet.cli_watch import Session
    from booklet.conditions import Option
    from booklet.routines import RoutineFile
    from booklet.settings import Settings

FORMAT_NAMES = ("booklet", "large-print", "cue-card", "poster", "cards", "zine")
Parameters = dict[str, tuple[Any, Any]]  # name: (annotation, default)

RoutineArgument = Annotated[
    str,
    typer.Argument(metavar="[ROUTINE]", help="A built-in routine, or the path of a routine file.", show_default=True),
]

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
    "lang": (
        Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help="The language: de, or es-mx; `booklet check` lists what isn't translated.", show_default="the routine's own")],
        "",
    ),
    "paper": (
        Annotated[str | None, typer.Option("--paper", metavar="a4|letter", help="The paper it is printed on.", show_default="that of the language, or the shop's")],
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
    "watch": (Annotated[bool, typer.Option("--watch", help="Make it again whenever a file that it is made from changes.")], False),
    "no_config": (Annotated[bool, typer.Option("--no-config", help="Leave your settings out (`booklet config`).")], False),
}  # fmt: skip
PRINT_OPTIONS: Parameters = {
    **{name: option for name, option in PROGRAM_OPTIONS.items() if name not in ("edition", "format", "shop", "icc", "out", "watch")},
    "printer": (Annotated[str, typer.Option("--printer", metavar="NAME", help="Which printer.", show_default="the usual one")], ""),
    "copies": (Annotated[int, typer.Option("--copies", metavar="N", help="How many booklets.")], 1),
    "dry_run": (Annotated[bool, typer.Option("--dry-run", help="Only show the command that prints.")], False),
}  # fmt: skip


def command_of(
    routine: "RoutineFile | None",
    settings: "Settings | None",
    arguments: list[str],
    run: Callable[..., None],
    options: Parameters,
) -> Callable[..., None]:
    """`build` and its like with a signature that lists the routine's options before the program's own.

    The user's settings are its defaults: nothing else needs to know of them.
    """
    own = routine.own_options if routine else []
    parameters: Parameters = {} if "table" in options else {"routine": (RoutineArgument, DEFAULT)}
    parameters |= {name: options[name] for name in ("table",) if name in options}
    parameters |= {f"choice_{option.name.replace('-', '_')}": _flag(option) for option in own}
    parameters |= options
    if settings and routine:
        _use(settings, routine, arguments, parameters)

    def command(**values: Any) -> None:
        from booklet.errors import BadChoice
        from booklet.languages import paper_of

        assert routine is not None  # it only runs where main has read its routine
        assert settings is not None
        given = {}
        for option in own:
            value = values.pop(f"choice_{option.name.replace('-', '_')}")
            if value:
                given[option.name] = value
        values.pop("routine")
        values.pop("lang")  # `cli` has read the routine in it
        if "table" not in values and not values.get("shop"):  # rows and shops may have papers of their own
            values["paper"] = values["paper"] or paper_of(routine.language)
        if values["brand"] or "table" in values:  # what isn't said on the command line is the brand's to choose
            said = {argument.partition("=")[0] for argument in arguments}
            given = {name: value for name, value in given.items() if f"--{name}" in said}
        values.pop("no_config")
        values.pop("watch", None)  # `cli_watch` has seen to it
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
    labels = [(name, str(label)) for name, label in option.choices.items()]
    info = typer.Option(
        f"--{option.name}", metavar=metavar, help=f"{option.help}{listed}", autocompletion=lambda: labels
    )
    if option.several:
        return Annotated[list[str] | None, info], list(option.default) if isinstance(option.default, tuple) else None
    return Annotated[str, info], str(option.default)


def build(
    routine: "RoutineFile",
    given: "dict[str, str | list[str]]",
    edition: list[str] | None,
    format: str,
    brand: str | None,
    paper: str | None,
    shop: str | None,
    icc: Path | None,
    out: Path,
    quiet: bool,
    session: "Session | None" = None,
    **wishes: Any,
) -> None:
    """Makes the editions and writes them; says what was written and how to print it."""
    from booklet.building import make, make_loose
    from booklet.editions import EDITIONS
    from booklet.errors import BadChoice
    from booklet.wishes import one_of, preset_of, request_of
    from booklet.writing import Progress, how_to_print, targets, write_all

    loose = one_of("format", format, FORMAT_NAMES) in FORMAT_NAMES[2:]
    if loose and (edition or shop or icc):
        raise BadChoice(
            f"--edition doesn’t go with --format {format}, which is one file for the printer: leave one out"
        )
    wishes["large_print"] |= format == "large-print"
    names = [one_of("edition", name, EDITIONS) for name in edition or ("shop",) * bool(shop or icc) or EDITIONS[:2]]
    preset = preset_of(shop, icc, paper) if "shop" in names else None
    request = request_of(brand_of(brand), preset, paper, **wishes)
    with Progress(quiet):
        kept = session.of(routine) if session else None
        booklet = make_loose(format, routine, given, request) if loose else make(routine, given, request, kept)
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
    brand: str | None,
    paper: str | None,
    printer: str,
    copies: int,
    dry_run: bool,
    quiet: bool,
    **wishes: Any,
) -> None:
    """Makes the home edition and hands it to the system's printing."""
    from booklet.building import make
    from booklet.cli_print import print_booklet
    from booklet.wishes import request_of
    from booklet.writing import Progress

    request = request_of(brand_of(brand), None, paper, **wishes)
    with Progress(quiet):
        booklet = make(routine, given, request)
    print_booklet(booklet, printer, copies, dry_run, quiet)


def brand_of(name: str | None) -> "Brand | None":
    """The brand of a file or an example's name, where one is named."""
    from booklet.branding import find_brand, read_brand

    return read_brand(find_brand(name)) if name else None
