"""The whole way from a routine file and choices to the editions' bytes; it reads as its stages."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from booklet.branding import remarks_about, with_brand
from booklet.brandmarks import check_brand, check_seen, soft_logos
from booklet.brands import STILL, Brand, BrandFonts, keys_left_out
from booklet.brandwords import in_language, unsaid
from booklet.checking import check
from booklet.conditions import Choices
from booklet.drafting import FORMATS, Book
from booklet.editions import AT_HOME, Printing, coarse_photos, home, inks_of, screen, shop
from booklet.errors import BadChoice, BookletError, DoesNotFit, InvalidFile, NoPlan, Place, Problem
from booklet.figures import Drawing, Photo, find_picture, read_picture
from booklet.folders import shipped
from booklet.items import Page
from booklet.keeping import Body, Kept
from booklet.languages import own_language, own_words
from booklet.layout import Drawn, lay_out, misfits
from booklet.model import Plan, Routine, Words
from booklet.offers import with_offers
from booklet.pdf import Meta, Output, Written, write
from booklet.planning import find_plan
from booklet.reach import check_reach
from booklet.recipes import recipe
from booklet.records import dataclass
from booklet.routines import RoutineFile, choose, plan_sizes
from booklet.shapes import Before
from booklet.shops import Shop
from booklet.tailoring import steps_beside, tailor
from booklet.text import Fonts, one_line, pairing
from booklet.theming import Theme, find_theme, read_theme, with_skins
from booklet.timing import Schedule, schedule
from booklet.translating import untranslated

Given = Mapping[str, str | list[str]]  # choices as they were typed, by option
NOT_OF_THE_BODY: dict[str, Any] = {"brand": None, "shop": None, "printing": AT_HOME}
NORMAL, LARGE = (16, 20, 24, 12, 8), (20, 24, 16, 12, 8)  # the order in which plans are tried, where none is asked for


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for, beside the routine's own options. `pages` None means: the first plan that holds it."""

    paper: str = "a4"
    theme: str = ""  # the brand's, or the plain one
    large_print: bool = False
    pages: int | None = None
    receiver: str = ""
    giver: str = ""
    skin: str = ""
    giver_skin: str = ""
    printing: Printing = AT_HOME
    brand: Brand | None = None
    shop: Shop | None = None


@dataclass(frozen=True, slots=True)
class Booklet:
    """A laid-out booklet: its pages and what was tailored for it. `to_print` are the pages of the home edition.

    `written` is kept from other copies, where many are made.
    """

    file: RoutineFile
    book: Book
    pages: tuple[Page, ...]
    remarks: tuple[str, ...]
    request: Request
    to_print: tuple[Page, ...]
    written: Written | None = None

    @property
    def routine(self) -> Routine:
        return self.book.routine

    def meta(self, edition: str) -> Meta:
        """What a file of an edition or format says of itself, with the recipe to make it again."""
        author = self.book.people.get("by", "")
        title = str(one_line(self.routine.title))
        return Meta(title, str(self.routine.language), author, str(self.routine.subtitle), recipe(self, edition))

    def edition(self, name: str) -> bytes:
        """The PDF file of an edition that is one file."""
        return self.files(name)[""]

    def files(self, name: str) -> dict[str, bytes]:
        """The PDF files of an edition, by what is added to their names: "" where there is just one."""
        meta = self.meta(name)
        match name:
            case "screen":
                return screen(self.pages, meta, self.written)
            case "home":
                return home(self.to_print, self.book.format, meta, self.request.printing, self.written)
            case _:
                assert self.request.shop
                return shop(self.pages, meta, self.request.shop, self.written)

    def loose(self, name: str) -> bytes:
        """The PDF file of a format beside the folded booklet, which was made for it."""
        from booklet.loose import LOOSE  # most booklets do without

        inks = inks_of(self.request.printing)
        return write(LOOSE[name].sides(self.book, self.to_print), self.meta(name), Output(inks, duplex="Simplex"))

    def how_to_use(self, name: str) -> str:
        """What to do with such a format's file, in plain words."""
        from booklet.loose import how_to_use

        return how_to_use(name, self.book, len(self.pages))


def make(file: RoutineFile, given: Given, request: Request, kept: Kept | None = None) -> Booklet:
    """The booklet of a routine file for these choices. Raises BookletError: InvalidFile, BadChoice or DoesNotFit.

    Where something is `kept` from other booklets of the same file, the file has been checked already.
    """
    if kept is None:
        check_file(file)
        kept = Kept()
    return make_checked(file, check_request(file, given, request), request, kept)


def make_checked(file: RoutineFile, given: Given, request: Request, kept: Kept) -> Booklet:
    """The booklet for choices that `check_request` has returned. Raises InvalidFile, BadChoice or DoesNotFit."""
    booklet, failed = attempts(file, given, request, kept)
    if booklet is None and request.pages is None:
        raise DoesNotFit(list(failed.values())[-1] + _wide_font(request))
    if booklet is None:
        raise DoesNotFit(failed[request.pages or 0] + _wide_font(request) + _what_fits(file, given, request))
    if failed:
        remark = f"It takes {len(booklet.pages)} pages: {next(iter(failed))} can't hold these choices."
        return replace(booklet, remarks=(*booklet.remarks, remark))
    return booklet


def attempts(file: RoutineFile, given: Given, request: Request, kept: Kept) -> tuple[Booklet | None, dict[int, str]]:
    """The booklet of the first size that holds it, None where none does, and what doesn't fit in those before it.

    The file and the request have been checked. Raises BookletError.
    """
    plans = [request.pages] if request.pages else _plans(file, request)
    failed: dict[int, str] = {}
    for pages in plans:
        if failed and pages < next(iter(failed)):  # smaller than the size that these choices are meant for
            continue
        try:
            return _make(file, given, request, pages, kept), failed
        except DoesNotFit as error:
            failed[pages] = str(error)
        except NoPlan:
            if request.pages or (pages == plans[-1] and not failed):
                raise  # elsewhere it is a plan that these choices leave out
    return None, failed


def faults(
    file: RoutineFile, given: Given, request: Request, pages: int, kept: Kept, only: int = 0
) -> list[tuple[int, str]]:
    """All that doesn't fit in a size, page by page: the page's number, 0 for the plan itself, and what is said of it.

    `only` is the number of the one page to look at.
    """
    body, book = _planned(file, given, request, pages, kept)
    return misfits(book, find_plan(book.routine, pages), body.drawn, only)


def check_file(file: RoutineFile) -> None:
    """Checks the whole file, with all its branches, unless it came with the program. Raises InvalidFile."""
    if not shipped(file.path):
        check(file)


def check_request(file: RoutineFile, given: Given, request: Request) -> dict[str, str | list[str]]:
    """Checks what was asked for before anything is made; the choices, with the brand's. Raises BadChoice, InvalidFile."""
    chosen = with_offers(file, request.brand, given) if request.brand else dict(given)
    choose(file, chosen)
    _check_names(request)
    _theme(request)
    return chosen


def _plans(file: RoutineFile, request: Request) -> list[int]:
    """The sizes that the routine has plans for, whatever the choices: those it is meant for first."""
    sizes = plan_sizes(file)
    return [size for size in (LARGE if request.large_print else NORMAL) if size in sizes]


def _check_names(request: Request) -> None:
    """Raises BadChoice where a name can't be printed."""
    for option, name in (("--for", request.receiver), ("--by", request.giver)):
        try:
            _fonts_of(request).check(Words(name, Place(option, 1, 1)), "display")
        except InvalidFile as error:
            raise BadChoice(f"{option} “{name}”: {error.problems[0].message}") from None


def _fonts_of(request: Request) -> Fonts:
    if request.brand and request.brand.fonts != BrandFonts():
        return request.brand.typefaces
    return pairing(read_theme(find_theme(_theme_of(request))).pairing)


def _wide_font(request: Request) -> str:
    """What to do where a brand's font takes more room than the text was written for."""
    if not request.brand:
        return ""
    own, fonts = request.brand.fonts, request.brand.typefaces
    given = {"sans": own.text, "semibold": own.text_semibold or own.text_bold}
    wide, worst = max(((fonts.wideness(face), file) for face, file in given.items() if file), default=(1.0, ""))
    if wide < 1.02:
        return ""
    return (
        f"\nThe font {worst} is {wide - 1:.0%} wider than Source Sans, which the pages are made for: "
        f"take a narrower one, or give it as `display` only."
    )


def _planned(file: RoutineFile, given: Given, request: Request, pages: int, kept: Kept) -> tuple[Body, Book]:
    """The body for a size, kept or new, and the book with the brand in it; nothing is laid out yet."""
    size: dict[str, str | list[str]] = {"pages": str(pages), "large-print": "yes" if request.large_print else "no"}
    choices = choose(file, {**given, **size})
    key = (
        file.path,
        file.language,
        tuple(choices.items()),
        replace(request, **NOT_OF_THE_BODY),
        *_of_the_body(request.brand),
    )
    body = kept.body(key, lambda: _tailored(file, choices, request, _theme(request), kept.before(key, file)))
    return body, _with_words(body.book, request.brand)


def _make(file: RoutineFile, given: Given, request: Request, pages: int, kept: Kept) -> Booklet:
    body, planned = _planned(file, given, request, pages, kept)
    plan = find_plan(planned.routine, pages)
    book, laid_out = _lay_out(planned, plan, body.drawn)
    to_print = laid_out
    if request.printing.ink == "line":
        to_print = _lay_out(in_lines(planned), plan, body.in_lines)[1]  # its logo stands on white there
    return replace(_made(file, book, laid_out, request, to_print), written=body.written)


def _lay_out(book: Book, plan: Plan, drawn: Drawn) -> tuple[Book, tuple[Page, ...]]:
    """The pages; where something doesn't fit, all that is wrong with the brand on its covers is told first."""
    try:
        check_seen(book)
        return lay_out(book, plan, drawn)
    except BookletError:
        check_brand(book)
        raise


def make_loose(name: str, file: RoutineFile, given: Given, request: Request) -> Booklet:
    """A format beside the folded booklet, with the words of the routine's smallest plan. Raises BookletError."""
    from booklet.loose import lay_out_loose

    for option, chosen in (("--pages", request.pages), ("--large-print", request.large_print)):
        if chosen:
            raise BadChoice(f"--format {name} has its own size of type and pages: leave {option} out")
    check_file(file)
    given = check_request(file, given, request)
    size: dict[str, str | list[str]] = {"pages": str(min(plan_sizes(file))), "large-print": "no"}
    body = _tailored(file, choose(file, {**given, **size}), request, _theme(request))
    book = _with_words(body, request.brand)
    pages = lay_out_loose(name, in_lines(book) if request.printing.ink == "line" else book)
    return _made(file, book, pages, request, pages)


def _made(
    file: RoutineFile, book: Book, pages: tuple[Page, ...], request: Request, to_print: tuple[Page, ...]
) -> Booklet:
    remarks = [*untranslated(file), *(str(book.say(words)) for words in book.routine.notices)]
    if request.brand and book.brand:
        remarks += unsaid(book.brand, file.language)
        for page in (one for one in pages if one.left_out):
            where = "The back cover" if page is pages[-1] else f"Page {page.number}"
            gone = "`, `".join(keys_left_out(book.brand, page.left_out))
            remarks.append(f"{where} has no room for `{gone}` of {request.brand.name}.")
        remarks += [*remarks_about(request.brand, book.theme), *soft_logos(pages, book)]
    if request.shop:
        remarks += coarse_photos(pages, request.shop)
    return Booklet(file, book, pages, tuple(remarks), request, to_print)


def in_lines(book: Book) -> Book:
    """The book in outlines and lines only, to save ink."""
    return replace(book, theme=replace(book.theme, fills="outline", art="line", shades=()))


def _with_words(body: Book, brand: Brand | None) -> Book:
    """The book with the brand, which speaks the routine's language as far as it can."""
    return replace(body, brand=brand and in_language(brand, str(body.routine.language)))


def _of_the_body(brand: Brand | None) -> tuple[Any, ...]:
    """What of a brand shows on all pages."""
    return (brand.colours, brand.theme and brand.theme_name, brand.fonts) if brand else ()


def _theme(request: Request) -> Theme:
    """The theme with the receiver's and giver's skin and the brand's colours. Raises BadChoice, InvalidFile."""
    theme = with_skins(read_theme(find_theme(_theme_of(request))), request.skin, request.giver_skin)
    return with_brand(theme, request.brand) if request.brand else theme


def _tailored(
    file: RoutineFile, choices: Choices, request: Request, theme: Theme, before: Before | None = None
) -> Book:
    """What all pages share for these choices, without the brand's own words; nothing is laid out yet."""
    routine = tailor(file, choices, before)
    check_reach(routine)
    _check_looks(routine, theme)
    timed = schedule(routine, int(str(choices.get("minutes", 0))))
    return _book(file, choices, routine, timed, request, theme)


def _theme_of(request: Request) -> str:
    """The theme that was asked for, or the brand's."""
    return request.theme or (request.brand.theme_name if request.brand else STILL)


def _check_looks(routine: Routine, theme: Theme) -> None:
    """Raises InvalidFile where a step or chapter asks for a look that this theme doesn't have."""
    looks = [step.look for step in routine.steps.values()]
    looks += [chapter.look for chapter in routine.chapters.values() if chapter.look]
    known = ", ".join(theme.looks)
    missing = [look for look in looks if look not in theme.looks]
    if missing:
        raise InvalidFile(
            [Problem(one.place, f"the theme {theme.name} has no look `{one}`: {known}") for one in missing]
        )


def _book(
    file: RoutineFile, choices: Choices, routine: Routine, timed: Schedule, request: Request, theme: Theme
) -> Book:
    language = str(routine.language)
    furniture, speaks = own_words(language), own_language(language)
    people = {"for": request.receiver, "by": request.giver}
    people |= {furniture["receiver"]: request.receiver, furniture["giver"]: request.giver}
    return Book(
        routine=routine,
        choices=choices,
        labels=_labels(file, choices) | {"for": request.receiver, "by": request.giver},
        schedule=timed,
        theme=theme,
        format=FORMATS[request.paper],
        large=request.large_print,
        furniture=furniture,
        speaks="" if speaks == language else speaks,
        fallback=own_words(file.missing[0].language) if file.missing else {},
        pictures=partial(_picture, file.path),
        people=people,
        beside=steps_beside(routine),
        fonts=_fonts_of(request),
    )


def _labels(file: RoutineFile, choices: Choices) -> dict[str, str]:
    """What {option} stands for in a text: the label of the choice, or the number."""
    labels = {}
    for name, option in file.options.items():
        value = choices[name]
        if isinstance(value, tuple):
            labels[name] = ", ".join(option.choices[one] for one in value)
        else:
            labels[name] = option.choices.get(str(value)) or str(value)
    return labels


def _picture(routine: Path, name: str) -> Drawing | Photo:
    try:
        return read_picture(find_picture(name, routine))
    except BookletError as error:
        if isinstance(name, Words) and not isinstance(error, InvalidFile):
            raise InvalidFile([Problem(name.place, str(error))]) from None
        raise


def _what_fits(file: RoutineFile, given: Given, request: Request) -> str:
    """Which other plans hold the booklet, as advice."""
    fitting = []
    for pages in sorted(plan_sizes(file)):
        if pages != request.pages:
            try:
                _make(file, given, request, pages, Kept())
            except (DoesNotFit, NoPlan):
                continue
            fitting.append(f"--pages {pages}")
    return f"\n{' or '.join(fitting)} can hold it." if fitting else ""
