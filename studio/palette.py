"""The roles a path may have and the colours that make a file look right on its own (the booklet recolours by role)."""

from __future__ import annotations

FILLS: dict[str, str] = {
    "receiver-skin": "#eec9b0", "receiver-skin-shade": "#dfb298",
    "giver-skin": "#d9a27d", "giver-skin-shade": "#c68c67",
    "receiver-hair": "#6b4a3a", "receiver-hair-shade": "#593b2d",
    "giver-hair": "#3d2b24", "giver-hair-shade": "#2d1f19",
    "nail": "#efc9ae", "eye": "#f7f2ea",
    "shirt": "#a9c3cf", "shirt-shade": "#92afbd",
    "giver-shirt": "#5f9c92", "giver-shirt-shade": "#4f877e",
    "trousers": "#7f8fa6", "trousers-shade": "#6e7e96",
    "giver-trousers": "#4b5563", "giver-trousers-shade": "#3d4654",
    "mat": "#cdd8c6", "mat-shade": "#b6c5ad",
    "blanket": "#e9dcc6", "blanket-shade": "#d5c5a9",
    "sheet": "#f1ebe0", "sheet-shade": "#dcd2c1",
    "pillow": "#f6f1e8", "pillow-shade": "#e0d7c6",
    "towel": "#f8f5ef", "towel-shade": "#ddd6ca",
    "wood": "#c9a27a", "wood-shade": "#b08a64",
    "upholstery": "#9fb0a0", "upholstery-shade": "#879a89",
    "oil": "#e3b64f", "glass": "#dcebee", "water": "#a8d0df",
    "object": "#efece6", "object-shade": "#d3cdc3",
}  # fmt: skip

LINE = "#4a3832"
LINES: dict[str, tuple[str, float]] = {  # colour, width as a share of the outer line's
    "line-outer": (LINE, 1.0),
    "line-object": (LINE, 1.0),
    "line-inner": (LINE, 0.85),
    "line-seam": ("#6a5a54", 0.6),
    "line-face": (LINE, 0.75),
}
FILL_LINE = "line-fill"
ROLES: frozenset[str] = frozenset(FILLS) | frozenset(LINES) | {FILL_LINE}
