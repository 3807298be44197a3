"""The commands `schema` and `completion`: what editors and shells ask for."""

from typing import Annotated

import typer

SHELLS = ("bash", "zsh", "fish")


def schema(
    kind: Annotated[str, typer.Argument(metavar="routine|theme|brand", help="The kind of file.", show_default=False)],
) -> None:
    """Prints the schema."""
    from booklet.schemas import KINDS, as_json
    from booklet.wishes import one_of

    print(as_json(one_of("KIND", kind, KINDS)), end="")


def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="Your shell.", show_default=False)],
) -> None:
    """Prints the script for a shell."""
    from booklet.folders import folder
    from booklet.wishes import one_of

    print((folder("templates") / "completion" / f"booklet.{one_of('SHELL', shell, SHELLS)}").read_text("utf-8"), end="")
