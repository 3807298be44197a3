"""(Brand, language) → the brand as it speaks in that language; what is wrong with its words, in any."""

from collections.abc import Iterator
from dataclasses import replace

from booklet.brands import Booking, Brand, BrandWords, Contact, Offer
from booklet.errors import Problem
from booklet.languages import TAG, base, language_name
from booklet.model import Words
from booklet.reading import clipped

LETTERS = {"welcome": 240, "safety": 120, "legal": 120}  # the most that pages with other words have room for
NO_LANGUAGE = "{} is no language: write its short name, such as de, fr or es-mx"


def in_language(brand: Brand, tag: str) -> Brand:
    """The brand as it speaks in a language. Texts that it doesn't have in it know their own."""
    if not (brand.language or brand.languages):
        return brand
    known = brand.languages or {}
    said = known.get(tag) or known.get(base(tag)) or BrandWords()
    other = str(brand.language) if brand.language and base(brand.language) != base(tag) else ""
    contact = Contact(
        said.contact.address or brand.contact.address,
        said.contact.phone or brand.contact.phone,
        said.contact.site or brand.contact.site,
        _text(said.contact.hours, brand.contact.hours, other),
        said.contact.social or brand.contact.social,
    )
    return replace(
        brand,
        language=None,
        languages=None,
        tagline=_text(said.tagline, brand.tagline, other),
        contact=contact,
        booking=_booking(brand, said, other),
        welcome=_text(said.welcome, brand.welcome, other),
        safety=_text(said.safety, brand.safety, other),
        offer=_offer(brand, said, other),
        legal=_text(said.legal, brand.legal, other),
    )


def _text(said: Words | None, elsewhere: Words | None, other: str) -> Words | None:
    """What is said in the language, or what is said elsewhere, which is in another one."""
    return said or (Words(elsewhere, elsewhere.place, other) if elsewhere else None)


def _booking(brand: Brand, said: BrandWords, other: str) -> Booking | None:
    own, url = brand.booking, said.booking.url
    if own is None:
        return Booking(url, said.booking.text) if url else None
    return Booking(url or own.url, _text(said.booking.text, own.text, other))


def _offer(brand: Brand, said: BrandWords, other: str) -> Offer | None:
    own, new = brand.offer, said.offer
    text = _text(new.text, own.text if own else None, other)
    if own is None or text is None:
        return Offer(text, new.until, new.url) if text else None
    return Offer(text, new.until or own.until, new.url or own.url)


def unsaid(brand: Brand, tag: str) -> Iterator[str]:
    """What is told where a brand that speaks a language has texts that aren't in it."""
    texts = {
        "tagline": brand.tagline,
        "contact.hours": brand.contact.hours,
        "booking.text": brand.booking and brand.booking.text,
        "welcome": brand.welcome,
        "safety": brand.safety,
        "offer.text": brand.offer and brand.offer.text,
        "legal": brand.legal,
    }
    lacking = {key: words for key, words in texts.items() if words and words.language}
    if lacking:
        own = language_name(next(iter(lacking.values())).language)
        yield (
            f"{brand.name} says `{'`, `'.join(lacking)}` in {own}: "
            f"its brand file may have them in {language_name(tag)}, under `languages: {base(tag)}:`."
        )


# --- what is wrong with them -------------------------------------------------------------------------------------------
def wrong_words(brand: Brand) -> Iterator[Problem]:
    """What is wrong with the brand's words and links, in each language that it speaks."""
    spoken = (in_language(brand, tag) for tag in brand.languages or {})
    yield from dict.fromkeys(problem for one in (brand, *spoken) for problem in _too_long(one))
    yield from _wrong_languages(brand)


def _too_long(brand: Brand) -> Iterator[Problem]:
    """What is too long, or no link."""
    for key, most in LETTERS.items():
        words = getattr(brand, key)
        if isinstance(words, Words) and len(words) > most:
            yield Problem(
                words.place,
                f"`{key}` has {len(words)} letters; its place holds {most}: shorten it by {len(words) - most}",
            )
    for link in (brand.booking and brand.booking.url, brand.offer and brand.offer.url):
        if link and (" " in link or not link.startswith(("https://", "http://", "mailto:", "tel:"))):
            yield Problem(link.place, f"`{link}` is no link: begin it with https://, without spaces")


def _wrong_languages(brand: Brand) -> Iterator[Problem]:
    """Languages that are none, and words of a language that stand in for nothing."""
    if brand.language and not TAG.fullmatch(brand.language):
        yield Problem(brand.language.place, NO_LANGUAGE.format(clipped(brand.language)))
    for tag, said in (brand.languages or {}).items():
        if not TAG.fullmatch(tag):
            yield Problem(said.place, NO_LANGUAGE.format(clipped(tag)))
        booking, offer = said.booking, said.offer
        if booking.text and not (brand.booking or booking.url):
            yield Problem(
                booking.text.place, "the brand has no `booking` that this would stand beside: give its `url`, too"
            )
        for words in (offer.until, offer.url):
            if words and not (brand.offer or offer.text):
                yield Problem(words.place, "the brand has no `offer` that this would belong to: give its `text`, too")
