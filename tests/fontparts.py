"""Font files taken apart into their tables and put together again, so that tests can spoil one."""

from struct import pack, unpack_from

from booklet.folders import PACKAGE

GOOD = (PACKAGE / "fonts" / "Fraunces_400Regular.ttf").read_bytes()
Tables = dict[str, bytes]


def tables_of(data: bytes = GOOD) -> Tables:
    found = {}
    for index in range(unpack_from(">H", data, 4)[0]):
        tag, _, start, length = unpack_from(">4sLLL", data, 12 + 16 * index)
        found[tag.decode()] = data[start : start + length]
    return found


def font_of(tables: Tables) -> bytes:
    head, body = pack(">LHHHH", 0x00010000, len(tables), 0, 0, 0), b""
    start = 12 + 16 * len(tables)
    for tag, data in tables.items():
        head += pack(">4sLLL", tag.encode(), 0, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body


def spoilt(tag: str, at: int, values: bytes) -> bytes:
    """The good font with other bytes in one of its tables."""
    tables = tables_of()
    data = tables[tag]
    return font_of(tables | {tag: data[:at] + values + data[at + len(values) :]})


def with_table(tag: str, data: bytes) -> bytes:
    return font_of(tables_of() | {tag: data})


def without(tag: str) -> bytes:
    tables = tables_of()
    del tables[tag]
    return font_of(tables)


def licensed(rights: int) -> bytes:
    """The good font with these bits of fsType."""
    return spoilt("OS/2", 8, pack(">H", rights))


def letters(kind: int, body: bytes) -> bytes:
    """The good font with one table of letters of a format, for platform 3."""
    return with_table("cmap", pack(">HHHHLH", 0, 1, 3, 10, 12, kind) + body)


def glyphs(*outlines: bytes) -> bytes:
    """A font whose first glyphs are these and all others empty."""
    tables = tables_of()
    count = unpack_from(">H", tables["maxp"], 4)[0]
    places, at = [0], 0
    for one in outlines:
        at += len(one)
        places.append(at)
    places += [at] * (count + 1 - len(places))
    head = tables["head"][:50] + pack(">H", 1) + tables["head"][52:]
    return font_of(tables | {"glyf": b"".join(outlines), "loca": pack(f">{count + 1}L", *places), "head": head})


def composite(*parts: int) -> bytes:
    """A glyph that is put together from others."""
    flags = [0x20] * (len(parts) - 1) + [0]
    return pack(">hhhhh", -1, 0, 0, 9, 9) + b"".join(
        pack(">HHH", more, part, 0) for more, part in zip(flags, parts, strict=True)
    )
