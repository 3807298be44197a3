"""The pictures in images/: the SVG subset, roles, size, calibration and named points. Needs neither numba nor torch."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

IMAGES = Path(__file__).parent.parent / "images"
SVG = "{http://www.w3.org/2000/svg}"
FILES = sorted(IMAGES.glob("*.svg"))

FILL_ROLES = {
    *(f"{who}-{what}{tone}" for who in ("receiver", "giver") for what in ("skin", "hair") for tone in ("", "-shade")),
    *(
        f"{what}{tone}"
        for what in (
            "shirt", "giver-shirt", "trousers", "giver-trousers", "mat", "blanket", "sheet", "pillow", "towel", "wood",
            "upholstery", "object",
        )
        for tone in ("", "-shade")
    ),
    "nail", "eye", "oil", "glass", "water", "line-fill",
}  # fmt: skip
LINE_ROLES = {"line-outer", "line-object", "line-inner", "line-seam", "line-face"}
DRESSES = ("bare", "shirt")
AWAKE = {"stretch-held", "stretch-neck-open", "stretch-reach-chair", "stretch-lunge-chair"}  # drawn with open eyes
EXPECTED = {
    *(f"back-{body}-{dress}" for body in "ab" for dress in DRESSES),
    *(
        f"scene-{place}{receiver}-{dress}"
        for place in ("floor", "astride", "bed", "bed-astride", "table", "chair", "side-lying")
        for receiver in ("", "-b")
        for dress in DRESSES
    ),
    *(
        f"grip-{grip}-{dress}"
        for grip in ("palms", "heels", "stacked", "fingers", "thumbs", "still", "chair")
        for dress in DRESSES
    ),
    *(
        f"stretch-{it}"
        for it in (
            "reach", "reach-chair", "side", "held", "neck", "neck-open", "chest", "cat", "cow", "twist", "lunge",
            "lunge-chair", "calf",
        )
    ),
    "hand-palm", "hand-back", "desk", "desk-office", "grip-desk-squeeze", "grip-desk-palms",
    "grip-hand-hold", "grip-hand-thumbs",
    "do-wrist", "dont-wrist", "do-back", "dont-back", "cross-section",
    *(f"object-{it}" for it in ("towels", "blanket", "mat", "pillow", "ankle-roll", "oil", "clock", "hands", "water")),
    *(
        f"icon-{it}"
        for it in (
            "flat", "heel", "pads", "fingers", "thumbs", "still", "clock", "repeat", "swap-sides", "turn-head", "stop",
            "pressure",
        )
    ),
}  # fmt: skip


def root_of(path: Path) -> ET.Element:
    return ET.fromstring(path.read_text(encoding="utf-8"))


def pair(text: str) -> tuple[float, float]:
    x, y = (float(n) for n in text.split())
    return x, y


def bounds(root: ET.Element, *roles: str) -> tuple[float, float, float, float]:
    """Box of the end points of the paths in these roles (relative cubics only)."""
    xs, ys = [], []
    for path in root.iter(f"{SVG}path"):
        if path.get("class") not in roles:
            continue
        for x, y in ends(path.get("d", "")):
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def ends(data: str) -> list[tuple[float, float]]:
    points = []
    x = y = 0.0
    for command, rest in re.findall(r"([Mcz])([^Mcz]*)", data):
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", rest)]
        if command == "M":
            x, y = numbers
            points.append((x, y))
        for k in range(0, len(numbers) - 5, 6) if command == "c" else ():
            x, y = x + numbers[k + 4], y + numbers[k + 5]
            points.append((x, y))
    return points


def test_every_expected_picture_is_there() -> None:
    assert EXPECTED - {path.stem for path in FILES} == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_picture_keeps_to_the_strict_subset(path: Path) -> None:
    assert path.stat().st_size <= 60_000
    root = root_of(path)
    assert root.tag == f"{SVG}svg"
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert 0 < width <= 1000
    assert 0 < height <= 1400
    children = list(root)
    assert [c.tag for c in children[:1]] == [f"{SVG}title"]
    assert {c.tag for c in children[1:]} == {f"{SVG}path"}
    assert all(not list(c) for c in children)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_path_has_one_role_and_plain_data(path: Path) -> None:
    for piece in root_of(path).iter(f"{SVG}path"):
        role = piece.get("class", "")
        assert re.fullmatch(r"[Mc z\d.\-]+", piece.get("d", "")), role
        if role in LINE_ROLES:
            assert set(piece.keys()) == {
                "class",
                "d",
                "fill",
                "stroke",
                "stroke-width",
                "stroke-linecap",
                "stroke-linejoin",
            }
            assert piece.get("fill") == "none"
            assert re.fullmatch(r"#[0-9a-f]{6}", piece.get("stroke", ""))
            assert float(piece.get("stroke-width", "0")) > 0
        else:
            assert role in FILL_ROLES
            assert set(piece.keys()) == {"class", "d", "fill", "fill-rule"}
            assert re.fullmatch(r"#[0-9a-f]{6}", piece.get("fill", ""))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_picture_stays_in_its_box(path: Path) -> None:
    root = root_of(path)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    for piece in root.iter(f"{SVG}path"):
        for x, y in ends(piece.get("d", "")):
            assert -1 <= x <= width + 1
            assert -1 <= y <= height + 1


@pytest.mark.parametrize("body", ["a", "b"])
@pytest.mark.parametrize("dress", DRESSES)
def test_back_maps_are_calibrated(body: str, dress: str) -> None:
    root = root_of(IMAGES / f"back-{body}-{dress}.svg")
    assert root.get("data-map") == "back"
    (x0, y0), (ux, uy) = pair(root.get("data-origin", "")), pair(root.get("data-unit", ""))
    assert uy < 0 < ux
    assert ux / 19 == pytest.approx(-uy / 46, rel=0.03)  # a circle stays round in centimetres
    assert x0 == pytest.approx(float(root.get("width", "0")) / 2, abs=0.5)
    left, _, right, _ = bounds(root, "receiver-skin")
    assert x0 - left == pytest.approx(right - x0, abs=3)  # both halves alike
    assert left < x0 - ux < x0 + ux < right  # x = ±1 lies on the arms or shoulders
    # the cloth's own levels: the waistband below the base of the back, the collar near the base of the neck
    waist = bounds(root, "trousers")[1]
    assert (waist - y0) / uy == pytest.approx(-0.14, abs=0.16)
    if dress == "shirt":
        collar = bounds(root, "shirt")[1]
        assert (collar - y0) / uy == pytest.approx(1.0, abs=0.08)


@pytest.mark.parametrize("body", ["a", "b"])
def test_the_outer_strokes_lie_on_the_trunk(body: str) -> None:
    """The widest places of the routine's strokes, (x, y), against the trunk's published half-widths."""
    numbers = [float(n) for n in root_of(IMAGES / f"back-{body}-bare.svg").get("data-trunk", "").split()]
    widths = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert len(widths) == 10
    for x, y in ((0.50, 0.06), (0.62, 0.18), (0.67, 0.38), (0.70, 0.61), (0.82, 0.84), (0.70, 0.9)):
        assert x <= widths[round(y, 1)] + 0.01, (x, y)


def test_the_two_dresses_of_a_body_share_their_calibration() -> None:
    for body in "ab":
        bare, shirt = (root_of(IMAGES / f"back-{body}-{dress}.svg") for dress in DRESSES)
        assert [bare.get(k) for k in ("data-origin", "data-unit", "viewBox")] == [
            shirt.get(k) for k in ("data-origin", "data-unit", "viewBox")
        ]


@pytest.mark.parametrize("path", [p for p in FILES if p.stem.startswith(("scene-", "grip-"))], ids=lambda p: p.stem)
def test_scenes_and_grips_name_their_places(path: Path) -> None:
    root = root_of(path)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    points = {k.removeprefix("data-point-"): pair(v) for k, v in root.items() if k.startswith("data-point-")}
    wanted = {"hands", "face", "head"} if path.stem.startswith("scene-") else {"contact", "spine"}
    if path.stem.startswith("grip-hand-"):
        wanted = {"contact-left", "contact-right"}
    assert wanted <= set(points)
    assert all(0 <= x <= width and 0 <= y <= height for x, y in points.values())


@pytest.mark.parametrize("view", ["palm", "back"])
def test_hand_maps_are_calibrated(view: str) -> None:
    """One unit for both directions: 4.3 cm across and 19.7 cm along, so that circles stay round."""
    root = root_of(IMAGES / f"hand-{view}.svg")
    assert root.get("data-map") == f"hand-{view}"
    (x0, y0), (ux, uy) = pair(root.get("data-origin", "")), pair(root.get("data-unit", ""))
    assert uy < 0 < ux
    assert ux / 4.3 == pytest.approx(-uy / 19.7, rel=0.02)
    assert x0 == pytest.approx(float(root.get("width", "0")) / 2, abs=0.5)
    _, top, _, bottom = bounds(root, "receiver-skin")
    assert (top - y0) / uy == pytest.approx(1, abs=0.01)  # the middle finger's tip
    assert (bottom - y0) / uy < -0.4  # part of the forearm
    places = {k.removeprefix("data-point-"): pair(v) for k, v in root.items() if k.startswith("data-point-")}
    spots = {name: ((x - x0) / ux, (y - y0) / uy) for name, (x, y) in places.items()}
    assert spots["wrist"][1] == pytest.approx(0, abs=0.01)
    assert spots["middle-root"][1] == pytest.approx(0.55, abs=0.01)
    thumb = -1 if view == "palm" else 1  # the left hand
    assert spots["thumb-tip"][0] * thumb > 1
    assert spots["little-root"][0] * thumb < -0.6
    order = [spots[f"{finger}-root"][0] * thumb for finger in ("index", "middle", "ring", "little")]
    assert order == sorted(order, reverse=True)


def test_both_hand_maps_show_the_same_hand() -> None:
    palm, back = (root_of(IMAGES / f"hand-{view}.svg") for view in ("palm", "back"))
    assert [palm.get(k) for k in ("data-origin", "data-unit", "viewBox", "data-trunk")] == [
        back.get(k) for k in ("data-origin", "data-unit", "viewBox", "data-trunk")
    ]
    x0 = float(palm.get("width", "0")) / 2
    for name in ("thumb-tip", "index-tip", "little-tip", "heel"):
        (px, py), (bx, by) = (pair(root.get(f"data-point-{name}", "")) for root in (palm, back))
        assert (px - x0, py) == pytest.approx((x0 - bx, by), abs=0.2)


@pytest.mark.parametrize("name", ["desk", "desk-office"])
def test_the_desk_names_hands_and_shoulders(name: str) -> None:
    root = root_of(IMAGES / f"{name}.svg")
    for side in ("left", "right"):
        (hx, hy), (sx, sy) = (pair(root.get(f"data-point-{what}-{side}", "")) for what in ("hand", "shoulder"))
        assert abs(hx - sx) < 80  # hands lie on the shoulders
        assert 0 < sy - hy < 120


@pytest.mark.parametrize("path", [p for p in FILES if p.stem.startswith("stretch-")], ids=lambda p: p.stem)
def test_a_person_alone_is_a_receiver_and_names_the_body(path: Path) -> None:
    root = root_of(path)
    roles = {piece.get("class", "") for piece in root.iter(f"{SVG}path")}
    assert {"receiver-skin", "receiver-hair", "shirt"} <= roles
    assert not [role for role in roles if role.startswith("giver")]
    points = {k.removeprefix("data-point-"): pair(v) for k, v in root.items() if k.startswith("data-point-")}
    assert {"head", "chest", "shoulder-left", "shoulder-right"} <= set(points)
    if not path.stem.startswith("stretch-neck"):  # head and shoulders only
        assert {"hips", "hand-left", "hand-right", "knee-left", "knee-right", "foot-left", "foot-right"} <= set(points)


def test_who_gets_light_headed_has_open_eyes_and_the_others_none() -> None:
    """Each page of the stretch for them shows the white of both eyes and their irises, or one of each from the side."""
    drawn = {path.stem: root_of(path) for path in FILES if path.stem.startswith("stretch-")}
    white = {name: [p for p in root.iter(f"{SVG}path") if p.get("class") == "eye"] for name, root in drawn.items()}
    assert {name for name, paths in white.items() if paths} == AWAKE
    for name in AWAKE:
        irises = [p for p in drawn[name].iter(f"{SVG}path") if p.get("class") == "line-fill"]
        assert len(irises) == len(white[name]), name


@pytest.mark.parametrize("grip", ["palms", "thumbs", "stacked", "fingers", "chair"])
@pytest.mark.parametrize("dress", DRESSES)
def test_no_pressing_contact_lies_on_the_spine(grip: str, dress: str) -> None:
    """Seen in the picture: the contact is off the line from spine-low to spine-high by 3 % of the picture or more.

    (The heels are seen from so low that their place says little: test_studio_redraw measures all grips in space.)
    """
    root = root_of(IMAGES / f"grip-{grip}-{dress}.svg")
    points = {k.removeprefix("data-point-"): pair(v) for k, v in root.items() if k.startswith("data-point-")}
    ends_of_spine = [points[k] for k in ("spine-low", "spine", "spine-high") if k in points]
    (ax, ay), (bx, by) = ends_of_spine[0], ends_of_spine[-1]
    for name in ("contact-left", "contact-right"):
        if name in points:
            x, y = points[name]
            far = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
            assert far > 0.03 * float(root.get("width", "0")), name


def test_nothing_names_a_script_or_a_link() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert "http://www.w3.org/2000/svg" in text
        assert text.count("http") == 1
        assert not re.search(r"<script|href|style=|url\(|transform", text)
