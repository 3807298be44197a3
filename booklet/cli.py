"""The command line. The options that a routine declares become real flags of `build`, with their help and defaults.

Exit codes: 0 done, 1 a problem in the user's file or choices, 2 wrong usage. Nothing is imported that a command doesn't
need, so that `--help` answers at once.
"""

import atexit
import gc
import os
import sys
from functools import partial
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

import typer

from booklet import DEFAULT, __version__

if TYPE_CHECKING:
    from booklet.cli_watch import Session
    from booklet.routines import RoutineFile
    from booklet.settings import Settings

COMMANDS: dict[str, tuple[str, str, str, str]] = {
    # name: (where its function is; its flags, if a routine's stand before them; what it does; an example)
    "build": ("cli_build.build", "PROGRAM_OPTIONS", "Make the booklet.", ""),
    "print": ("cli_build.print_", "PRINT_OPTIONS", "Make the booklet for this paper and print it.", "booklet print --dry-run"),
    "batch": ("cli_batch.batch", "BATCH_OPTIONS", "Make a booklet for each row of a table.", "booklet batch places.csv --brand spa.yaml --out made"),
    "preview": ("cli_author.preview", "PREVIEW_OPTIONS", "Draw pages as a picture (PNG).", "booklet preview --brand stillwater"),
    "explain": ("cli_check.explain", "EXPLAIN_OPTIONS", "Tell what choices put in and leave out, and why.", "booklet explain --setup bed --minutes 20"),
    "new": ("cli_author.new", "", "Begin a routine, theme or brand of your own.", "booklet new routine 'Five minutes at your desk'"),
    "texts": ("cli_author.texts", "", "Write or renew the file in which a routine is translated.", "booklet texts tea.yaml --lang de"),
    "check": ("cli_check.check", "", "Tell what is wrong with routine, theme and brand files.", "booklet check my-routine.yaml --strict"),
    "inspect": ("cli_check.inspect", "", "Tell what a PDF was built from.", "booklet inspect back-massage-home.pdf"),
    "test-sheet": ("cli_print.sheet", "", "Make a sheet that shows how your printer works.", "booklet test-sheet"),
    "config": ("cli_print.config", "", "Show or change your own defaults.", "booklet config paper letter"),
    "options": ("cli.options", "", "Show what a routine can be tailored by.", "booklet options back-massage"),
    "proof": ("cli_proof.proof", "", "Check finished PDF files before they are printed.", "booklet proof back-massage-shop.pdf"),
    "schema": ("cli_schema.schema", "", "Print the JSON Schema of routine, theme or brand files, for editors.", "booklet schema routine > routine.schema.json"),
    "completion": ("cli_schema.completion", "", "Print what makes a shell complete commands, options and names.", "booklet completion bash >> ~/.bashrc"),
    "complete": ("cli.complete", "", "For the shell: what may stand where the cursor is.", "booklet complete 1 -- booklet bui"),
}  # fmt: skip
WATCHED = ("build", "preview")  # they can go on, and make it again
WATCHES = ("--watch", "--serve")
# All other options take a value.
SWITCHES = {
    "--large-print",
    "--singles",
    "--quiet",
    "--no-config",
    "--dry-run",
    "--sheet",
    "--help",
    *WATCHES,
}


def program() -> None:
    """The command `booklet` as a process of its own, which ends with it."""
    code = 0
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, str):
            raise
        code = end.code or 0
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        raise SystemExit(code) from None  # Python tells that what was printed is lost
    atexit._run_exitfuncs()
    os._exit(code)  # freeing every value one by one takes a tenth of a build


def main() -> None:
    """The command `booklet`. Raises SystemExit with its exit code; what is wrong has been told then."""
    gc.disable()  # a build makes a hundred thousand small values and ends; looking for cycles costs a tenth of it
    arguments = sys.argv[1:]
    try:
        if watches(arguments):
            from booklet.cli_watch import watch

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


def watches(arguments: list[str]) -> bool:
    """Whether a command with these arguments goes on until it is ended."""
    return arguments[:1] in ([one] for one in WATCHED) and any(one in arguments for one in WATCHES) and "--help" not in arguments  # fmt: skip


def app(arguments: list[str], session: "Session | None" = None) -> typer.Typer:
    """The Typer application for these arguments: `build` has the options of the routine that they name.

    Where they name a command, it has that one only. A `session` is there where a booklet is made again and again.
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

    named = [one for one in arguments[:1] if one in COMMANDS]
    settings: Settings | None = None
    routine: RoutineFile | None = None
    if named and COMMANDS[named[0]][1]:
        from booklet.settings import settings_for

        settings = settings_for(arguments)
        routine = _routine_of(arguments, settings)
    for name in named or COMMANDS:  # what isn't asked for isn't imported
        where, flags, says, example = COMMANDS[name]
        module, _, function = where.partition(".")
        found = import_module(f"booklet.{module}")
        run = getattr(found, function)
        if flags:
            from booklet.cli_build import command_of

            run = partial(run, session=session) if name in WATCHED else run
            run = command_of(routine, settings, arguments, run, getattr(found, flags))
        told = f"{says}\n\nExample: {example or _example(routine)}"
        made.command(name, help=told, hidden=name == "complete")(run)
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
    from booklet.languages import base
    from booklet.routines import find_routine, read_routine
    from booklet.translating import in_language, languages_of

    usual = str(settings.values.get("routine", DEFAULT))
    file = read_routine(find_routine(_named_routine(arguments, usual)))
    if asked := _given(arguments, "--lang"):
        return in_language(file, asked)
    usual = str(settings.values.get("lang", ""))
    return in_language(file, usual) if base(usual) in map(base, languages_of(file)) else file


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
    routine: Annotated[
        str,
        typer.Argument(
            metavar="[ROUTINE]", help="A built-in routine, or the path of a routine file.", show_default=True
        ),
    ] = DEFAULT,
    lang: Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help="The language.", show_default=False)] = "",
) -> None:
    """Prints the options that a routine declares, with their choices and defaults."""
    from booklet.languages import own_words
    from booklet.routines import find_routine, read_routine
    from booklet.saying import word
    from booklet.translating import in_language

    file = in_language(read_routine(find_routine(routine)), lang)
    words = own_words(file.language)
    print(word(words, "options-of", routine=file.path.stem) + "\n")
    for option in file.own_options:
        if option.range:
            heading = f"{option.range[0]}..{option.range[1]}"
        else:
            heading = word(words, "options-several") if option.several else " | ".join(option.choices)
        print(f"  --{option.name} {heading}")
        print(f"      {option.help}")
        if option.default:
            print(f"      {word(words, 'options-default', choice=option.default)}")
        for name, label in option.choices.items():
            if option.several or label.lower().replace(" ", "-") != name:  # the heading has the others
                print(f"      {name:14} {label}")
        print()


# --- for the shell ------------------------------------------------------------------------------------------------
def complete(at: int, words: list[str]) -> None:
    """Prints what may stand where the cursor is."""
    from booklet.completing import candidates

    for word, told in candidates(words[1:], at - 1, app):
        print(f"{word}\t{told}")
