"""Straight lines and curves as the parts of a path, in whatever unit they are given; millimetres → points."""

from math import cos, pi, sin

from booklet.items import PT, PathPart

KAPPA = 0.5523  # of the radius: the handles of four curves that make a circle


def scaled(parts: list[PathPart]) -> tuple[PathPart, ...]:
    """Path parts in points from millimetres."""
    return tuple([(letter, tuple([n * PT for n in numbers])) for letter, numbers in parts])


def rectangle(x: float, y: float, w: float, h: float) -> list[PathPart]:
    return [("M", (x, y)), ("L", (x + w, y)), ("L", (x + w, y + h)), ("L", (x, y + h)), ("Z", ())]


def ellipse(x: float, y: float, rx: float, ry: float) -> list[PathPart]:
    """A closed ellipse of four curves."""
    a, b = rx * KAPPA, ry * KAPPA
    return [
        ("M", (x + rx, y)),
        ("C", (x + rx, y + b, x + a, y + ry, x, y + ry)),
        ("C", (x - a, y + ry, x - rx, y + b, x - rx, y)),
        ("C", (x - rx, y - b, x - a, y - ry, x, y - ry)),
        ("C", (x + a, y - ry, x + rx, y - b, x + rx, y)),
        ("Z", ()),
    ]


def arc(x: float, y: float, r: float, start: float, sweep: float) -> list[PathPart]:
    """An open arc; angles in radians, clockwise on the page as y runs down."""
    pieces = max(1, round(abs(sweep) / (pi / 4)))
    step = sweep / pieces
    handle = 4 / 3 * _tan_quarter(step) * r
    parts: list[PathPart] = [("M", (x + r * cos(start), y + r * sin(start)))]
    for i in range(pieces):
        a, b = start + i * step, start + (i + 1) * step
        leave = (x + r * cos(a) - handle * sin(a), y + r * sin(a) + handle * cos(a))
        arrive = (x + r * cos(b) + handle * sin(b), y + r * sin(b) - handle * cos(b))
        parts.append(("C", (*leave, *arrive, x + r * cos(b), y + r * sin(b))))
    return parts


def _tan_quarter(angle: float) -> float:
    return sin(angle / 4) / cos(angle / 4)


def polygon(points: list[tuple[float, float]], closed: bool = True) -> list[PathPart]:
    """Straight lines through the points."""
    parts: list[PathPart] = [("M", points[0]), *(("L", p) for p in points[1:])]
    return [*parts, ("Z", ())] if closed else parts
