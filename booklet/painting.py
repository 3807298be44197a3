"""Instructions of a page → marks: follows the graphics state through forms, patterns and appearances of annotations.

It asks what is painted where, in which ink and how large; nothing is rendered.
"""

import copy
from collections.abc import Callable
from math import hypot
from typing import Any

import pikepdf

from booklet.content import (
    ENDS,
    START,
    Face,
    Instruction,
    Matrix,
    Unreadable,
    common,
    face_of,
    instructions,
    moved,
    size_of,
    thinnest,
    times,
)
from booklet.facts import Box, Font, Ink, Mark
from booklet.spaces import Space, picture_ink, shading_inks, space_of

DEEPEST = 12  # forms within forms
MOST_STEPS = 500_000  # instructions of a whole file: some seconds; a booklet takes thirty thousand
FORM = 20  # steps that a form counts for: it takes as long
MOST_PICTURES = 150  # different ones, of which the ink is measured: each takes up to a second
MOST_UNPACKED = 60_000_000  # bytes of all content streams that a file may have
FILLS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
STROKES = frozenset(("S", "s", "B", "B*", "b", "b*"))
ASCENT, DESCENT = 0.7, 0.2  # of the type size: how far letters reach over and under their line
NO_INK = 3  # text rendering modes that show nothing: 3, and 7, which only cuts
ONLY_CUTS = 7
DEVICES = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}


class Reader:
    """What pages share: what was read once isn't read again, and how much may be read in all."""

    def __init__(self) -> None:
        self.steps = 0
        self.bytes = 0
        self.pictures = 0
        self.kept: dict[tuple[str, tuple[int, int]], Any] = {}

    def once(self, what: str, thing: Any, read: Callable[[], Any]) -> Any:
        """The result of `read` for an object of the file, kept where the object has a number."""
        if not thing.objgen[0]:
            return read()
        if (what, thing.objgen) not in self.kept:
            self.kept[what, thing.objgen] = read()
        return self.kept[what, thing.objgen]

    def stream(self, thing: Any, contents: Any) -> list[Instruction]:
        """The instructions of a page or form whose bytes are in `contents`. Raises Unreadable."""
        self.bytes += size_of(contents)
        if self.bytes > MOST_UNPACKED:
            raise Unreadable(f"its pages unpack to more than {MOST_UNPACKED // 1_000_000} MB")
        return instructions(thing)

    def picture(self, picture: Any, named: Any) -> Ink:
        """The ink of an image; that of the first so many is measured."""
        self.pictures += 1
        if self.pictures > MOST_PICTURES:
            return Ink(space_of(picture.get("/ColorSpace"), named).name)
        return picture_ink(picture, named)

    def step(self, many: int = 1) -> None:
        self.steps += many
        if self.steps > MOST_STEPS:
            raise Unreadable(f"its pages draw more than {MOST_STEPS:,} things")


class State:
    """The graphics state (ISO 32000-1, 8.4 and 9.3), as far as it matters to marks."""

    def __init__(self, clip: Box) -> None:
        self.matrix: Matrix = START
        self.clip: Box | None = clip
        gray = space_of(pikepdf.Name.DeviceGray)
        self.spaces = {"fill": gray, "stroke": gray}
        self.inks: dict[str, list[Ink]] = {"fill": [gray.start()], "stroke": [gray.start()]}
        self.width = 1.0
        self.face: Face | None = None
        self.size = self.rise = self.leading = self.letter = self.word = 0.0
        self.stretch = 1.0
        self.mode = 0

    def copy(self) -> "State":
        other = copy.copy(self)
        other.spaces, other.inks = dict(self.spaces), dict(self.inks)
        return other


class Painter:
    """One page: `run` goes through a stream, `marks`, `fonts`, `colours` and `transparent` are what it found."""

    def __init__(self, reader: Reader, media: Box, unit: float) -> None:
        self.reader, self.unit, self.mm = reader, unit, unit * 25.4 / 72
        self.state = State(media)
        self.stack: list[State] = []
        self.text: Matrix = START
        self.line: Matrix = START
        self.within, self.depth = "", 0
        self.window: Box | None = None
        self.cut = False
        self.marks: list[Mark] = []
        self.fonts: dict[Font, None] = {}
        self.colours: dict[tuple[str, str], None] = {}
        self.transparent: dict[str, None] = {}

    # --- streams
    def run(self, steps: list[Instruction], resources: Any) -> None:
        """Follows instructions; what they leave on the stack is taken off it again."""
        floor = len(self.stack)
        self.stack.append(self.state.copy())
        for operator, operands in steps:
            self.reader.step()
            try:
                self.follow(operator, operands, resources, floor + 1)
            except (IndexError, KeyError, TypeError, ValueError, AttributeError, OverflowError):
                raise Unreadable(f"its instruction “{operator}” has the wrong values") from None
        self.state = self.stack[floor]
        del self.stack[floor:]

    def follow(self, operator: str, operands: tuple[Any, ...], resources: Any, floor: int) -> None:
        state = self.state
        match operator:
            case "q":
                self.stack.append(state.copy())
            case "Q":
                if len(self.stack) > floor:
                    self.state = self.stack.pop()
            case "cm":
                state.matrix = times(_matrix(operands), state.matrix)
            case "w":
                state.width = operands[0]
            case "W" | "W*":
                self.cut = True
            case "g" | "rg" | "k" | "G" | "RG" | "K":
                self.colour(operator, space_of(pikepdf.Name("/" + DEVICES[operator.lower()])), list(operands))
            case "cs" | "CS":
                space = space_of(operands[0], _part(resources, "/ColorSpace"))
                self.colour(operator, space, None)
            case "sc" | "scn" | "SC" | "SCN":
                self.set_colour(operator, operands, resources)
            case "gs":
                self.look(_part(resources, "/ExtGState")[operands[0]])
            case "Do":
                self.thing(operands[0], resources)
            case "sh":
                shading = _part(resources, "/Shading")[operands[0]]
                for ink in shading_inks(shading, _part(resources, "/ColorSpace")):
                    self.mark("shading", ink, self.shown(state.clip), name=str(operands[0])[1:])
            case "INLINE IMAGE":
                self.inline(operands[0].obj, resources)
            case _ if operator in ENDS:
                self.path(operator, operands[0])
            case _:
                self.typeset(operator, operands, resources)

    # --- colours
    def colour(self, operator: str, space: Space, values: list[float] | None) -> None:
        side = "fill" if operator.islower() else "stroke"
        self.state.spaces[side] = space
        self.state.inks[side] = [space.start() if values is None else space.ink(values)]
        if space.name != "Pattern":
            self.colours[space.name, self.within] = None

    def set_colour(self, operator: str, operands: tuple[Any, ...], resources: Any) -> None:
        side = "fill" if operator.islower() else "stroke"
        space = self.state.spaces[side]
        if operands and isinstance(operands[-1], pikepdf.Name):
            pattern = _part(resources, "/Pattern")[operands[-1]]
            if pattern.get("/PatternType") == 2:
                self.state.inks[side] = shading_inks(pattern.Shading, _part(resources, "/ColorSpace"))
            else:
                under = space.base.ink([float(v) for v in operands[:-1]]) if space.base else Ink("Pattern")
                self.state.inks[side] = [under]
                self.form(pattern, f"pattern {str(operands[-1])[1:]}", resources)
            return
        self.state.inks[side] = [space.ink([float(value) for value in operands])]

    def look(self, state: Any) -> None:
        """An ExtGState: line width, font, and whether anything shows through."""
        if "/LW" in state:
            self.state.width = float(state.LW)
        if "/Font" in state:
            self.state.face, self.state.size = self.face(state.Font[0]), float(state.Font[1])
        for key in ("/ca", "/CA"):
            if float(state.get(key, 1)) < 1:
                self.transparent[f"{float(state[key]):.0%} opacity{self.told()}"] = None
        blend = state.get("/BM", pikepdf.Name.Normal)
        names = [str(one)[1:] for one in (blend if isinstance(blend, pikepdf.Array) else [blend])]
        if not {"Normal", "Compatible"} & set(names[:1]):
            self.transparent[f"blend mode {names[0] if names else '?'}{self.told()}"] = None
        if isinstance(state.get("/SMask"), pikepdf.Dictionary):
            self.transparent[f"soft mask{self.told()}"] = None

    def told(self) -> str:
        return f" in {self.within}" if self.within else ""

    # --- forms and images
    def thing(self, name: Any, resources: Any) -> None:
        thing = _part(resources, "/XObject")[name]
        if thing.get("/Subtype") == "/Form":
            self.form(thing, self.within or str(name)[1:], resources)
        elif thing.get("/Subtype") == "/Image":
            self.image(thing, str(name)[1:], resources)

    def form(self, form: Any, name: str, resources: Any) -> None:
        """A form, a pattern's cell or an appearance. Raises Unreadable for forms that hold themselves."""
        if self.depth >= DEEPEST:
            raise Unreadable(f"its pictures stand in each other more than {DEEPEST} deep")
        self.reader.step(FORM)
        steps = self.reader.once("steps", form, lambda: self.reader.stream(form, form))
        outer = self.state, self.within, self.window, self.text, self.line
        state = self.state = self.state.copy()
        state.matrix = times(_matrix(form.get("/Matrix", START)), state.matrix)
        if "/BBox" in form:
            left, foot, right, top = (float(value) for value in form.BBox)
            state.clip = common(state.clip, moved((left, foot, right, top), state.matrix))
        if not self.within:
            self.within, self.window = name, self.shown(state.clip)
        self.depth += 1
        self.run(steps, form.get("/Resources", resources))
        self.depth -= 1
        self.state, self.within, self.window, self.text, self.line = outer

    def image(self, picture: Any, name: str, resources: Any, ink: Ink | None = None) -> None:
        a, b, c, d, _, _ = matrix = self.state.matrix
        wide, high = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
        across, up = hypot(a, b) * self.unit / 72, hypot(c, d) * self.unit / 72  # inches
        dpi = min(wide / across if across else 0, high / up if up else 0)
        masked = bool(picture.get("/ImageMask", False))
        if masked:
            inks = self.state.inks["fill"]
        else:
            named = _part(resources, "/ColorSpace")
            inks = [ink or self.reader.once("ink", picture, lambda: self.reader.picture(picture, named))]
        if isinstance(picture.get("/SMask"), pikepdf.Stream):
            self.transparent[f"soft mask of the photo {name}"] = None
        bits = 1 if masked else int(picture.get("/BitsPerComponent", 8))
        for one in inks:
            self.mark("image", one, self.clipped((0, 0, 1, 1), matrix), name=name, dpi=dpi, bits=bits)

    def inline(self, picture: Any, resources: Any) -> None:
        """An image within the stream; small as those are, its ink isn't measured."""
        ink = Ink(space_of(picture.get("/ColorSpace"), _part(resources, "/ColorSpace")).name)
        self.image(picture, "in the page itself", resources, ink)

    # --- paths
    def path(self, operator: str, box: Box | None) -> None:
        state = self.state
        if box is not None:
            if operator in FILLS:
                for ink in state.inks["fill"]:
                    self.mark("fill", ink, self.clipped(box, state.matrix))
            if operator in STROKES:
                width = state.width * thinnest(state.matrix)
                half = width / 2
                left, foot, right, top = moved(box, state.matrix)
                shown = self.shown(common(state.clip, (left - half, foot - half, right + half, top + half)))
                for ink in state.inks["stroke"]:
                    self.mark("stroke", ink, shown, size=width * self.unit)
        if self.cut:
            state.clip = common(state.clip, moved(box, state.matrix)) if box else None
            self.cut = False

    def clipped(self, box: Box, matrix: Matrix) -> Box | None:
        return self.shown(common(self.state.clip, moved(box, matrix)))

    def shown(self, box: Box | None) -> Box | None:
        """A box of the page's space in millimetres."""
        return None if box is None else (box[0] * self.mm, box[1] * self.mm, box[2] * self.mm, box[3] * self.mm)

    def mark(self, kind: Any, ink: Ink, box: Box | None, **facts: Any) -> None:
        self.marks.append(Mark(kind, ink, box, self.within, self.window, **facts))

    # --- text
    def typeset(self, operator: str, operands: tuple[Any, ...], resources: Any) -> None:
        state = self.state
        match operator:
            case "BT":
                self.text = self.line = START
            case "Tf":
                state.face, state.size = self.face(_part(resources, "/Font")[operands[0]]), float(operands[1])
            case "Tc":
                state.letter = operands[0]
            case "Tw":
                state.word = operands[0]
            case "Tz":
                state.stretch = operands[0] / 100
            case "TL":
                state.leading = operands[0]
            case "Ts":
                state.rise = operands[0]
            case "Tr":
                state.mode = int(operands[0])
            case "Td" | "TD":
                if operator == "TD":
                    state.leading = -operands[1]
                self.next(operands[0], operands[1])
            case "Tm":
                self.text = self.line = _matrix(operands)
            case "T*":
                self.next(0, -state.leading)
            case "Tj":
                self.show([operands[0]])
            case "TJ":
                self.show(list(operands[0]))
            case "'" | '"':
                if operator == '"':
                    state.word, state.letter = float(operands[0]), float(operands[1])
                self.next(0, -state.leading)
                self.show([operands[-1]])

    def next(self, x: float, y: float) -> None:
        self.text = self.line = times((1, 0, 0, 1, x, y), self.line)

    def face(self, font: Any) -> Face:
        face: Face = self.reader.once("face", font, lambda: face_of(font))
        return face

    def show(self, parts: list[Any]) -> None:
        """Shows strings, with shifts between them in thousandths of the size."""
        state, face = self.state, self.state.face
        if face is None:
            raise ValueError("text without a font")
        along, words = 0.0, ""
        for part in parts:
            if not isinstance(part, pikepdf.String):
                along -= float(part) / 1000 * state.size * state.stretch
                continue
            codes = face.codes(bytes(part))
            words += face.words(codes)
            for code in codes:
                gap = state.letter + (state.word if code == 32 and not face.wide else 0)
                along += (face.widths.get(code, face.other) / 1000 * state.size + gap) * state.stretch
        matrix = times(self.text, state.matrix)
        self.text = times((1, 0, 0, 1, along, 0), self.text)
        self.fonts[Font(face.name, face.embedded, face.drawn)] = None
        if not words.strip() or state.mode in (NO_INK, ONLY_CUTS):
            return
        foot, top = state.rise - DESCENT * state.size, state.rise + ASCENT * state.size
        box = self.clipped((min(0, along), min(foot, top), max(0, along), max(foot, top)), matrix)
        size = abs(state.size) * hypot(matrix[2], matrix[3]) * self.unit
        for ink in state.inks["stroke" if state.mode in (1, 5) else "fill"]:
            self.mark("text", ink, box, name=face.name, letters=words.strip(), size=size)


def _matrix(numbers: Any) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _part(resources: Any, key: str) -> Any:
    """A dictionary of the resources; an empty one where they have none."""
    part = resources.get(key) if resources is not None else None
    return part if part is not None else pikepdf.Dictionary()
