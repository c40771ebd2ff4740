"""Small films: seeds of make_seeds.py."""
import struct


def mp4():
    def box(kind, *parts):
        body = b"".join(parts)
        return struct.pack(">I", len(body) + 8) + kind + body

    def track(number, handler, codec, at, *samples, more=b"", keys=b""):
        tables = box(
            b"stbl", box(b"stsd", struct.pack(">Q", 1), box(codec, bytes(8), more)), keys,
            box(b"stts", struct.pack(">IIII", 0, 1, len(samples), 900)),
            box(b"stsc", struct.pack(">IIIII", 0, 1, 1, len(samples), 1)),
            box(b"stsz", struct.pack(">III", 0, 0, len(samples)),
                *(struct.pack(">I", len(sample)) for sample in samples)),
            box(b"stco", struct.pack(">III", 0, 1, at)))
        return box(
            b"trak", box(b"tkhd", struct.pack(">IQI", 1, 0, number), bytes(68)),
            box(b"edts", box(b"elst", struct.pack(">IIIII", 0, 1, 9, 0, 65536))),
            box(b"mdia",
                box(b"mdhd", bytes(12), struct.pack(">IIHH", 1000, 0, 0x15c7, 0)),
                box(b"hdlr", bytes(8), handler, bytes(13)), box(b"minf", tables)))

    kind = box(b"ftyp", b"isom\0\0\0\0isom")
    texts = [struct.pack(">H", len(text)) + text for text in (b"One.", b"Two.")]
    sound = [b"abc", b"de"]
    seen = [b"key", b"no"]
    data = b"".join(texts + sound + seen)
    at = len(kind) + 8
    names = box(
        b"udta", box(b"chpl", bytes(4), b"\1", bytes(8), b"\3End"),
        box(b"meta", bytes(4), box(b"ilst", box(b"\xa9nam", box(
            b"data", struct.pack(">II", 1, 0), b"Name")))))
    movie = box(
        b"moov", box(b"mvhd", bytes(12), struct.pack(">II", 1000, 2000), bytes(80)),
        track(1, b"sbtl", b"tx3g", at, *texts),
        track(2, b"soun", b"mp4a", at + sum(map(len, texts)), *sound),
        track(3, b"vide", b"avc1", at + sum(map(len, texts + sound)), *seen,
              more=bytes(16) + b"\0\x40\0\x30" + bytes(50) + box(b"avcC", b"told"),
              keys=box(b"stss", struct.pack(">III", 0, 1, 1))),
        box(b"mvex", box(b"trex", struct.pack(">IIIIII", 0, 2, 1, 9, 3, 0))), names)
    whole = kind + box(b"mdat", data) + movie + box(b"mdat", bytes(200))
    fragment = box(b"moof", box(
        b"traf", box(b"tfhd", struct.pack(">II", 0x20000, 2)),
        box(b"tfdt", struct.pack(">II", 0, 5000)),
        box(b"trun", struct.pack(">IIiII", 0x201, 2, -90, 3, 3))))
    return [whole, whole + fragment]


def matroska():
    def element(kind, *parts):
        body = b"".join(parts)
        return bytes.fromhex(kind) + struct.pack(">Q", 1 << 56 | len(body)) + body

    def entry(number, kind, codec, private=b"", *more):
        return element("ae", element("d7", bytes([number])),
                       element("83", bytes([kind])), element("86", codec),
                       element("22b59c", b"eng"), element("63a2", private), *more)

    def block(track, flags, body):
        return element("a0", element("a1", bytes([0x80 | track, 0, 9, flags]), body),
                       element("9b", b"\x64"))

    def film(text, sound):
        return element("1a45dfa3", element("4282", b"matroska")) + element(
            "18538067", element("1549a966", element("2ad7b1", b"\x0f\x42\x40")),
            element("1654ae6b", entry(1, 17, text), entry(2, 2, sound, b"\x12\x10"),
                    entry(3, 1, b"V_AV1", b"told", element("e0", element("b0", b"\x40")))),
            element("1043a770", element("45b9", element(
                "b6", element("91", b"\0"), element("80", element("85", b"End"))))),
            element("1f43b675", element("e7", b"\1"),
                    block(1, 0, b"0,0,M,Ann,0,0,0,,{\\i1}One\\N<b>two</b>"),
                    block(2, 2, b"\1\2abcde"), block(2, 6, b"\2\x81\xbfabc"),
                    element("a3", b"\x82\0\0\x84\1abcd"),
                    element("a3", b"\x83\0\0\x80key")), element("ec", bytes(200)))

    return [film(b"S_TEXT/ASS", b"A_OPUS"), film(b"S_TEXT/UTF8", b"A_AAC")]
