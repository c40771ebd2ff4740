"""Films: lengths that are claimed, nesting, tables without end."""
import struct


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def element(kind, *parts):
    body = b"".join(parts)
    return bytes.fromhex(kind) + struct.pack(">Q", 1 << 56 | len(body)) + body


def mp4(tables, more=b""):
    track = box(
        b"trak", box(b"tkhd", struct.pack(">IQI", 1, 0, 1), bytes(68)),
        box(b"mdia", box(b"mdhd", bytes(12), struct.pack(">II", 1000, 0), bytes(4)),
            box(b"hdlr", bytes(8), b"sbtl", bytes(13)),
            box(b"minf", box(b"stbl", box(b"stsd", struct.pack(">Q", 1),
                                          box(b"tx3g", bytes(8))), tables))))
    return box(b"ftyp", b"isom\0\0\0\0isom") + box(
        b"moov", box(b"mvhd", bytes(100)), track, more)


def samples(size, chunks):
    """2^32 - 1 samples in each of many chunks, all of the same bytes."""
    return mp4(
        box(b"stts", struct.pack(">IIII", 0, 1, 0xffffffff, 1))
        + box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 0xffffffff, 1))
        + box(b"stsz", struct.pack(">III", 0, size, 0xffffffff))
        + box(b"stco", struct.pack(">II", 0, chunks), b"\0\0\0\x08" * chunks))


def deep_boxes():
    inside = b""
    for _ in range(10000):
        inside = box(b"trak", inside)
    return mp4(b"", inside)


TRACK = element("1654ae6b", element(
    "ae", element("d7", b"\1"), element("83", b"\x11"),
    element("86", b"S_TEXT/ASS")))
HEAD = element("1a45dfa3", element("4282", b"matroska"))
ENDLESS = b"\x01\xff\xff\xff\xff\xff\xff\xfe"  # The longest that is told.


def deep_elements():
    atoms = b""
    for _ in range(10000):
        atoms = element("b6", atoms)
    return HEAD + element("18538067", TRACK, element(
        "1043a770", element("45b9", atoms)))


def text(line, times):
    block = b"\x81\0\0\0" + line
    return HEAD + element("18538067", TRACK, element(
        "1f43b675", *[element("a0", element("a1", block))] * times))


def bombs():
    yield "samples.mp4", samples(1, 1)
    yield "samples_many.mp4", samples(1 << 20, 100000)
    yield "samples_empty.mp4", samples(0, 1000000)
    yield "fragments.mp4", mp4(b"", box(b"mvex", box(
        b"trex", struct.pack(">IIIIII", 0, 1, 1, 1, 0, 0)))) + box(
            b"moof", box(b"traf", box(b"tfhd", struct.pack(">II", 0, 1)),
                         box(b"trun", struct.pack(">II", 0, 0xffffffff)))) * 1000
    yield "deep.mp4", deep_boxes()
    yield "no_movie.mp4", box(b"ftyp", b"isom\0\0\0\0isom") + b"\0\0\0\1mdat" \
        + b"\xff" * 8
    yield "claimed.mkv", HEAD + b"\x18\x53\x80\x67" + ENDLESS + TRACK \
        + b"\x1f\x43\xb6\x75" + ENDLESS + b"\xa3" + ENDLESS + b"\x81\0\0\0x"
    yield "deep.mkv", deep_elements()
    yield "elements.mkv", HEAD + element("18538067", TRACK, b"\xec\x80" * 6000000)
    yield "braces.mkv", text(b"0,0,,,0,0,0,,{\\p1}" + b"{" * 4000000, 1)
    yield "laces.mkv", text(b"", 1) + HEAD + element("18538067", element(
        "1f43b675", *[element("a3", b"\x81\0\0\2\xff")] * 200000))
