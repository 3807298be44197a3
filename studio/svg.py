"""The SVG that the booklet's strict reader takes: one flat list of <path>, each with one role as its class.

Coordinates have one decimal; path data is relative cubics. No groups, transforms, clips, gradients or style sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from studio.curves import Cubic
from studio.palette import FILL_LINE, FILLS, LINE, LINES

LIMIT = 60_000  # bytes


@dataclass
class Drawing:
    """A picture being put together: path data by role, in painting order, and the data attributes of the root."""

    width: float
    height: float
    title: str
    line: float = 2.2  # width of the outer line in art units
    paths: list[tuple[str, str]] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)

    def add(self, role: str, data: str) -> None:
        """Paint path data in a role, on top of what is there; runs on with the last path of the same role if it can."""
        if not data:
            return
        if self.paths and self.paths[-1][0] == role and role in LINES:
            data = self.paths.pop()[1] + data
        self.paths.append((role, data))

    def text(self) -> str:
        """The file."""
        size = f'viewBox="0 0 {number(self.width)} {number(self.height)}"'
        size += f' width="{number(self.width)}" height="{number(self.height)}"'
        extra = "".join(f' data-{name}="{value}"' for name, value in sorted(self.data.items()))
        rows = [f'<svg xmlns="http://www.w3.org/2000/svg" {size}{extra}>', f"<title>{self.title}</title>"]
        rows += [self._path(role, data) for role, data in self.paths]
        return "\n".join([*rows, "</svg>", ""])

    def _path(self, role: str, data: str) -> str:
        if role in LINES:
            colour, share = LINES[role]
            width = number(round(self.line * share, 2))
            ends = 'stroke-linecap="round" stroke-linejoin="round"'
            return f'<path class="{role}" fill="none" stroke="{colour}" stroke-width="{width}" {ends} d="{data}"/>'
        colour = LINE if role == FILL_LINE else FILLS[role]
        return f'<path class="{role}" fill="{colour}" fill-rule="evenodd" d="{data}"/>'


def number(x: float) -> str:
    """A plain decimal without idle zeros."""
    text = f"{x:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _tenths(points: Iterable[int]) -> str:
    """Integers in tenths, written as short decimals and packed."""
    out = ""
    for n in points:
        whole, part = divmod(abs(n), 10)
        text = ("-" if n < 0 else "") + str(whole) + (f".{part}" if part else "")
        out += text if not out or text[0] == "-" else " " + text
    return out


def path_data(cubics: list[Cubic], scale: float, close: bool = False) -> str:
    """Relative path data of a run of cubics; coordinates times `scale`, rounded to a tenth without drift."""
    if not cubics:
        return ""
    here = np.rint(cubics[0][0] * scale * 10).astype(int)
    out = "M" + _tenths(here.tolist())
    for cubic in cubics:
        points = np.rint(cubic[1:] * scale * 10).astype(int)
        out += "c" + _tenths((points - here).ravel().tolist())
        here = points[-1]
    return out + ("z" if close else "")


def points_data(points: Mapping[str, tuple[float, float]]) -> dict[str, str]:
    """Named points as root attributes: point-NAME="x y"."""
    return {f"point-{name}": f"{number(round(x, 1))} {number(round(y, 1))}" for name, (x, y) in points.items()}
