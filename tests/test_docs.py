"""Every command line of README and docs runs, every YAML fragment is sound, every link leads somewhere.

A page is followed from its top in a folder of its own. A comment above a block says how it is tested:

- `sh`, `console`: nothing, or `not run: REASON`, or `exit code 1`. In a console, output is shown below its command.
- `yaml`, `csv`: `file NAME` is a whole file; `lines of NAME`, `section N of NAME` and `merged into NAME` go into a
  file that the page has made, or into one of this project's.
- `python`, `diff`: `test_page_kind.py` carries them out.
"""

import importlib.util
import re
from pathlib import Path

import pytest
import yaml
from docpages import LINK, PAGES, ROOT, anchors, blocks, commands, desk, follow, how, prose, write

NOT_RUN = {  # all of them, so that none is added without a thought
    "README.md": 3,  # making and entering .venv, and the tests themselves: .ci/run does
    "docs/performance.md": 4,  # benchmarks and profiles
    "docs/writing.md": 2,  # --serve and --watch go on until they are stopped
}
SLOW = {"README.md", "writing.md", "brands.md", "printing.md", "print-shop.md", "theming.md"}
OF_ITS_OWN = ROOT / "docs" / "page-kinds.md"  # changes the program: test_page_kind.py follows it
FOLLOWED = [
    page
    for page in PAGES
    if page != OF_ITS_OWN and any(block.language in ("sh", "console", "yaml", "csv") for block in blocks(page))
]
EXAMPLE = ROOT / "docs" / "examples" / "shine-your-shoes.yaml"


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=[pytest.mark.slow] if page.name in SLOW else []) for page in FOLLOWED],
    ids=lambda page: page.stem,
)
def test_a_page_can_be_followed(page: Path, tmp_path: Path) -> None:
    reader = desk(tmp_path)
    for block in blocks(page):
        match block.language:
            case "sh" | "console":
                follow(block, reader)
            case "yaml" | "csv":
                write(block, reader)


def test_commands_stand_in_blocks_that_are_run() -> None:
    for page in PAGES:
        found = [line for line in prose(page) if re.match(r" {4,}(booklet|python|pip|\.venv)\b", line)]
        assert not found, f"{page.name}: put these into ```sh: {found}"
    kinds = {block.language for page in PAGES for block in blocks(page)}
    assert kinds <= {"sh", "console", "yaml", "csv", "python", "diff", "text", "mermaid"}, kinds


def test_few_commands_are_not_run() -> None:
    found = {
        str(page.relative_to(ROOT)): sum(
            len(commands(block)) for block in blocks(page) if block.marker.startswith("not run: ")
        )
        for page in PAGES
    }
    assert {page: count for page, count in found.items() if count} == NOT_RUN


def test_the_reference_is_fresh() -> None:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    assert spec
    assert spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    assert (ROOT / "docs" / "reference.md").read_text("utf-8") == reference.as_page(), "run `python docs/reference.py`"


def test_the_diagram_names_modules_that_there_are() -> None:
    diagram = next(block.text for block in blocks(ROOT / "docs" / "architecture.md") if "routine.yaml" in block.text)
    named = set(re.findall(r"(?:│|───) ([a-z]+)", diagram))
    assert len(named) > 15
    assert named <= {path.stem for path in (ROOT / "booklet").glob("*.py")}


# --- the tutorial ---------------------------------------------------------------------------------------------------
def test_the_finished_file_is_what_the_tutorial_makes(tmp_path: Path) -> None:
    reader = desk(tmp_path)
    reader.type('booklet new routine "Shine your shoes"')
    for block in blocks(ROOT / "docs" / "tutorial.md"):
        if block.language == "yaml" and how(block)[0] != "merged into":
            write(block, reader)
    made = (reader.folder / EXAMPLE.name).read_text(encoding="utf-8")
    kept = EXAMPLE.read_text(encoding="utf-8")
    assert yaml.load(kept, yaml.BaseLoader) == yaml.load(made, yaml.BaseLoader)


# --- links ----------------------------------------------------------------------------------------------------------
LINKED = [*PAGES, *sorted(ROOT.glob("templates/*/README.md")), ROOT / "images" / "README.md"]


@pytest.mark.parametrize("page", LINKED, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall("\n".join(prose(page))):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name}: {link}"
        assert target.is_relative_to(ROOT), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{page.name}: {link}: {sorted(anchors(target))}"


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in LINK.findall(index.read_text("utf-8"))}
    assert set((ROOT / "docs").glob("*.md")) - {index} <= linked
