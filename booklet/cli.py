"""The command line. The options that a routine declares become real flags of `build`, with their help and defaults.

Exit codes: 0 done, 1 a problem in the user's file or choices, 2 wrong usage. Nothing is imported that a command doesn't
need, so that `--help` answers at once.
"""

import gc
import sys
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

import typer

from booklet import __version__, cli_print
from booklet.cli_author import PREVIEW_OPTIONS, new, preview, texts
from booklet.cli_batch import BATCH_OPTIONS, batch
from booklet.cli_build import DEFAULT, PRINT_OPTIONS, PROGRAM_OPTIONS, RoutineArgument, build, command_of, print_
from booklet.cli_check import EXPLAIN_OPTIONS, check, explain, inspect
from booklet.cli_proof import add_proof
from booklet.cli_schema import add_schema
from booklet.cli_watch import Session, watch, watches

if TYPE_CHECKING:
    from booklet.routines import RoutineFile
    from booklet.settings import Settings

# All other options take a value.
SWITCHES = {
    "--large-print",
    "--singles",
    "--quiet",
    "--no-config",
    "--dry-run",
    "--sheet",
    "--help",
    "--watch",
    "--serve",
}


def main() -> None:
    """The command `booklet`."""
    gc.disable()  # a build makes a hundred thousand small values and ends; looking for cycles costs a tenth of it
    arguments = sys.argv[1:]
    try:
        if watches(arguments):
            raise SystemExit(watch(arguments, lambda session: app(arguments, session)(arguments)))
        app(arguments)(arguments)
    except Exception as error:
        from booklet.errors import BookletError, InvalidFile

        if not isinstance(error, BookletError):
            raise
        print(error, file=sys.stderr)
        if isinstance(error, InvalidFile) and len(error.problems) > 1:
            print(f"{len(error.problems)} problems.", file=sys.stderr)
        raise SystemExit(1) from None


def app(arguments: list[str], session: Session | None = None) -> typer.Typer:
    """The Typer application for these arguments: `build` has the options of the routine that they name.

    A `session` is there where a booklet is made again and again.
    """
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

    makes = arguments[:1] in (["build"], ["print"], ["batch"], ["preview"], ["explain"])
    settings = cli_print.settings_for(arguments) if makes else None
    routine = _routine_of(arguments, settings) if settings else None
    for name, says, run, own in (
        ("build", f"Make the booklet.\n\nExample: {_example(routine)}", partial(build, session=session), PROGRAM_OPTIONS),
        ("print", "Make the booklet for this paper and print it.\n\nExample: booklet print --dry-run", print_, PRINT_OPTIONS),
        ("batch", "Make a booklet for each row of a table.\n\nExample: booklet batch places.csv --brand spa.yaml --out made", batch, BATCH_OPTIONS),
        ("preview", "Draw pages as a picture (PNG).\n\nExample: booklet preview --brand stillwater", partial(preview, session=session), PREVIEW_OPTIONS),
        ("explain", "Tell what choices put in and leave out, and why.\n\nExample: booklet explain --setup bed --minutes 20", explain, EXPLAIN_OPTIONS),
    ):  # fmt: skip
        made.command(name, help=says)(command_of(routine, settings, arguments, run, own))
    made.command(
        "new",
        help="Begin a routine, theme or brand of your own.\n\nExample: booklet new routine 'Five minutes at your desk'",
    )(new)
    made.command(
        "texts",
        help="Write or renew the file in which a routine is translated.\n\nExample: booklet texts tea.yaml --lang de",
    )(texts)
    made.command(
        "check",
        help="Tell what is wrong with routine, theme and brand files.\n\nExample: booklet check my-routine.yaml --strict",
    )(check)
    made.command("inspect", help="Tell what a PDF was built from.\n\nExample: booklet inspect back-massage-home.pdf")(
        inspect
    )
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
    add_schema(made, app)
    if used := [one for one in made.registered_commands if [one.name] == arguments[:1]]:
        made.registered_commands = used  # Typer looks at all that it has, whichever is run
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


def _given(arguments: list[str], flag: str) -> str:
    """The value of a flag among the arguments, the last where it is given more often; nothing where it isn't."""
    named = [after for before, after in pairwise(arguments) if before == flag]
    named += [one.partition("=")[2] for one in arguments if one.startswith(f"{flag}=")]
    return named[-1] if named else ""


def _routine_of(arguments: list[str], settings: "Settings") -> "RoutineFile":
    """The routine file that the arguments name, or the usual one, in the language that is asked for.

    A language that is a setting is left out where the routine doesn't have it.
    """
    from booklet.errors import BadChoice
    from booklet.routines import find_routine, read_routine
    from booklet.translating import in_language

    usual = str(settings.values.get("routine", DEFAULT))
    file = read_routine(find_routine(_named_routine(arguments, usual)))
    if asked := _given(arguments, "--lang"):
        return in_language(file, asked)
    try:
        return in_language(file, str(settings.values.get("lang", "")))
    except BadChoice:
        return file


def _named_routine(arguments: list[str], usual: str) -> str:
    """The routine that the arguments of a command name: the first that is neither an option nor an option's value."""
    if arguments[0] == "batch":  # whose argument is the table
        return _given(arguments, "--routine") or usual
    name, skip = usual, False
    for argument in arguments[1:]:
        if skip:
            skip = False
        elif argument.startswith("-") and argument != "-":
            skip = argument.startswith("--") and "=" not in argument and argument not in SWITCHES
        else:
            name = argument
            break
    return name


# --- options ------------------------------------------------------------------------------------------------------
def options(
    routine: RoutineArgument = DEFAULT,
    lang: Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help="The language.", show_default=False)] = "",
) -> None:
    """Prints the options that a routine declares, with their choices and defaults."""
    from booklet.routines import find_routine, read_routine
    from booklet.translating import in_language

    file = in_language(read_routine(find_routine(routine)), lang)
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
            if option.several or label.lower().replace(" ", "-") != name:  # the heading has the others
                print(f"      {name:14} {label}")
        print()
