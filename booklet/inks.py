"""Colours as a screen or printer has them → PDF colour operators: red, green and blue, or grey. `presses` has the four inks."""

from typing import TYPE_CHECKING, Protocol

from booklet.theming import grey

if TYPE_CHECKING:
    from PIL.Image import Image


class Inks(Protocol):
    """How a file says its colours."""

    def fill(self, colour: str, small: bool = False) -> str:
        """The operator that sets the colour "#RRGGBB" for areas; `small` for letters and other fine things."""

    def line(self, colour: str) -> str:
        """The operator that sets the colour of lines."""

    def photo(self, image: "Image", ground: str) -> "Image":
        """A photo in these colours, on a ground where it is see-through."""


def number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def flat(image: "Image", ground: str) -> "Image":
    """The photo without its transparency."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        from PIL import Image

        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, ground)
        image = Image.alpha_composite(paper, image)
    return image.convert("RGB")


class Screen:
    """Red, green and blue, as the colours are written."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def operands(self, colour: str) -> str:
        if colour not in self.known:
            self.known[colour] = " ".join(number(channel / 255) for channel in channels(colour))
        return self.known[colour]

    def fill(self, colour: str, small: bool = False) -> str:  # noqa: ARG002
        return f"{self.operands(colour)} rg"

    def line(self, colour: str) -> str:
        return f"{self.operands(colour)} RG"

    def photo(self, image: "Image", ground: str) -> "Image":
        return flat(image, ground)


class Grey:
    """Black ink only: each colour by its lightness."""

    def operand(self, colour: str) -> str:
        return number(channels(grey(colour))[0] / 255)

    def fill(self, colour: str, small: bool = False) -> str:  # noqa: ARG002
        return f"{self.operand(colour)} g"

    def line(self, colour: str) -> str:
        return f"{self.operand(colour)} G"

    def photo(self, image: "Image", ground: str) -> "Image":
        return flat(image, ground).convert("L")
