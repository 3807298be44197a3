"""A booklet as turning pages in a browser on this machine: a small web server that shows the latest good pages.

It answers on the loopback address alone, to requests that name it as their host and come from its own pages: no other
machine and no other site can read what is being written. Nothing is loaded from anywhere else.
"""

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from booklet.building import Booklet
from booklet.errors import BadChoice, BookletError, CannotWrite, InvalidFile
from booklet.folders import PACKAGE
from booklet.items import Page
from booklet.listening import Paragraph, paragraphs
from booklet.previewing import page_png
from booklet.records import dataclass

HERE = "127.0.0.1"
PORT, MORE = 8040, 20  # where it is found unless told otherwise; how many others are tried where that is taken
WIDEST, STEP = 3200, 100  # pixels of a page's picture: the most, and what widths are rounded up to
BEAT = 10.0  # seconds after which an idle browser is told that somebody is still there
OWN = {"/": "viewer.html", "/viewer.css": "viewer.css", "/viewer.js": "viewer.js", "/icon.svg": "icon.svg"}
FONTS = {f"/fonts/{name}.ttf": f"{name}.ttf" for name in ("Spectral_400Regular", "SourceSans3_400Regular", "SourceSans3_600SemiBold")}  # fmt: skip
TYPES = {"html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "ttf": "font/ttf"}  # fmt: skip
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What browsers are to show: the latest good pages, each with the version in which it last changed; and what is wrong."""

    version: int = 0
    pdf: bytes = b""
    pages: tuple[Page, ...] = ()
    since: tuple[int, ...] = ()
    heard: tuple[list[Paragraph], ...] = ()
    title: str = ""
    language: str = "en"
    accent: str = "#2F5D5A"
    made: str = ""
    problems: tuple[dict[str, object], ...] = ()

    def told(self) -> dict[str, Any]:
        """As the browser gets it; lengths in points."""
        return {
            "version": self.version,
            "title": self.title,
            "language": self.language,
            "accent": self.accent,
            "made": self.made,
            "width": self.pages[0].width if self.pages else 0,
            "height": self.pages[0].height if self.pages else 0,
            "pages": [
                {"since": since, "title": page.title, "words": heard}
                for page, since, heard in zip(self.pages, self.since, self.heard, strict=True)
            ],
            "problems": self.problems,
        }


class Server:
    """The web server, in threads of its own from the start until it is closed."""

    def __init__(self, port: int | None) -> None:
        """Opens the port, or one near the usual. Raises CannotWrite where it is taken, BadChoice where there is none such."""
        if port is not None and not 0 <= port <= 65535:
            raise BadChoice(f"--port {port}: a port is a number up to 65535; or leave it out")
        self.shown, self.news, self.drawing = Shown(), threading.Condition(), threading.Lock()
        self.pictures: dict[tuple[int, int, int], bytes] = {}
        self.http = self._opened([port] if port is not None else list(range(PORT, PORT + MORE)))
        self.http.daemon_threads, self.http.block_on_close = True, False
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.5}, daemon=True).start()

    def _opened(self, ports: Sequence[int]) -> ThreadingHTTPServer:
        handler = type("Handler", (_Handler,), {"server_of": self})
        for port in ports:
            try:
                return _Http((HERE, port), handler)
            except OSError as error:
                why = error.strerror
        raise CannotWrite(f"port {ports[0]} can't be used ({why}): name another with --port")

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{HERE}:{self.http.server_address[1]}/"

    def show(self, booklet: Booklet) -> None:
        """Shows new pages; those that are as before keep their pictures."""
        old, version = self.shown, self.shown.version + 1
        pdf = booklet.edition("screen")
        before = dict(enumerate(zip(old.pages, old.since, old.heard, strict=True)))
        since, heard = [], []
        for index, page in enumerate(booklet.pages):
            same = index in before and (before[index][0] is page or before[index][0] == page)
            since.append(before[index][1] if same else version)
            heard.append(before[index][2] if same else paragraphs(page))
        made, meta = time.strftime("%H:%M:%S"), booklet.meta("screen")
        accent = booklet.book.theme.accent_dark
        pages = booklet.pages
        self._tell(Shown(version, pdf, pages, tuple(since), tuple(heard), meta.title, meta.language, accent, made))

    def fail(self, error: Exception) -> None:
        """Shows what is wrong over the latest good pages."""
        self._tell(replace(self.shown, version=self.shown.version + 1, problems=tuple(_problems(error))))

    def _tell(self, shown: Shown) -> None:
        with self.news:
            self.shown = shown
            latest = {(index, since) for index, since in enumerate(shown.since, 1)}
            self.pictures = {key: png for key, png in self.pictures.items() if key[:2] in latest}
            self.news.notify_all()

    def picture(self, number: int, width: int) -> bytes:
        """A page's picture. One is drawn at a time: PDFium allows no more."""
        with self.drawing:
            shown = self.shown
            key = (number, shown.since[number - 1], width)
            if key not in self.pictures:
                self.pictures[key] = page_png(shown.pdf, number, width)
            return self.pictures[key]

    def close(self) -> None:
        """Ends it; browsers notice."""
        self.http.shutdown()
        self.http.server_close()


def _problems(error: Exception) -> list[dict[str, object]]:
    if isinstance(error, InvalidFile):
        return [
            {"file": one.place.file, "line": one.place.line, "column": one.place.column, "message": one.message}
            for one in error.problems
        ]
    if isinstance(error, BookletError):
        return [{"message": str(error)}]
    return [{"message": f"The program has a mistake ({type(error).__name__}: {error}). The terminal says more."}]


class _Http(ThreadingHTTPServer):
    allow_reuse_address = False  # two previews on one port would both believe they are it

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no mistake."""


class _Handler(BaseHTTPRequestHandler):
    """Answers a browser."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "booklet", ""
    timeout = 60
    server_of: Server

    def log_message(self, *_: Any) -> None:
        """The terminal is for what the writer needs."""

    def do_GET(self) -> None:  # the library's name
        """Answers with a page's picture, what there is to show, news of it, or the viewer itself."""
        url = urlsplit(self.path)
        if not self._welcome(url.path):
            return self._answer(HTTPStatus.FORBIDDEN, b"This preview is for this machine's own browser.", "text/plain")
        match url.path.strip("/").split("/"):
            case ["state"]:
                return self._answer(HTTPStatus.OK, json.dumps(self.server_of.shown.told()).encode(), "application/json")
            case ["events"]:
                return self._events()
            case ["page", since, name] if since.isdecimal() and name.removesuffix(".png").isdecimal():
                return self._picture(int(name.removesuffix(".png")), parse_qs(url.query).get("w", ["800"])[0])
        for files, place in ((OWN, "viewer"), (FONTS, "fonts")):
            if name := files.get(url.path, ""):
                data = (PACKAGE / place / name).read_bytes()
                return self._answer(HTTPStatus.OK, data, TYPES[name.rpartition(".")[2]])
        return self._answer(HTTPStatus.NOT_FOUND, b"There is nothing here.", "text/plain")

    do_HEAD = do_GET

    def _welcome(self, path: str) -> bool:
        """Whether this server's own address was asked for (a site whose name leads here has another), by its own pages."""
        _, port = self.connection.getsockname()
        if self.headers.get("Host") not in (f"{HERE}:{port}", f"localhost:{port}"):
            return False
        return path == "/" or self.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")

    def _picture(self, number: int, width: str) -> None:
        if not (1 <= number <= len(self.server_of.shown.pages) and width.isdecimal() and 0 < int(width[:6]) <= WIDEST):
            return self._answer(HTTPStatus.NOT_FOUND, b"There is no such page.", "text/plain")
        png = self.server_of.picture(number, -(-int(width) // STEP) * STEP)
        return self._answer(HTTPStatus.OK, png, "image/png")

    def _answer(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self._begin(status, kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _begin(self, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in HEADERS.items():
            self.send_header(name, value)

    def _events(self) -> None:
        """Tells a browser of each new version until it goes away (server-sent events, HTML Living Standard 9.2)."""
        self.close_connection = True
        self._begin(HTTPStatus.OK, "text/event-stream")
        self.end_headers()
        told, server = -1, self.server_of
        while self.command != "HEAD":
            with server.news:
                server.news.wait_for(lambda told=told: server.shown.version != told, BEAT)  # type: ignore[misc]
                version = server.shown.version
            line = f"data: {version}\n\n" if version != told else ": still here\n\n"
            try:
                self.wfile.write(line.encode())
            except OSError:
                return
            told = version
