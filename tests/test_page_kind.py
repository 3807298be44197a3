"""docs/page-kinds.md is typed into a copy of the program, which then builds, checks and tests a booklet with that page."""

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docpages import ROOT, Block, blocks, desk, follow, write

PAGE = ROOT / "docs" / "page-kinds.md"
PARTS = ("booklet", "templates", "images", "tests/test_architecture.py", "tests/wrong", "docs/architecture.md")


def typed(block: Block, copy: Path) -> None:
    """Writes a module, or changes lines of a file: what is taken out must stand there, once."""
    if block.language == "python":
        (copy / block.marker.removeprefix("file ")).write_text(block.text, encoding="utf-8")
        return
    head, *lines = block.text.splitlines()
    path = copy / head.removeprefix("--- ")
    old = "\n".join(line[1:] for line in lines if line[0] != "+")
    new = "\n".join(line[1:] for line in lines if line[0] != "-")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{block}: these lines stand {text.count(old)} times in {head[4:]}:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_a_page_kind_is_added_as_the_page_says(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for part in PARTS:
        source, target = ROOT / part, copy / part
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copyfile(source, target)
    reader = desk(tmp_path)
    reader = replace(reader, environment=reader.environment | {"PYTHONPATH": str(copy)}, sound=False)
    for block in blocks(PAGE):
        match block.language:
            case "python" | "diff":
                typed(block, copy)
            case "yaml":
                write(block, reader)
            case _:
                follow(block, reader)

    document = pypdfium2.PdfDocument(reader.folder / "shine-your-shoes-screen.pdf")
    shown = " ".join(document[2].get_textpage().get_text_bounded().split())
    assert re.search("What the signs mean 1 Clean 2 Polish 3 Let it dry 4 Buff", shown)
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_architecture.py"],
        cwd=copy,
        env=reader.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout
