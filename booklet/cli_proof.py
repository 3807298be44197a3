"""The command `proof`: what is wrong with finished PDF files before they go to a print shop."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from booklet.findings import Limits
    from booklet.proofing import Report


class Format(StrEnum):
    """How the report comes."""

    text = "text"
    json = "json"
    pdf = "pdf"


def proof(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The PDF files to look at.", show_default=False)],
    format: Annotated[Format, typer.Option("--format", help="How the report comes.")] = Format.text,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.pdf", help="A proof sheet of one page for each file, as PDF.", show_default=False)] = None,
    ink_limit: Annotated[float, typer.Option("--ink-limit", metavar="N", min=100, max=400, help="The most ink in percent: 300 on coated paper, 280 on uncoated.")] = 300,
) -> None:  # fmt: skip
    """Prints or writes the reports. The exit code is 1 where a line fails or a file can't be read."""
    from booklet.errors import BadChoice, BookletError
    from booklet.findings import Limits
    from booklet.proofing import as_json, as_text

    if out is not None and out.suffix.lower() != ".pdf":
        raise BadChoice(f"--out {out} is no PDF file: give it a name that ends in .pdf")
    if out is not None and format is Format.json:
        raise BadChoice("--out writes a PDF file: leave out --format json, or send its text to a file with >")
    if out is not None and out.resolve() in [path.resolve() for path in files]:
        raise BadChoice(f"--out {out} is one of the files to look at: name another one")
    limits, reports, broken = Limits(ink=ink_limit), list["Report"](), False
    for path in files:
        try:
            reports.append(_report(path, limits))
        except BookletError as error:
            typer.echo(str(error), err=True)
            broken = True
    if format is Format.json:
        print(as_json(reports))
    elif reports and (out is not None or format is Format.pdf):
        _write(reports, out or Path(f"{files[0].stem}-proof.pdf"))
    elif reports:
        print("\n\n".join(as_text(one) for one in reports))
    if broken or any(one.failed for one in reports):
        raise typer.Exit(1)


def _report(path: Path, limits: "Limits") -> "Report":
    from booklet.errors import BadChoice
    from booklet.inspecting import inspect
    from booklet.plates import measure
    from booklet.proofing import report

    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadChoice(f"can't read {path}: {error.strerror or error}") from None
    file = inspect(data, path.name)
    coverage = measure(data, file.sheets) if file.edition == "shop" else ""
    return report(file, limits, coverage)


def _write(reports: "list[Report]", out: Path) -> None:
    from booklet.proof_sheet import proof_sheets
    from booklet.writing import write_all

    write_all({out: proof_sheets(reports)})
    for one in reports:
        print(f"{one.file}: {one.sum}; see {out}")
