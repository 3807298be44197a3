"""A language tag → the booklet's own words in it: catalogues in templates/words, with paper and dates as they are usual there."""

import re

from booklet.folders import folder
from booklet.reading import Mapping, Scalar, read_yaml

TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")  # of BCP 47, in small letters
USUAL = "en"
DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")  # ISO 8601


def base(tag: str) -> str:
    """The language of a tag, without its region: es of es-mx."""
    return tag.partition("-")[0]


def catalogues() -> tuple[str, ...]:
    """The languages that the booklet's own words are in."""
    return tuple(sorted(path.stem for path in (folder("templates") / "words").glob("*.yaml")))


def own_words(tag: str) -> dict[str, str]:
    """The booklet's own words in a language; English where there is no catalogue."""
    path = folder("templates") / "words" / f"{base(tag)}.yaml"
    node = read_yaml(path if path.is_file() else path.with_name(f"{USUAL}.yaml"))
    assert isinstance(node, Mapping)
    return {key: value.text for key, value in node.items.items() if isinstance(value, Scalar)}


def own_language(tag: str) -> str:
    """The language that the booklet's own words are in, in a booklet of this one."""
    return tag if (folder("templates") / "words" / f"{base(tag)}.yaml").is_file() else USUAL


def language_name(tag: str) -> str:
    """What a language is called in English; its tag where there is no catalogue."""
    return own_words(tag)["in-english"] if base(tag) in catalogues() else tag


def paper_of(tag: str) -> str:
    """The paper that is usual where a language is spoken: a4, or another in some regions."""
    words = own_words(tag)
    _, _, region = tag.rpartition("-")
    return words.get(f"paper-{region}", words["paper"])


def written_date(text: str, words: dict[str, str]) -> str:
    """A date such as 2027-03-31 as it is written in a language; any other text as it is."""
    match = DATE.fullmatch(text)
    months = words["months"].split()
    if not match or not 1 <= int(match[2]) <= len(months) or not 1 <= int(match[3]) <= 31:
        return text
    day = int(match[3])
    key = "date-first" if day == 1 else "date"
    return words[key].format_map({"day": day, "month": months[int(match[2]) - 1], "year": match[1]})
