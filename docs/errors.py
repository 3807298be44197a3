"""Writes docs/errors.md, the codes of `booklet check`: `python docs/errors.py`. A test checks that it is fresh."""

from pathlib import Path

from booklet.mistakes import as_page

if __name__ == "__main__":
    path = Path(__file__).with_suffix(".md")
    path.write_text(as_page(), "utf-8")
    print(path)
