"""Objects of a PDF file → its bytes: their numbers, object streams, the cross-reference stream (ISO 32000-1, 7.5).

Objects are numbered as they are asked for. `seal` writes down what is finished, so that a file can be copied there and
end in several ways: what comes before has the same bytes in all of them.
"""

import zlib
from codecs import utf_16_be_encode  # there already, unlike the codec that has a name
from functools import lru_cache
from hashlib import md5
from pathlib import Path
from struct import Struct

from booklet.caching import kept

END = (
    b"\r\nendstream"  # with both, so that a last byte of the data that is a return isn't taken for part of the line end
)
BUNDLE = 200  # objects in an object stream
ENTRY = Struct(">BIH")
QUICK, QUICKEST = (
    4,
    1,
)  # packing pages and photos, and the end of the file: who makes a booklet, or a copy, waits for it
WORTH = 2000  # bytes of a drawing that are worth keeping packed
LARGE = 200_000  # bytes: photos, which would fill the memory if they were kept


class File:
    """A PDF file in the making. References are texts as they stand in other objects: "12 0 R"."""

    def __init__(self, version: str) -> None:
        self.out, self.hash = bytearray(), md5(usedforsecurity=False)
        self._append(b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version.encode())
        self.entries: dict[int, bytes] = {0: _entry(0, 0, 65535)}
        self.waiting: dict[int, bytes] = {}
        self.last = 0

    def copy(self) -> "File":
        """The same file so far, to go on with on its own."""
        other = object.__new__(File)
        other.out, other.hash, other.last = bytearray(self.out), self.hash.copy(), self.last
        other.entries, other.waiting = dict(self.entries), dict(self.waiting)
        return other

    def reserve(self) -> str:
        """The reference of an object whose body comes later."""
        self.last += 1
        return f"{self.last} 0 R"

    def put(self, reference: str, body: str | bytes) -> None:
        """Gives a reserved object its body."""
        self.waiting[int(reference[:-4])] = body if isinstance(body, bytes) else body.encode("latin-1")

    def add(self, body: str | bytes) -> str:
        """The reference of a new object."""
        reference = self.reserve()
        self.put(reference, body)
        return reference

    def seal(self, effort: int = QUICK) -> None:
        """Writes down all objects that have a body: streams as they are, the others packed into object streams."""
        packed = []
        for number in sorted(self.waiting):
            if self.waiting[number].endswith(b"endstream"):
                self._write(number, self.waiting[number])
            else:
                packed.append(number)
        for start in range(0, len(packed), BUNDLE):
            bundle = packed[start : start + BUNDLE]
            self.last += 1
            self.entries |= {number: _entry(2, self.last, index) for index, number in enumerate(bundle)}
            self._write(self.last, _object_stream([(number, self.waiting[number]) for number in bundle], effort))
        self.waiting.clear()

    def _write(self, number: int, body: bytes) -> None:
        self.entries[number] = _entry(1, len(self.out), 0)
        self._append(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _append(self, data: bytes) -> None:
        self.out += data
        self.hash.update(data)

    def finish(self, root: str, info: str) -> bytes:
        """The whole file's bytes."""
        self.seal(QUICKEST)
        self.last += 1
        start = len(self.out)
        self.entries[self.last] = _entry(1, start, 0)
        missing = [number for number in range(self.last) if number not in self.entries]
        assert not missing, f"objects {missing} have no body"
        table = b"".join(map(self.entries.__getitem__, range(self.last + 1)))
        name = self.hash.hexdigest().upper()
        keys = f"/Type /XRef /W [1 4 2] /Size {self.last + 1} /Root {root} /Info {info} /ID [<{name}> <{name}>]"
        self.out += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
            self.last,
            stream(keys, table, effort=QUICKEST),
            start,
        )
        return bytes(self.out)


def _entry(kind: int, where: int, index: int) -> bytes:
    """A line of the cross-reference stream: the type, the offset or the object stream, the index in that."""
    return ENTRY.pack(kind, where, index)


def _object_stream(objects: list[tuple[int, bytes]], effort: int) -> bytes:
    at, index, data = 0, [], []
    for number, body in objects:
        index.append(b"%d %d" % (number, at))
        data.append(body)
        at += len(body) + 1
    head = b" ".join(index) + b"\n"
    return stream(f"/Type /ObjStm /N {len(objects)} /First {len(head)}", head + b"\n".join(data), effort=effort)


def picture_stream(dictionary: str, data: bytes) -> bytes:
    """The body of a stream that comes in one file after the other; packed once, and then kept."""
    if len(data) < WORTH:
        return stream(dictionary, data)
    made_from = (dictionary.encode(), data, zlib.ZLIB_RUNTIME_VERSION.encode())
    return kept("packed", made_from, lambda: stream(dictionary, data))


def stream(dictionary: str, data: bytes, packed: bool = True, effort: int = 9) -> bytes:
    """A stream object's body; the effort that packing takes is from 1 to 9."""
    if packed:
        data = _packed(data, effort) if len(data) < LARGE else zlib.compress(data, effort)
        dictionary = f"{dictionary} /Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n%s%s" % (dictionary.encode("latin-1"), len(data), data, END)


@lru_cache(maxsize=128)  # the pages and drawings of a booklet, which come again when it is made again
def _packed(data: bytes, effort: int) -> bytes:
    return zlib.compress(data, effort)


@lru_cache(maxsize=8)
def file_stream(dictionary: str, path: Path) -> bytes:
    """A whole file as a stream object's body."""
    return picture_stream(dictionary, path.read_bytes())


def string(text: str) -> str:
    """A text as a PDF string: as it is where that is plain ASCII, else UTF-16 with its byte order mark."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return "<FEFF" + utf_16_be_encode(text)[0].hex().upper() + ">"


def escaped(text: str) -> str:
    """A text as it stands in XML between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
