"""The shape of the code: imports go upward only, few rooms know ReportLab, modules stay small."""

import ast
import re
from pathlib import Path

import pytest

from booklet.folders import PACKAGE

# Lowest first: a module imports only from those before it, so each stage can be read without the ones that come later.
ORDER = """
    records errors folders caching nodes mistyped composing editing reading languages saying model kinds conditions instead shapes routines texts translating tailoring timing imposing planning theming fontfiles typefaces text figures
    codes logos brands brandwords branding bounds checking reach items paths tagging drafting fitting marks strokes telling shading views tables lists
    blocks brandmarks covers chapters cues steps cuecard sheets leaflets cards zine poster layout inks presses shops objects embedding
    annotations standards press streams pdf editions loose recipes keeping offers building wishes testsheet writing starters schemas previewing listening watching serving mistakes combining unused wording trying examining reporting explaining rosters copies manifests batching settings completing spooling facts content spaces
    painting inspecting tracing findings plates page_rules ink_rules file_rules proofing proof_sheet cli_print cli_proof
    cli_watch cli_build cli_batch cli_author cli_schema cli_check cli
""".split()  # noqa: SIM905  # reads better than a list of thirty strings
MODULES = sorted(path for path in PACKAGE.glob("*.py") if path.stem not in ("__init__", "__main__"))
OUTSIDE = {  # the libraries that slow a start down or that one module wraps: who may import them
    "reportlab": {"typefaces", "annotations"},
    "yaml": {"composing"},
    "typer": {
        "cli",
        "cli_print",
        "cli_proof",
        "cli_build",
        "cli_batch",
        "cli_author",
        "cli_check",
        "cli_schema",
        "completing",
    },
    "PIL": {"figures", "logos", "inks", "presses", "streams", "spaces", "plates", "previewing"},
    "pypdfium2": {"previewing"},
    "tempfile": {"writing", "plates"},
    "pikepdf": {"content", "spaces", "painting", "inspecting"},
    "svgelements": {"logos"},
    "zxingcpp": {"codes"},
}
MOST_LINES = 580  # model is one list of dataclasses; all others have at most 420


def imports(path: Path) -> set[str]:
    """Everything that a module imports, inside functions too: `booklet.x` for the project's own."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            found |= (
                {f"booklet.{alias.name}" for alias in node.names} if node.module == "booklet" else {str(node.module)}
            )
    return found


def test_every_module_has_its_place() -> None:
    assert sorted(ORDER) == [path.stem for path in MODULES]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_imports_go_upward_only(path: Path) -> None:
    own = {name.split(".")[1] for name in imports(path) if name.startswith("booklet.")} - {"__version__", "DEFAULT"}
    if path.stem in ("writing", "recipes"):
        own -= {"building"}  # for a type alone
    assert own <= set(ORDER[: ORDER.index(path.stem)])


def test_the_documentation_names_every_module() -> None:
    table = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = {name for row in re.findall(r"^\| ([a-z_, /]+) \|", table, re.MULTILINE) for name in row.split(", ")}
    assert {path.stem for path in MODULES} - named == set()


@pytest.mark.parametrize("library", OUTSIDE)
def test_libraries_stay_in_their_rooms(library: str) -> None:
    users = {path.stem for path in MODULES for name in imports(path) if name.split(".")[0] == library}
    assert users == OUTSIDE[library]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_modules_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= (MOST_LINES if path.stem == "model" else 420)
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring
    assert docstring.split("\n")[0].endswith((".", ":"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_what_is_handed_on_is_frozen(path: Path) -> None:
    """Values between stages don't change; the two that grow while a page is laid out are named here."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ClassDef):
            for decorator in node.decorator_list:
                if "dataclass" in ast.unparse(decorator) and node.name != "Unit":
                    assert "frozen=True" in ast.unparse(decorator), f"{path.stem}.{node.name}"


def test_nothing_of_a_routine_is_in_the_code() -> None:
    """The built-in routine's own words stay in its file."""
    for path in MODULES:
        for word in ("massage", "effleurage", "shirt off", "spine never"):
            lines = [line for line in path.read_text().lower().splitlines() if word in line]
            lines = [line for line in lines if "back-massage" not in line and '"""' not in line]
            assert not lines, f"{path.name}: {lines}"
