"""What a routine is: frozen values with nothing to tailor left in them.

The field names are the keys of the YAML file (`may_run_on` is written `may-run-on`), the annotations are its types and
the defaults what may be left out; `shapes` reads files against them. Lengths are millimetres, times seconds, positions
body coordinates of a map unless a docstring says otherwise.
"""

from dataclasses import field
from typing import Literal

from booklet.errors import Place
from booklet.records import dataclass


class Words(str):
    """A text from a file that knows its place there. `**bold**` marks and `{placeholders}` are still in it.

    `language` is set where it isn't in that of the booklet.
    """

    place: Place
    language: str

    def __new__(cls, text: str, place: Place, language: str = "") -> "Words":
        words = super().__new__(cls, text)
        words.place = place
        words.language = language
        return words

    def __getnewargs__(self) -> tuple[str, Place, str]:  # type: ignore[override]  # copies and pickles keep the place
        return str(self), self.place, self.language


class Name(Words):
    """A name that other parts of the file refer to: small letters, digits and hyphens."""


class StepName(Name):
    """Refers to a step."""


class ChapterName(Name):
    """Refers to a chapter or a step, as an entry of a page plan."""


class MapName(Name):
    """Refers to a map."""


class PictureName(Name):
    """Refers to a picture: an SVG file of images/ without its ending, or a photo beside the routine file."""


class LookName(Name):
    """Refers to a look of the theme: the colour, line and emblem of a move."""


Point = tuple[float, float]
Points = tuple[Point, ...]
Range = tuple[float, float]  # from, to
Side = Literal["both", "start", "other"]
Hands = Literal["flat", "heel", "pads", "fingers", "thumb"]
Mark = Literal["dot", "cross", "box"]
Swatch = Literal["never", "ask", "light", "line", "fine", "stop"]

NOWHERE = Place("", 0, 0)
ENGLISH = Name("en", NOWHERE)


# --- strokes and zones on a map ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What all strokes have: the half that they are on, the layout that they are only for, where they stand in the file."""

    side: Side = "both"
    only: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Loops(Drawn):
    """Closed paths, largest first; `arrows` are (loop, x, y): the loop's number from 1 and a point near its arrowhead."""

    loops: tuple[Points, ...]
    arrows: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Rings(Drawn):
    """Circles of 300° with a head; clockwise on the right half. Points are centres; the radius is in cm."""

    rings: Points
    radius: float


@dataclass(frozen=True, slots=True)
class Route(Drawn):
    """The way from spot to spot, with a start dot and a head; hands that circle at each spot do so with a radius in cm."""

    route: Points
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Pulls(Drawn):
    """A thick stroke out and a thin dashed return for each row; `out` and `back` are relative to the row in y."""

    pulls: tuple[float, ...]
    out: Points
    back: Points = ()
    side: Side = field(default="start", kw_only=True)


@dataclass(frozen=True, slots=True)
class Dots(Drawn):
    """Spots along a line at x, from y to y; as many as there is time for, or `count`. The radius is in cm."""

    dots: float
    along: Range
    radius: float
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Arrow(Drawn):
    """A dotted arrow that shows which way the spots are worked."""

    arrow: Points


@dataclass(frozen=True, slots=True)
class Rest(Drawn):
    """Hands at rest, one at each point."""

    rest: Points


Stroke = Loops | Rings | Route | Pulls | Dots | Arrow | Rest


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the map that has its own rule; mirrored to both halves where `mirror` says so.

    `name` is what it is called by someone who can't see it, with its article: "the kidney area".
    """

    zone: Literal["never", "light", "stop-line"]
    points: Points
    mirror: bool = False
    name: Words | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """The ground that strokes are drawn on: a picture that publishes where its coordinates lie.

    Nothing of the picture shows above `up_to` and below `down_to`, heights in body coordinates. What lies between the corners
    `extent` (left, foot, right, head) always shows: without it, that is a back with its head. Strokes stay within the corners `within`; `middle` is what its middle line is called; `hands` gives the length and width in cm of what each grip presses with.
    """

    picture: PictureName
    unit_cm: tuple[float, float]
    up_to: float | None = None
    down_to: float | None = None
    extent: tuple[float, float, float, float] | None = None
    within: tuple[float, float, float, float] = (-9, -9, 9, 9)
    middle: Words | None = None
    hands: dict[str, tuple[float, float]] | None = None
    zones: tuple[Zone, ...] = ()


# --- pictures -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Badge:
    """A number that ties a place in a picture to a line of text; `beside` moves it off its target, with a leader.

    The place is a position `at`, or a point that the picture publishes: `on` its name, with `at` counted from there.
    """

    badge: int
    at: Point | None = None
    on: Name | None = None
    beside: Point | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """What the hand touches in a close-up, in the picture's own units; with a ring where it circles.

    `flat` below 1 lays the ring on a surface that is seen from the side: only its front part shows.
    """

    size: tuple[float, float]
    at: Point | None = None
    on: Name | None = None
    ring: float | None = None
    flat: float = 1
    turn: Literal["clockwise", "anticlockwise"] = "clockwise"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing or a photo; crop is (left, top, width, height) in the picture's units. A step's fills its window, or `whole` stands in it.

    One that `shows` work on one half is mirrored where the other half comes first.
    """

    picture: PictureName
    alt: Words
    crop: tuple[float, float, float, float] | None = None
    shows: Literal["both", "left", "right"] = "both"
    whole: bool = False
    badges: tuple[Badge, ...] = ()
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """A small sign in a lower corner of a map: go by the clock, swap sides, or let the head be turned.

    On a step's map the right corner says how often.
    """

    sign: Literal["clock", "swap-sides", "turn-head"]
    corner: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class MapView:
    """A map with strokes; `show` names the zones that are drawn. What it shows is told from them, after `alt`.

    The hands and pressure are those of the step on whose page it stands, elsewhere those of `step`.
    """

    map: MapName
    alt: Words | None = None
    strokes: tuple[Stroke, ...] = ()
    show: tuple[Literal["never", "light", "stop-line"], ...] = ("never",)
    badges: tuple[Badge, ...] = ()
    signs: tuple[Sign, ...] = ()
    step: StepName | None = None


View = Picture | MapView


# --- steps --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Layout:
    """One way to spread the spots; strokes with `only: NAME` are drawn where it is in use."""

    layout: Name
    spots: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """How the time of a step is filled: passes × spots × times × seconds, on one side or two.

    `says` is printed under Repeat, `says_once` where it is one and `says_rounds` where there are several passes;
    {passes}, {times} and {spots} stand for the numbers.
    """

    seconds: float
    says: Words
    says_once: Words | None = None
    says_rounds: Words | None = None
    move: float = 0
    times: tuple[int, int] = (1, 1)
    passes: tuple[int, int] = (1, 9999)
    spots: tuple[int, int] = (1, 1)
    layouts: tuple[Layout, ...] = ()
    sides: int = 1
    swap: float = 0


@dataclass(frozen=True, slots=True)
class Card:
    """How a step stands on the cue card: a tile with a small map or picture, or a band under the tile before it.

    The strokes are drawn on `map`, or on the first. `paused` is the band's label where a pause follows.
    """

    label: Words
    note: Words | None = None
    strokes: tuple[Stroke, ...] = ()
    map: MapName | None = None
    picture: Picture | None = None
    band: bool = False
    paused: Words | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """The right way and the wrong way, side by side where a step has two pages."""

    do: Picture
    dont: Picture


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do for a while. `with_step` shows it as a line on another step's page, before or after its lines.

    After one that `swaps_halves`, what has been done on the start side is done on the other half.
    """

    name: Words
    look: LookName
    card: Card
    numbered: bool = True
    term: Words | None = None
    hands: Hands | None = None
    pressure: tuple[int, ...] = ()
    lines: tuple[Words, ...] = ()
    views: tuple[View, ...] = ()
    pair: Pair | None = None
    dont: Words | None = None
    about: tuple[Words, ...] = ()
    repeat: Repeat | None = None
    with_step: StepName | None = None
    swaps_halves: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the timeline: a step with its weight and bounds, or a pause of fixed length after the one before."""

    step: StepName | None = None
    weight: float = 0
    min: int = 0
    max: int = 0
    pause: int = 0
    remainder: bool = False


@dataclass(frozen=True, slots=True)
class Rounding:
    """Times are rounded down to `seconds`."""

    seconds: int


# --- chapters -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Lead:
    lead: Words


@dataclass(frozen=True, slots=True)
class Text:
    text: Words


@dataclass(frozen=True, slots=True)
class Note:
    note: Words


@dataclass(frozen=True, slots=True)
class Question:
    """A worry in the reader's words and the answer to it."""

    question: Words
    answer: Words


@dataclass(frozen=True, slots=True)
class Listing:
    list: tuple[Words, ...]
    head: Words | None = None
    swatch: Swatch | None = None
    mark: Mark = "dot"
    columns: int = 1
    foot: Words | None = None
    large: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """Boxes to tick under a heading; neighbours share two columns."""

    checks: tuple[Words, ...]
    head: Words


@dataclass(frozen=True, slots=True)
class Numbered:
    """Numbered lines, tied to the badges of the picture above them."""

    numbered: tuple[Words, ...]
    head: Words | None = None


@dataclass(frozen=True, slots=True)
class Timetable:
    """The steps with their minutes and pages."""

    timetable: Words
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """When one step comes round: a table of the clock times of each."""

    times: StepName


@dataclass(frozen=True, slots=True)
class Row:
    row: Words
    says: Words


@dataclass(frozen=True, slots=True)
class Table:
    """Two columns: a short word or number and what it means; a pressure from 1 to 5 as `dots`."""

    table: tuple[Row, ...]
    head: Words | None = None
    dots: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers to circle; `low` and `high` say what the ends mean."""

    scale: Words
    low: Words
    high: Words
    first: int = 0
    last: int = 10


@dataclass(frozen=True, slots=True)
class Fields:
    """Short writing lines side by side, each under its label; `filled` by --for or --by."""

    fields: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Writing lines over the whole width, each with its label; empty ones where the label is `-`."""

    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Branded:
    """A place for words of a brand's own; nothing where there is no brand, or it has none."""

    brand: Literal["welcome", "safety"]


@dataclass(frozen=True, slots=True)
class KeyEntry:
    swatch: Swatch
    name: Words
    says: Words


@dataclass(frozen=True, slots=True)
class KeyedMap:
    """A map with all its zones and, beside it, what they mean."""

    keyed_map: MapName
    head: Words
    key: tuple[KeyEntry, ...]
    alt: Words | None = None


@dataclass(frozen=True, slots=True)
class PictureRow:
    """Small pictures side by side, where the page has room for them."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Head:
    head: Words


Block = (
    Lead | Text | Timetable | Note | Question | Listing | Checklist | Numbered | Times | Table | Scale | Fields | Lines
    | KeyedMap | PictureRow | Head | Branded
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of blocks under a title; with a view in the title's panel, as the back cover, or running on to a second page.

    `look` colours the panel like a move and puts its emblem there; `swatch` stands at the end of the title's line.
    """

    title: Words
    blocks: tuple[Block, ...]
    sub: Words | None = None
    view: View | None = None
    look: LookName | None = None
    swatch: Swatch | None = None
    back_cover: bool = False
    may_run_on: bool = False


# --- the whole ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of one size of booklet, in order; the cue card goes into the middle, fillers before the last pages."""

    plan: int
    pages: tuple[ChapterName, ...]
    fill: tuple[ChapterName, ...] = ()
    cue_card: bool = True
    two_pages: bool = False
    bands: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Cover:
    """The front: what was chosen in a few words, the scene, and the timetable where no other page has it."""

    facts: tuple[Words, ...]
    scene: Picture | None = None
    timetable: Timetable | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """What the sheets and cards say beside the steps: a few short lines each, as they have no room for the chapters.

    When not to begin `today`, what `never` to do, when to `stop`, when to call for `help`; how to `start` and `finish`;
    and the `key` of the zones on the maps.
    """

    today: Listing | None = None
    never: Listing | None = None
    stop: Listing | None = None
    help: Listing | None = None
    start: Numbered | None = None
    finish: Numbered | None = None
    key: tuple[KeyEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Pressure:
    """The words for 1 to 5 and the caps that hold for the choices made; the lowest wins."""

    words: tuple[Words, ...]
    caps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine, tailored: no conditions are left in it.

    `maps` and `pressure` are for hands at work on a body; without a `timeline` the steps follow each other off the clock.
    """

    name: Name
    title: Words
    subtitle: Words
    cover: Cover
    steps: dict[str, Step]
    chapters: dict[str, Chapter]
    plans: tuple[Plan, ...]
    rounding: Rounding = Rounding(1)  # frozen
    timeline: tuple[Segment, ...] = ()
    language: Name = ENGLISH  # frozen; a tag of BCP 47 in small letters
    pressure: Pressure = Pressure(())  # frozen
    maps: dict[str, Map] = field(default_factory=dict)
    notices: tuple[Words, ...] = ()
    brief: Brief = Brief()
