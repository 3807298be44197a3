"""Makes booklet/fonts/BookletFormSans.ttf: the letters that a reader can type into a form field.

    pip install fonttools && python docs/form_font.py

Source Sans 3 Regular cut down to the 217 characters of WinAnsiEncoding, without hints and layout tables. “Source” is a
reserved font name of its licence, so the changed file has a name of its own. Same input, same bytes.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "booklet" / "fonts"
NAMES = {1: "Booklet Form Sans", 2: "Regular", 3: "Booklet Form Sans 1", 4: "Booklet Form Sans", 6: "BookletFormSans"}
KEPT = (0, 7, 13, 14)  # copyright, trademark, licence and its address


def main() -> None:
    font = TTFont(FONTS / "SourceSans3_400Regular.ttf", recalcTimestamp=False)
    codes = bytes(range(0x20, 0x100)).decode("cp1252", errors="ignore")
    options = Options(hinting=False, layout_features=[], name_IDs=list(KEPT), notdef_outline=True, glyph_names=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG", "STAT", "BASE"]
    subsetter = Subsetter(options)
    subsetter.populate(text=codes)
    subsetter.subset(font)
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font.save(FONTS / "BookletFormSans.ttf", reorderTables=True)


if __name__ == "__main__":
    main()
