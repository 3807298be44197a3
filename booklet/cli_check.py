"""Commands that look into files: `check` tells what is wrong, `explain` what choices do, `inspect` what a PDF was made from."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.cli_build import PROGRAM_OPTIONS, Parameters, brand_of

if TYPE_CHECKING:
    from booklet.examining import Tick
    from booklet.routines import RoutineFile

EXPLAIN_OPTIONS: Parameters = {
    name: PROGRAM_OPTIONS[name] for name in ("lang", "paper", "theme", "brand", "large_print", "pages", "no_config")
}

PROCESSES = 2  # that lay combinations out: more take longer to start than they save


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Routine, theme and brand files.", show_default=False)],
    lang: Annotated[str, typer.Option("--lang", metavar="LANGUAGE", help="One language of the routine.", show_default="all that it has")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    format: Annotated[str, typer.Option("--format", metavar="text|json|github", help="For people, for programs, or for annotations on GitHub.")] = "text",
) -> None:  # fmt: skip
    """Tells everything that is wrong with files. The exit code is 1 where something is."""
    from booklet.examining import examine
    from booklet.reporting import FORMATS, as_github, as_json, as_text
    from booklet.wishes import one_of

    one_of("format", format, FORMATS)
    reports = []
    for path in files:
        with _bar(path, shown=format == "text") as tick:
            report = examine(_named(path), min(PROCESSES, os.cpu_count() or 1), tick, lang)
        reports.append(report)
        if format == "github":
            for line in as_github(report):
                print(line)
        elif format == "text":
            for line in as_text(report, _named(path), sys.stderr.isatty() and "NO_COLOR" not in os.environ):
                print(line, file=sys.stderr)
            print(report.summary(path))
    if format == "json":
        print(as_json(reports))
    if any(report.errors or (strict and report.warnings) for report in reports):
        raise typer.Exit(1)


def _named(path: Path) -> Path:
    """The file, or that of a built-in routine's name."""
    from booklet.folders import routine_names
    from booklet.routines import find_routine

    return find_routine(str(path)) if str(path) in routine_names() and not path.exists() else path


@contextmanager
def _bar(path: Path, shown: bool) -> "Iterator[Tick | None]":
    """A progress bar on a terminal, once it is known how much there is to do."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    bars: list[Any] = []

    def tick(done: int, of: int) -> None:
        if not bars:
            bars.append(typer.progressbar(length=of, label=f"Checking {path.name}", file=sys.stderr))
            bars[0].__enter__()
        bars[0].update(done)

    try:
        yield tick
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)


# --- explain --------------------------------------------------------------------------------------------------------
def explain(
    routine: "RoutineFile",
    given: "dict[str, str | list[str]]",
    paper: str | None,
    theme: str | None,
    brand: str | None,
    large_print: bool,
    pages: str | None,
) -> None:
    """Tells what choices put in and leave out, and why."""
    from booklet.building import Request, make
    from booklet.drafting import FORMATS
    from booklet.explaining import explain as lines_of
    from booklet.routines import PAGES
    from booklet.wishes import one_of

    request = Request(
        paper=one_of("paper", paper or "a4", FORMATS),
        theme=theme or "",
        large_print=large_print,
        pages=int(one_of("pages", pages, [str(size) for size in PAGES])) if pages else None,
        brand=brand_of(brand),
    )
    for line in lines_of(make(routine, given, request)):
        print(line)


# --- inspect --------------------------------------------------------------------------------------------------------
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="A PDF file that booklet has made.", show_default=False)],
    format: Annotated[str, typer.Option("--format", metavar="text|json", help="For people, or the recipe for programs.")] = "text",
) -> None:  # fmt: skip
    """Tells what a file was built from, and the command that builds it again."""
    import json

    from booklet.errors import BadChoice
    from booklet.inspecting import inspect as facts_of
    from booklet.tracing import as_text, recipe_of
    from booklet.wishes import one_of

    one_of("format", format, ("text", "json"))
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadChoice(f"can't read {file}: {error.strerror or error}") from None
    found = facts_of(data, file.name)
    told = recipe_of(found)
    print(json.dumps(told, indent=2, ensure_ascii=False) if format == "json" else "\n".join(as_text(found, told)))
