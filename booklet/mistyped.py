"""Where YAML's parser gives up → what is mistyped there, where, and what to do: (line, column), both from 0, and a sentence.

The parser often stops a line too late, and names its own trade. So the lines are looked at as their writer sees them: columns,
`key: value`, `- item`, quotes. What isn't understood that way is told in the parser's words.
"""

import re
from collections.abc import Iterator, Sequence

from booklet.nodes import clipped
from booklet.records import dataclass

LINE = re.compile(
    r"""(?P<indent>[ ]*)(?P<dashes>(?:-(?:[ ]+|$))*)(?:(?P<key>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'\[{#][^#]*?):(?:[ ]+|$))?(?P<value>.*)"""
)
NO_TEXT = "*&!%@`,]}"  # what a text without quotes can't start with
NOTE = re.compile(r"\s*(#.*)?$")
BLOCK = re.compile(r"[|>][-+0-9]*\s*(#.*)?$")  # the text follows on the next lines
NO_SPACE = re.compile(r"(-|[\w-]+:)(?=[^\s:])")


Told = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the parser gave up and what it says; `start` is where the part began that it was in."""

    what: str
    where: str
    line: int
    column: int
    start: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A line as its writer sees it: the columns of its dashes, that of its key or text, and what stands behind the key."""

    number: int
    dashes: tuple[int, ...]
    column: int  # of what follows the dashes
    key: str
    value: str
    at: int  # the column of the value

    @property
    def first(self) -> int:
        return self.dashes[0] if self.dashes else self.column

    @property
    def begins(self) -> tuple[tuple[int, str], ...]:
        """The columns in which something begins here that lines below may go on with."""
        return (*((one, "item") for one in self.dashes), *(((self.column, "key"),) if self.key else ()))

    @property
    def kind(self) -> str:
        return "item" if self.dashes else "key"

    def under(self, column: int, kind: str) -> str:
        """How another line begins so that it stands under this one's key or item."""
        name = clipped(self.key) if kind == "key" else "the `-`"
        spaces = f"{column or 'no'} space{'s' * (column != 1)}"
        return f"with {spaces}, under {name} of line {self.number + 1}"

    def told(self, message: str) -> Told:
        return self.number, self.first, message

    @property
    def is_text(self) -> bool:
        """Neither `key: value` nor `- item`."""
        return not self.key and not self.dashes


def mistyped(stop: Stop, lines: Sequence[str], quote: tuple[int, int, int] | None) -> Told:
    """What is wrong; `quote` is the text in quotes that was read last: line and column of its start, and its last line."""
    here = lines[stop.line][stop.column : stop.column + 1] if stop.line < len(lines) else ""
    indent = re.match(r"\s*", lines[stop.line]) if stop.line < len(lines) else None
    if here == "\t" or (indent and "\t" in indent[0]):
        return stop.line, stop.column, "a tab where spaces are expected; indent with spaces"
    if "unexpected ':'" in stop.what:
        return stop.line, stop.column, "a `:` in a text between brackets; put the text in quotes"
    if "quoted scalar" in stop.where:
        if "escape" in stop.what:
            says = r"`\` means something else between these quotes: write `\\`, or put the text in single quotes"
            return stop.line, max(0, stop.column - 1), says
        return *stop.start, "no quote closes the one that opens here"
    if quote and quote[0] < quote[2] == stop.line:
        says = f"the quote that opens here is closed on line {quote[2] + 1} only: close it on its own line"
        return quote[0], quote[1], says
    if "cannot start any token" in stop.what:
        return stop.line, stop.column, no_start(here)
    row = _row(lines, stop.line)
    if row and (told := _badly_begun(row)):
        return told
    if "flow" in stop.where:
        says = "no bracket closes the one that opens here, or a comma is missing in it; a text that begins with one goes in quotes"
        return *stop.start, says
    if "mapping values are not allowed" in stop.what:
        if row and row.key and stop.column < row.at and (told := _goes_on(row, lines)):
            return told
        return stop.line, stop.column, "a second `: ` on the line; put the text in quotes"
    if "simple key" in stop.where:
        row = _row(lines, stop.start[0])
        if row and row.is_text:
            return _no_key(row, lines)
    if row and (told := _out_of_line(row, lines)):
        return told
    if "block" in stop.where or "simple key" in stop.where:
        return stop.line, stop.column, "expected `key: value` or `- item`, indented like the lines around it"
    return stop.line, stop.column, f"{stop.where} {stop.what}".replace(":  ", ": ").strip()


def no_start(sign: str) -> str:
    shown = f"`{sign}`" if sign != "`" else "a back quote"
    return f"a text can't start with {shown}; put it in quotes"


# --- lines ----------------------------------------------------------------------------------------------------------
def _row(lines: Sequence[str], number: int) -> Row | None:
    """A line; None where there is nothing in it but a note."""
    match = LINE.match(lines[number]) if number < len(lines) else None
    if not match or NOTE.match(lines[number]):
        return None
    dashes = tuple(one for one in range(match.start("dashes"), match.end("dashes")) if match.string[one] == "-")
    value = "" if NOTE.match(match["value"]) else match["value"].rstrip()
    return Row(number, dashes, match.end("dashes"), match["key"] or "", value, match.start("value"))


def _above(row: Row, lines: Sequence[str]) -> Iterator[Row]:
    """The lines above that aren't empty, the nearest first."""
    for number in range(row.number - 1, -1, -1):
        if found := _row(lines, number):
            yield found


# --- a value --------------------------------------------------------------------------------------------------------
def _badly_begun(row: Row) -> Told | None:
    """A text that needs quotes because of what it starts with."""
    value, at = row.value, row.at
    if row.key and row.key[0] in NO_TEXT:
        return row.number, row.column, no_start(row.key[0])
    if not value:
        return None
    if value[0] in NO_TEXT:
        return row.number, at, no_start(value[0])
    if value[0] in "|>" and not BLOCK.match(value):
        return row.number, at, no_start(value[0])
    if value.startswith(("- ", "? ", ": ")):
        return row.number, at, no_start(value[:2])
    if value[0] in "\"'":
        end = re.match(r'"(?:[^"\\]|\\.)*"' if value[0] == '"' else "'(?:[^']|'')*'", value)
        if end and not NOTE.match(value[end.end() :]):
            says = "the text goes on behind the quote that closes it: put all of it between two quotes, and write “ ” or ’ inside"
            return row.number, at + end.end() - 1, says
    if value[0] in "{[":
        end = re.match(r"\{[^{}]*\}|\[[^\[\]]*\]", value)
        if end and not NOTE.match(value[end.end() :]):
            return row.number, at, f"a text that begins with `{value[0]}` goes in quotes"
    return None


# --- columns --------------------------------------------------------------------------------------------------------
def _goes_on(row: Row, lines: Sequence[str]) -> Told | None:
    """A `key:` that goes on with the text of the line above."""
    above = next(_above(row, lines), None)
    if above is None:
        return None
    return _no_key(above, lines) if above.is_text and above.first == row.first else _too_deep(row, lines)


def _too_deep(row: Row, lines: Sequence[str]) -> Told | None:
    """A line that is pushed in under one that has its value already; the one above is wrong where those around agree."""
    above = next((one for one in _above(row, lines) if not one.is_text), None)
    if above is None or row.first <= above.column or not above.value or BLOCK.match(above.value):
        return None
    for sister in _above(above, lines):
        if sister.first <= above.first:
            break
        if (row.first, row.kind) in sister.begins:
            below = f"this line has a value already, and line {row.number + 1} below it is pushed in further"
            return above.told(f"{below}: begin this line {sister.under(row.first, row.kind)}")
    if row.kind == "item" and not above.dashes:
        return row.told(f"line {above.number + 1} has a value already, and a list follows: take one of the two out")
    further = f"this line is pushed in further than line {above.number + 1}, which has a value already"
    beside = above.under(above.first if row.kind == "item" else above.column, row.kind)
    return row.told(f"{further}: begin it {beside}; a text that goes on here needs quotes")


def _out_of_line(row: Row, lines: Sequence[str]) -> Told | None:
    """A line that begins in a column, or with a sign, that none of the lines does that it could belong to."""
    if row.is_text:
        return _no_key(row, lines)
    if told := _too_deep(row, lines):
        return told
    opened: list[tuple[int, str, Row]] = []
    for above in _above(row, lines):
        for column, kind in reversed(above.begins):
            left, nearer, _ = opened[-1] if opened else (column + 1, kind, above)
            if column < left or (
                column == left and (nearer, kind) == ("item", "key")
            ):  # items may stand under their key
                opened.append((column, kind, above))
    if not opened:
        return None
    if row.first == 0 and opened[-1][0] > 0:
        return opened[-1][2].told(f"this line is pushed in, and line {row.number + 1} isn't: begin it with no space")
    beside = {kind: above.number + 1 for column, kind, above in opened if column == row.first}
    if row.kind in beside:
        return None
    if "item" in beside:
        return row.told(
            f"line {beside['item']} begins with `- ` in the same column, and this line doesn't: "
            f"begin it with `- ` too, or with as few spaces as the key that it belongs beside"
        )
    if beside:
        return row.told(
            f"this line begins with `- `, and line {beside['key']} in the same column doesn't: push it in under its own key"
        )
    same = [one for one in opened if one[1] == row.kind]
    if not same:
        return None
    nearest = min(abs(column - row.first) for column, _, _ in same)
    ways = [above.under(column, kind) for column, kind, above in same if abs(column - row.first) == nearest]
    return row.told(
        f"this line begins under none of those above that it could belong to: begin it {', or '.join(ways)}"
    )


def _no_key(row: Row, lines: Sequence[str]) -> Told:
    """A line that is neither `key: value` nor `- item`."""
    if match := NO_SPACE.match(lines[row.number], row.first):
        sign = match[1][-1]
        return row.number, match.end() - 1, f"a space is missing behind this `{sign}`"
    return row.told("expected `key: value` or `- item`; push the line in further where it goes on with the text above")
