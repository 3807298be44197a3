"""Colours as a press has them → PDF colour operators in four inks.

Everything neutral and dark (text, rules, outlines) is black alone, so that four plates needn't fall exactly on each other; the
rest goes through the profile of paper and press, and never over its limit of ink.
"""

from functools import cached_property, lru_cache
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING, Any

from booklet.caching import Table
from booklet.errors import BadChoice
from booklet.inks import channels, flat, number

if TYPE_CHECKING:
    from PIL import Image, ImageCms

NEUTRAL = (
    13.0  # CIE chroma below which a colour is a grey: the art's brown outlines are, the darkest move's colours aren't
)
DARK = (
    45.0  # CIE lightness below which a neutral area is printed in black alone; paler ones are tints, mixed of all inks
)
BLACK = 25.0  # CIE lightness below which black is solid


class Press:
    """Cyan, magenta, yellow and black for one paper and press. `limit` is the most ink in percent, all four together."""

    def __init__(self, profile: Path, limit: float) -> None:
        self.path, self.limit = profile, limit
        self.table = Table("inks", (profile.read_bytes(), repr(limit).encode()))

    @cached_property
    def profile(self) -> "ImageCms.ImageCmsProfile":
        return _cmyk_profile(self.path)

    @cached_property
    def transform(self) -> "ImageCms.ImageCmsTransform":
        from PIL import ImageCms  # takes a while to load

        srgb = ImageCms.createProfile("sRGB")
        black = ImageCms.Flags.BLACKPOINTCOMPENSATION
        return ImageCms.buildTransform(srgb, self.profile, "RGB", "CMYK", ImageCms.Intent.RELATIVE_COLORIMETRIC, black)

    @cached_property
    def lab(self) -> "ImageCms.ImageCmsTransform":
        from PIL import ImageCms

        return ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")

    def share(self, colour: str, fine: bool) -> tuple[float, float, float, float]:
        """The shares of the four inks, each from 0 to 1."""
        if channels(colour) == (255, 255, 255):
            return 0.0, 0.0, 0.0, 0.0
        light, a, b = _converted(colour, self.lab)
        lightness = light / 2.55
        if hypot(a - 128, b - 128) < NEUTRAL and (fine or lightness < DARK):
            return 0.0, 0.0, 0.0, 1.0 if lightness < BLACK else round((100 - lightness) / (100 - BLACK), 3)
        c, m, y, k = (value / 255 for value in _converted(colour, self.transform))
        over = c + m + y + k - self.limit / 100
        if over > 0:
            less = 1 - over / (c + m + y)
            c, m, y = c * less, m * less, y * less
        return c, m, y, k

    def operands(self, colour: str, fine: bool) -> str:
        name = f"{colour} fine" if fine else str(colour)
        if name not in self.table.values:
            self.table.values[name] = " ".join(number(share) for share in self.share(colour, fine))
        return self.table.values[name]

    def fill(self, colour: str, small: bool = False) -> str:
        return f"{self.operands(colour, small)} k"

    def line(self, colour: str) -> str:
        return f"{self.operands(colour, True)} K"

    def photo(self, image: "Image.Image", ground: str) -> "Image.Image":
        from PIL import ImageCms

        converted = ImageCms.applyTransform(flat(image, ground), self.transform)
        assert converted is not None
        return _limited(converted, self.limit)


@lru_cache(maxsize=4)
def press_inks(profile: Path, limit: float) -> Press:
    """The inks for a profile; what colours come to in it is worked out once."""
    return Press(profile, limit)


def _converted(colour: str, transform: "ImageCms.ImageCmsTransform") -> tuple[int, ...]:
    """A colour's channels, without the profile, which `ImageCms.applyTransform` copies into each picture that it makes."""
    from PIL import Image

    dot = Image.new("RGB", (1, 1), channels(colour))
    converted = Image.new(transform.output_mode, (1, 1))
    transform.transform.apply(dot.getim(), converted.getim())
    pixel = converted.getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return pixel


def _cmyk_profile(path: Path) -> "ImageCms.ImageCmsProfile":
    """An ICC profile. Raises BadChoice for a file that isn't one of a CMYK printer."""
    from PIL import ImageCms

    try:
        profile = ImageCms.getOpenProfile(str(path))
    except (OSError, ImageCms.PyCMSError):
        raise BadChoice(f"{path} can't be read as an ICC profile") from None
    if profile.profile.xcolor_space.strip() != "CMYK" or profile.profile.device_class != "prtr":
        raise BadChoice(f"{path} is no profile of a CMYK printer: ask the print shop for theirs")
    return profile


def describe_profile(path: Path) -> str:
    """What a CMYK profile calls itself. Raises BadChoice."""
    return str(_cmyk_profile(path).profile.profile_description or path.stem)


def _limited(image: "Image.Image", limit: float) -> "Image.Image":
    """The photo with less cyan, magenta and yellow where all four inks come to more than the limit."""
    from PIL import Image, ImageChops, ImageMath

    plates = dict(zip("cmyk", image.split(), strict=True))
    most = int(limit * 2.55)
    total = ImageMath.lambda_eval(lambda ink: ink["c"] + ink["m"] + ink["y"] + ink["k"], **plates)
    if total.getextrema()[1] <= most:
        return image

    def share(ink: Any) -> Any:
        """How much of the colours there is room for beside the black, in 255ths."""
        colours = ink["max"](ink["c"] + ink["m"] + ink["y"], 1)
        return ink["convert"](ink["max"](ink["min"]((most - ink["k"]) * 255 / colours, 255), 0), "L")

    room = ImageMath.lambda_eval(share, **plates)
    return Image.merge("CMYK", (*(ImageChops.multiply(plates[one], room) for one in "cmy"), plates["k"]))
