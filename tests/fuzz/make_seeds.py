#!/usr/bin/env python3
"""Writes small seeds, a folder for each fuzz program, into the folder given."""
import gzip
import io
import pathlib
import struct
import sys
import tarfile
import zipfile
import zlib

from film_seeds import matroska, mp4

TEXT = [
    b"A heading\n=========\n\nOne paragraph. Another sentence of 3.5 km!\n\n- a\n- b\n",
    "Zürich caf\u00e9 \u2014 \u6771\u4eac \u00ab quoted \u00bb Dr. Who went.\r\n".encode(),
    "\ufeffbyte order mark".encode("utf-16"),
    b"name\tvalue\nx\t1\n", b"\xff\xfe\x00", b"",
]


def package(*parts):
    """Parts as package_fuzz.cc takes them, before they are packed."""
    return b"".join(piece.encode() + b"\0" for part in parts for piece in part)


def zipped(*parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def png(*texts):
    """24 by 16 grey pixels with two lines, and (kind, bytes) of texts."""
    def chunk(kind, body):
        return (struct.pack(">I", len(body)) + kind + body
                + struct.pack(">I", zlib.crc32(kind + body)))
    rows = b"".join(b"\0" + (bytes(24) if y in (3, 12) else b"\xff" * 24) for y in range(16))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 24, 16, 8, 0, 0, 0, 0))
            + b"".join(chunk(*text) for text in texts)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def tiff(pages):
    """Little-endian; 8 by 8 grey pixels and a description a page."""
    out = b"II*\0" + struct.pack("<I", 8)
    for page in range(pages):
        at = len(out)
        data = at + 2 + 12 * 9 + 4
        tags = [(256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
                (270, 2, 6, data + 64), (273, 4, 1, data), (278, 3, 1, 8), (279, 4, 1, 64)]
        end = data + 70
        out += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)
        out += struct.pack("<I", end if page + 1 < pages else 0) + bytes(range(0, 256, 4)) + b"tower\0"
    return out


def jpeg():
    """Segments alone: a description, a caption in XMP, one of IPTC."""
    exif = b"Exif\0\0" + tiff(1)
    xmp = (b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='a'><rdf:RDF xmlns:rdf='b'>"
           b"<rdf:Description p:Headline='h'/></rdf:RDF></x:xmpmeta>")
    iptc = b"Photoshop 3.0\08BIM\4\4\0\0\0\0\0\x0a\x1c\2\x78\0\5Words"
    segments = [(0xE1, exif), (0xE1, xmp), (0xED, iptc), (0xDA, b"")]
    return b"\xff\xd8" + b"".join(struct.pack(">BBH", 255, kind, len(body) + 2) + body
                                   for kind, body in segments)


BMP = (b"BM" + struct.pack("<IIIIiiHHIIiiII", 118, 0, 54, 40, 4, 4, 1, 24, 0, 64, 0, 0, 0, 0)
       + bytes(range(48)) + bytes(16))
GIF = (b"GIF89a\2\0\2\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\2\0\2\0\0\2\3D\2\5\0;")


def word(left, baseline, text, looks=8):
    return bytes([3, left, baseline, looks, len(text) - 1]) + text


def pages_of_signs():
    """As layout_fuzz.cc takes them: prose, a ruled table, one by white space, a footnote."""
    table = b"".join(word(20 + 60 * x, 60 + 8 * y, b"cell%d" % (x * y)) for y in range(4) for x in range(3))
    lines = b"".join(bytes([2, 1, 55 + 8 * y, 15, 190]) for y in range(5))
    lines += b"".join(bytes([2, 0, 15 + 60 * x, 55, 87]) for x in range(4))
    prose = b"".join(word(20, 20 + 5 * y, b"a line of prose", 24 if y == 0 else 8) for y in range(5))
    note = word(20, 250, b"1 a note", 4)
    return [prose + table + lines + note, prose + b"\0" + table + b"\0" + prose, b"\1\1" + prose + b"\2\2",
            b"".join(word(x, 20 + 6 * y, b"one two three") for y in range(6) for x in (10, 110))]


def pdf():
    content = b"BT /F1 12 Tf 72 700 Td (Towers of the coast) Tj 0 -20 Td (Varne 12) Tj ET 72 600 m 300 600 l S"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
               b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    out, table = b"%PDF-1.7\n", b"0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    return (out + b"xref\n0 6\n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out))


def tarred():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        member = tarfile.TarInfo("a/b.txt")
        member.size = 5
        tar.addfile(member, io.BytesIO(b"words"))
    return out.getvalue()


def archives():
    """As archive_fuzz.cc takes them: a name, a zero byte, the bytes."""
    inner = zipped(("a.txt", "words"), ("../b.txt", "x"))
    return [b"a.zip\0" + zipped(("in.zip", inner), ("c/d.txt", "words")), b"a.tar\0" + tarred()[:2048],
            b"a.txt.gz\0" + gzip.compress(b"words", mtime=0), b"a.tar.gz\0" + gzip.compress(tarred(), mtime=0),
            b"\0" + inner]


def relationship(kind, target):
    return f'<R><Relationship Id="r1" Type="x/{kind}" Target="{target}"/></R>'


def open_document(kind, body):
    content = f"<d><body><{kind}>{body}</{kind}></body></d>"
    flat = f'<?xml version="1.0"?><office:document>{content[3:-4]}</office:document>'
    mimetype = "application/vnd.oasis.opendocument." + kind
    return [package(("mimetype", mimetype), ("content.xml", content)), flat.encode()]


def streams(*parts):
    """Streams as ole_fuzz.cc takes them, before they are packed."""
    return b"".join(path.encode() + b"\0" + struct.pack("<H", len(body)) + body for path, body in parts)


def compound(*parts):
    """A compound file of streams of the root, each in sectors of its own."""
    end, body, fat, entries = 0xFFFFFFFE, b"", [], []

    def store(data):
        nonlocal body
        first, count = len(fat), max(1, -(-len(data) // 512))
        fat.extend([*range(first + 1, first + count), end])
        body += data.ljust(count * 512, b"\0")
        return first

    def entry(name, kind, right, child, start, size):
        raw = name.encode("utf-16-le")
        return (raw.ljust(64, b"\0") + struct.pack("<HBB3I", len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
                + bytes(36) + struct.pack("<IQ", start, size))

    for number, (name, data) in enumerate(parts, 1):
        right = number + 1 if number < len(parts) else 0xFFFFFFFF
        entries.append(entry(name, 2, right, 0xFFFFFFFF, store(data), len(data)))
    directory = store(b"".join([entry("Root Entry", 5, 0xFFFFFFFF, 1, end, 0), *entries]))
    table = struct.pack(f"<{len(fat) + 1}I", *fat, 0xFFFFFFFD).ljust(512, b"\xff")
    # No stream is small enough for the sectors of small ones.
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
            + struct.pack("<5H5H", 0x3E, 3, 0xFFFE, 9, 6, *[0] * 5)
            + struct.pack("<8I", 1, directory, 0, 0, end, 0, end, 0)
            + struct.pack("<I", len(fat)).ljust(436, b"\xff"))
    return head + body + table


def packed_and_not(*parts):
    return [streams(*parts), compound(*parts)]


def utf16(text):
    return text.encode("utf-16-le")


def record(kind, body, instance=0, version=0):
    """Of a drawing or a presentation; version 15 holds records."""
    return struct.pack("<HHI", instance << 4 | version, kind, len(body)) + body


def ppt():
    blip = record(0xF01E, bytes(17) + png())
    pictures = record(0xF000, record(0xF001, record(0xF007, bytes(20) + struct.pack("<4I", len(blip), 1, 0, 0))
                                     + blip, version=15), version=15)

    def box(text_type, text, placeholder, anchor):
        return record(0xF004, anchor + record(0xF011, record(3011, struct.pack("<ii", 0, placeholder)), version=15)
                      + record(0xF00D, record(3999, struct.pack("<I", text_type)) + record(4008, text)
                               + record(4001, struct.pack("<IHIHIH", 3, 1, 0x81, 1, 0x2022, 0))
                               + record(4056, struct.pack("<I", 1)), version=15), version=15)

    def place(*edges):
        return record(0xF010, struct.pack("<4h", *edges))

    def cell(*edges):
        return record(0xF00F, struct.pack("<4i", *edges))

    def group(head, *shapes):
        return record(0xF003, record(0xF004, head, version=15) + b"".join(shapes), version=15)

    table = group(record(0xF009, struct.pack("<4i", 0, 0, 20, 20)) + record(0xF122, struct.pack("<HI", 0x39F, 1), 1)
                  + place(50, 0, 90, 90), box(4, b"a", 0, cell(0, 0, 10, 10)), box(4, b"b", 0, cell(10, 0, 20, 10)),
                  box(4, b"wide", 0, cell(0, 10, 20, 20)))
    inner = group(record(0xF009, struct.pack("<4i", 0, 0, 9, 9)) + place(0, 50, 9, 60), box(4, b"in", 0, cell(0, 0, 9, 9)))
    outline = record(0xF004, place(20, 0, 30, 40) + record(0xF00B, struct.pack("<HI", 0xC381, 4) + utf16("al"), 1)
                     + record(0xF00D, record(3998, bytes(4)), version=15), version=15)
    shown = record(0xF004, place(0, 0, 900, 900) + record(0xF00B, struct.pack("<HI", 0x4104, 1), 1), version=15)
    shapes = group(b"", shown, box(0, b"Title", 13, place(0, 0, 9, 90)), table, inner, outline)
    drawing = record(1036, record(0xF002, shapes, version=15), version=15)
    comment = record(12000, record(4026, utf16("Bo")) + record(4026, utf16("so"), 1)
                     + record(12001, struct.pack("<I8H", 1, 2021, 7, 4, 1, 0, 0, 0, 0)), version=15)
    tags = record(5000, record(5002, record(4026, utf16("___PPT10")) + record(5003, comment), version=15), version=15)
    slide = record(1006, record(1007, bytes(16) + struct.pack("<II", 256, 7)) + drawing + tags
                   + record(1017, bytes(10) + b"\4\0\0\0\0\0"), version=15)
    notes = record(1008, record(1036, record(0xF002, group(b"", box(2, b"say", 12, place(0, 0, 9, 9))), version=15),
                                version=15), version=15)
    texts = record(3999, struct.pack("<I", 1)) + record(4000, utf16("x\ry"))
    lists = (record(4080, record(1011, struct.pack("<5I", 2, 0, 0, 256, 0)) + texts, version=15)
             + record(4080, record(1011, struct.pack("<5I", 3, 0, 0, 256, 0)), 2, version=15))
    body = slide + notes
    document, body = len(body), body + record(1000, lists + record(1035, pictures, version=15), version=15)
    directory, body = len(body), body + record(6002, struct.pack("<4I", 1 | 3 << 20, document, 0, len(slide)))
    edit, body = len(body), body + record(4085, struct.pack("<7I", 0, 0, 0, directory, 1, 4, 0))
    user = record(4086, struct.pack("<3I", 20, 0xE391C05F, edit))
    return packed_and_not(("Current User", user), ("PowerPoint Document", body), ("Pictures", blip))


def msg():
    def numbers(head, *values):
        return bytes(head) + b"".join(struct.pack("<HHIQ", 3, number, 6, value) for number, value in values)

    rtf = b"{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}a\\htmlrtf b\\htmlrtf0 \\'fc\\u8364?}"
    stored = struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    packed = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3"
                           "2068656c090020627705b06c647d0a800fa0")
    person = [("__recip_version1.0_#00000000/" + name, body) for name, body in [
        ("__properties_version1.0", numbers(8, (0x0C15, 1))), ("__substg1.0_3001001F", utf16("Bo"))]]
    file = [("__attach_version1.0_#00000000/" + name, body) for name, body in [
        ("__properties_version1.0", numbers(8)), ("__substg1.0_3707001F", utf16("a.csv")),
        ("__substg1.0_37010102", b"a,b\n1,2\n")]]
    inner = [("__attach_version1.0_#00000001/__substg1.0_3701000D/" + name, body) for name, body in [
        ("__properties_version1.0", numbers(24)), ("__substg1.0_0037001E", b"inner")]]
    head = [("__properties_version1.0", numbers(32, (0x3FFD, 1252), (0x0039, 134_200_000_000_000_000))),
            ("__substg1.0_0037001F", utf16("subject")), ("__substg1.0_1000001F", utf16("text\r\n\r\n> old"))]
    return [streams(*head, *person, *file, *inner), streams(*head, ("__substg1.0_10090102", stored)),
            streams(*head, ("__substg1.0_10090102", packed)), streams(*head, ("__substg1.0_10130102", b"<p>p")),
            compound(*head)]


def xls():
    def row(kind, body):
        return struct.pack("<HH", kind, len(body)) + body

    def begin(kind):
        return row(0x809, struct.pack("<8H", 0x600, kind, *[0] * 6))

    strings = row(0xFC, struct.pack("<II", 1, 1) + b"\3\0\0abc")
    blip = record(0xF01E, bytes(17) + png())
    group = row(0xEB, record(0xF000, record(0xF001, blip, version=15), version=15))
    shape = record(0xF004, record(0xF00B, struct.pack("<HIHI", 0x4104, 1, 0xC381, 4) + utf16("al"), 2), version=15)
    head = record(0xF004, b"", version=15)
    drawing = record(0xF002, record(0xF003, head + shape, version=15), version=15)
    drawn = row(0xEC, drawing[:20]) + row(0x5D, bytes(8)) + row(0xEC, drawing[20:])
    sheet = (begin(16) + row(0x204, struct.pack("<3HH", 0, 0, 0, 1) + b"\0x") + row(0xFD, struct.pack("<3HI", 0, 1, 0, 0))
             + row(0x203, struct.pack("<3Hd", 1, 0, 0, 1.5)) + row(0xBD, struct.pack("<2HHIHIH", 1, 1, 0, 6, 0, 10, 2))
             + row(0xE5, struct.pack("<5H", 1, 2, 3, 0, 1)) + drawn + row(0x0A, b""))
    globals_of = lambda at: (begin(5) + row(0x42, b"\xe4\x04") + row(0xE0, bytes(20)) + row(0x41E, b"\xa4\0\3\0\0" + b"0.0")
                             + strings + group + row(0x85, struct.pack("<IHB", at, 0, 1) + b"\0S") + row(0x0A, b""))
    return packed_and_not(("Workbook", globals_of(len(globals_of(0))) + sheet))


def doc():
    text = b"H\x01ad\rlist \x13 X \x14y\x15\rcell\x07b\x07\x07end\x02\r" + b"\x02 note\r"
    at = 1536  # Behind the pairs.
    ends = [5, 18, 23, 25, 26, 31]
    def page(entries):
        """Places of runs, then of their properties, then these."""
        out = struct.pack(f"<{len(ends) + 1}I", at, *[at + end for end in ends])
        bodies, places = b"", b""
        for body in entries:
            places += bytes([(128 + len(bodies)) // 2]) + bytes(12 if len(entries[0]) > 3 else 0)
            bodies += body + bytes(len(body) % 2)
        return (out + places).ljust(128, b"\0") + bodies.ljust(383, b"\0") + bytes([len(ends)])
    in_table = struct.pack("<HB", 0x2416, 1)
    cells = struct.pack("<HBH", 0x2417, 1, 0xD608) + struct.pack("<HBhhh", 48, 2, -9, 900, 1800) + bytes(40)
    def paragraph(style, changes):
        body = struct.pack("<H", style) + changes
        return bytes([0, (len(body) + 1) // 2]) + body + bytes(len(body) % 2)
    paragraphs = page([paragraph(1, b""), paragraph(0, struct.pack("<HHHB", 0x460B, 1, 0x260A, 0)), paragraph(0, in_table),
                       paragraph(0, in_table), paragraph(0, in_table + cells), paragraph(0, b"")])
    runs = page([b"\6" + struct.pack("<HI", 0x6A03, 0), b"\0", b"\0", b"\0", b"\3" + struct.pack("<HB", 0x0800, 1), b"\3" + struct.pack("<HB", 0x2A48, 1)])
    styles = struct.pack("<10H", 18, 2, 10, *[0] * 7)
    for number in (0, 1):
        style = struct.pack("<6H", number, 0xFFF1, 2, 0, 0, 1) + utf16("N") + bytes(8)
        styles += struct.pack("<H", len(style)) + style
    level = struct.pack("<IB", 1, 0).ljust(28, b"\0") + struct.pack("<H", 2) + b"\0\0.\0"
    blip = record(0xF01E, bytes(17) + png())
    shape = record(0xF004, record(0xF00A, struct.pack("<II", 5, 0))
                   + record(0xF00B, struct.pack("<HIHI", 0x4104, 1, 0xC381, 4) + utf16("al"), 2), version=15)
    data = struct.pack("<IHH", 68 + len(shape + blip), 68, 100).ljust(28, b"\0") + struct.pack("<4H", 9000, 9000, 1000, 1000)
    data = data.ljust(68, b"\0") + shape + blip
    drawings = (record(0xF000, record(0xF001, record(0xF007, bytes(20) + struct.pack("<4I", 1, 1, 0, 0) + blip), version=15),
                       version=15) + b"\0"
                + record(0xF002, record(0xF003, record(0xF004, b"", version=15) + shape, version=15), version=15))
    anchors = struct.pack("<2I", 2, 31) + struct.pack("<5i", 5, 0, 0, 9000, 9000) + bytes(6)
    table_parts = {40: anchors, 50: drawings, 1: styles, 2: struct.pack("<IIH", 29, 31, 1), 3: struct.pack("<3I", 0, 7, 7),
                   12: struct.pack("<3I", at, at + 31, 5), 13: struct.pack("<3I", at, at + 31, 4),
                   33: b"\2" + struct.pack("<3IHIH", 16, 0, len(text), 0, 2 * at | 0x40000000, 0),
                   73: struct.pack("<HI", 1, 10).ljust(28, b"\0") + b"\1\0" + level,
                   74: struct.pack("<2I", 1, 10).ljust(20, b"\0") + b"\xff\xff\xff\xff"}
    pairs, table = bytearray(8 * 120), b""
    for index, body in table_parts.items():
        pairs[8 * index:8 * index + 8] = struct.pack("<II", len(table), len(body))
        table += body
    head = (struct.pack("<6H", 0xA5EC, 193, 0, 0x409, 0, 0).ljust(24, b"\0") + struct.pack("<I", at)).ljust(76, b"\0")
    head = (head + struct.pack("<2I", 31, 7)).ljust(152, b"\0") + struct.pack("<H", 120) + pairs
    main = (head.ljust(at, b"\0") + text).ljust(2048, b"\0") + paragraphs + runs
    old = (struct.pack("<6H", 0xA5DC, 104, 0, 0x419, 0, 0).ljust(24, b"\0") + struct.pack("<I", 512)).ljust(52, b"\0")
    old = (old + struct.pack("<I", 8)).ljust(512, b"\0") + b"\xcc\xe8\xf0\rabc\r"
    return [*packed_and_not(("WordDocument", main), ("0Table", table), ("Data", data)), streams(("WordDocument", old))]


ROW = ('<table-row number-rows-repeated="2"><table-cell number-columns-spanned="2">'
       "<p>x</p></table-cell></table-row>")
DOCX = [
    ("word/document.xml",
     '<d><body><p><pPr><pStyle val="H1"/><numPr><numId val="1"/></numPr></pPr><r><t>H</t></r></p>'
     '<p><r><t>x</t><footnoteReference id="2"/></r><ins><r><t>i</t></r></ins><del/><r>'
     '<fldChar fldCharType="begin"/><instrText>PAGE</instrText><fldChar fldCharType="end"/></r></p>'
     '<tbl><tr><tc><tcPr><gridSpan val="2"/><vMerge val="restart"/></tcPr><p><r><t>c</t></r></p></tc>'
     '<tc/></tr><tr><tc><tcPr><vMerge/></tcPr><p/></tc><tc><tbl><tr><tc/><tc/></tr></tbl></tc></tr>'
     '</tbl><p><r><drawing><docPr descr="alt"/><txbxContent><p><r><t>b</t></r></p></txbxContent>'
     '</drawing></r><oMath><f><num><r><t>1</t></r></num><den/></f></oMath></p></body></d>'),
    ("word/_rels/document.xml.rels", '<R><Relationship Id="r1" Type="x/styles" Target="s.xml"/>'
     '<Relationship Id="r2" Type="x/numbering" Target="n.xml"/>'
     '<Relationship Id="r3" Type="x/footnotes" Target="f.xml"/></R>'),
    ("word/s.xml", '<s><style type="paragraph" styleId="H1"><name val="heading 1"/><basedOn val="B"/>'
     '<pPr><outlineLvl val="0"/></pPr></style></s>'),
    ("word/n.xml", '<n><abstractNum abstractNumId="0"><lvl ilvl="0"><numFmt val="upperRoman"/>'
     '<lvlText val="%1."/></lvl></abstractNum><num numId="1"><abstractNumId val="0"/></num></n>'),
    ("word/f.xml", '<f><footnote id="2"><p><r><t>n</t></r></p></footnote></f>'),
]
SEEDS = {
    "docx": [package(*DOCX), zipped(*DOCX)],
    "xlsx": [package(
        ("xl/workbook.xml", '<w><sheets><sheet name="S" r:id="r1"/></sheets></w>'),
        ("xl/_rels/workbook.xml.rels", relationship("worksheet", "s.xml")),
        ("xl/s.xml", '<w><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c><c r="B2"><v>1'
         '</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></w>'))],
    "pptx": [package(
        ("ppt/presentation.xml", '<p><sldIdLst><sldId r:id="r1"/></sldIdLst></p>'),
        ("ppt/_rels/presentation.xml.rels", relationship("slide", "s.xml")),
        ("ppt/s.xml", '<s><cSld><spTree><sp><nvSpPr><nvPr><ph type="title"/></nvPr></nvSpPr>'
         "<txBody><p><r><t>T</t></r></p></txBody></sp></spTree></cSld></s>"))],
    "odt": open_document("text", f"<h>H</h><list><list-item><p>i</p></list-item></list><table>{ROW}</table>"),
    "ods": open_document("spreadsheet", f'<table name="S">{ROW}</table>'),
    "odp": open_document("presentation", f'<page><frame class="title"><text-box><p>T</p></text-box></frame><frame><table>{ROW}</table></frame></page>'),
    "epub": [package(
        ("a.opf", '<package><manifest><item id="a" href="a.x" media-type="text/html"/>'
         '</manifest><spine><itemref idref="a"/></spine></package>'),
        ("a.x", "<html><body><h1>H</h1><p>x<br/><i/></p></body></html>"))],
    "text": TEXT,
    "words": TEXT,
    "tokenizer": TEXT + [b"[CLS] unaffable [SEP] don't", b"a" * 300],
    "markdown": TEXT + [
        b"---\ntitle: T\n---\n# H1\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n```c\nint x;\n```\n",
        b"> quote\n\n1. one\n   - two\n\n<table><tr><td>x</td></tr></table>\n\n[l](http://a)",
    ],
    "html": [
        b"<!doctype html><title>T</title><h1>H</h1><p>One <b>two</b>.</p><ul><li>a<li>b</ul>",
        b"<table><caption>C</caption><tr><th colspan=2>h</th></tr><tr><td rowspan=3>1<td>2</table>",
        b"<meta charset=windows-1252><p>caf\xe9 &amp; &#x41; &nbsp;<pre>a\n b</pre><script>x</script>",
        b"<div><table><tr><td><table><tr><td>in</table></table><p><svg><math>",
    ],
    "doc": doc(),
    "xls": xls(),
    "ppt": ppt(),
    "msg": msg(),
    "archive": archives(),
    "image": [png(), png((b"tEXt", b"Title\0t"), (b"iTXt", b"Description\0\0\0de\0B\0x"), (b"zTXt", b"C\0\0x")),
              tiff(1), tiff(2), jpeg(), BMP, GIF, b"\x17" + b"\0" * 24 + b"\xff" * 240,
              b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0",
              b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"],
    "film": mp4() + matroska(),
    "layout": pages_of_signs(),
    "pdf": [pdf()],
    "csv": [
        b"a,b,c\n1,\"two, three\",4\n\"x\"\"y\",,\n", b"a;b\r\n1;2\r\n3\r\n", b"a\tb\n\"open\n",
    ],
    "jsonl": [
        b'{"id":"1","title":"T","text":"Hello","metadata":{"k":"v"}}\n{"id":2}\n\nnot json\n',
        b'{"id":"x","text":"\\ud83d\\ude00"}',
    ],
    "codec": [b"\x00" * 40, b"\x01\x04text\x05hello"],
    "asciidoc": [b"= T\n\n* a *b*\n\n|===\n|x |y\n\n|1\n|2\n|===\n\n----\nc\n----\nlink:u[t]\n"],
    "code": TEXT + [b"# c\ndef f():\n    pass\n\nx = 1\n"],
    "email": [
        b"Subject: =?utf-8?b?w6Q=?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b--\n",
        b"From a\nSubject: s\n\nx\n\nFrom b\nContent-Transfer-Encoding: base64\n\neA==\n",
    ],
    "json": [b'{"title":"t","a":[{"k":1,"l":2},{"k":3}],"b":{"c":["x",null]}}'],
    "notebook": [
        b'{"cells":[{"cell_type":"markdown","source":["# T"]},{"cell_type":"code","source":"x",'
        b'"outputs":[{"data":{"text/html":"<table><td>1</table>"}}]}]}',
    ],
    "rtf": [
        b"{\\rtf1 a{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv d}}}\\picwgoal9000\\pichgoal9000"
        b"\\pngblip " + png().hex().encode() + b"}}{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv{\\pict\\dibitmap0\\bin4 \x28\0\0\0}}}}}}",
        b"{\\rtf1\\ansi{\\fonttbl{\\f1\\fcharset128 C;}}\\f1\\'83A\\u8364?{\\footnote n}\\par"
        b"\\trowd\\clvmgf\\cellx9\\cellx99\\intbl a\\cell b\\cell\\row}",
    ],
    "subtitles": [b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Hi &amp; bye\n"],
    "xml": [
        b"<?xml version='1.0'?><r a='1'><b>x</b><b>y</b><![CDATA[z]]></r>",
        b"<article><front><article-title>t</article-title></front><body><sec><title>s</title><table>"
        b"<tr><td rowspan='2'>1</td></tr></table></sec></body></article>",
    ],
    "latex": [b"\\documentclass{article}\\title{T}\\begin{document}\\section{S} a $x^2$ \\emph{b}\\footnote{n}\n"
              b"\\begin{tabular}{ll}a & b \\\\ c & d\\end{tabular}\\begin{itemize}\\item x\\end{itemize}\\end{document}"],
    "request": [
        b"\x0a\x13collections/default\x12\x03why\x18\x05",
        b"collections/default/documents/a~b.txt", b"collections/c/entities/0123456789abcdef",
    ],
}


def main():
    root = pathlib.Path(sys.argv[1])
    for name, seeds in SEEDS.items():
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(seeds):
            (folder / str(number)).write_bytes(seed)


main()
