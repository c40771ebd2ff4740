"""PDF: filters in filters, loops, impossible counts, pictures, scripts."""
import zlib

from archives import LINE, make_zip

PAGE = (b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>")
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F1 12 Tf 72 720 Td (" + LINE.strip() + b") Tj ET"


def stream(content, entries=b""):
    return (b"<<" + entries + b"/Length %d>>stream\n" % len(content) + content
            + b"\nendstream")


def pdf(objects, trailer=b"", cut=None):
    """`objects`: number to body; 1 is the catalogue, 2 the page tree."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>",
               2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               3: PAGE, 4: stream(TEXT), 5: FONT, **objects}
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    offsets = {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    size = max(objects) + 1
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (offsets.get(number, 0),
                                       b"n" if number in offsets else b"f")
    trailer = trailer.replace(b"XREF", b"%d" % xref)
    out += (b"trailer<</Size %d/Root 1 0 R" % size + trailer
            + b">>\nstartxref\n%d\n%%%%EOF\n" % xref)
    return out if cut is None else out[:cut]


def flate_of(megabytes, pattern):
    pack = zlib.compressobj(9)
    block = pattern * ((1 << 20) // len(pattern))
    return b"".join(pack.compress(block)
                    for _ in range(megabytes)) + pack.flush()


def nested_flate():
    content = flate_of(256, b" ")
    for _ in range(6):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter[" + b"/FlateDecode" * 7 + b"]")


def picture(filter_name, content, more=b""):
    return stream(content, b"/Type/XObject/Subtype/Image/Width 60000"
                  b"/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
                  b"/Filter/" + filter_name + more)


def loops():
    yield "page_tree_loop.pdf", pdf({
        2: b"<</Type/Pages/Kids[7 0 R]/Count 1>>",
        7: b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"})
    yield "xref_loop.pdf", pdf({}, b"/Prev XREF")
    yield "form_loop.pdf", pdf({
        4: stream(b"/X Do " * 20 + TEXT),
        6: stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
                  b"/Resources<</XObject<</X 6 0 R>>>>")})
    yield "forms_exponential.pdf", pdf({
        4: stream(b"/X Do " + TEXT),
        **{6 + i: stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox"
                         b"[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
                         % (7 + i)) for i in range(12)},
        18: stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form"
                   b"/BBox[0 0 9 9]")})
    yield "object_stream_itself.pdf", pdf({
        6: stream(b"6 0 1 0 <<>> <<>>", b"/Type/ObjStm/N 2/First 8"
                  b"/Extends 6 0 R")})
    yield "length_itself.pdf", pdf({
        4: b"<</Length 4 0 R>>stream\n" + TEXT + b"\nendstream"})
    yield "arrays_deep.pdf", pdf({6: b"[" * 500000 + b"]" * 500000})


def counts():
    yield "pages_1e9.pdf", pdf({
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"})
    yield "pages_100000.pdf", pdf({
        2: b"<</Type/Pages/Kids[" + b"3 0 R " * 100000
           + b"]/Count 100000>>"})
    yield "page_of_1e9_points.pdf", pdf({
        3: PAGE.replace(b"612 792", b"1e9 1e9")})
    yield "flate_x7.pdf", pdf({4: nested_flate()})
    yield "operators.pdf", pdf({4: stream(flate_of(256, b"q 1 0 0 1 0 0 cm "),
                                          b"/Filter/FlateDecode")})
    yield "lines.pdf", pdf({4: stream(
        flate_of(32, b"0 0 m 9 9 l S 1 1 5 5 re f "),
        b"/Filter/FlateDecode")})
    yield "words.pdf", pdf({4: stream(flate_of(
        32, b"BT /F1 1 Tf 5 5 Td (varne) Tj ET "), b"/Filter/FlateDecode")})
    yield "predictor.pdf", pdf({4: stream(
        zlib.compress(TEXT), b"/Filter/FlateDecode/DecodeParms<</Predictor 15"
        b"/Columns 2147483647/Colors 32/BitsPerComponent 16>>")})


def fonts_and_pictures():
    chars = b"".join(b"<%04x> <%04x> <%s>\n" % (i, i, b"0041" * 120)
                     for i in range(20000))
    yield "cmap.pdf", pdf({
        5: b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H"
           b"/ToUnicode 7 0 R/DescendantFonts[8 0 R]>>",
        7: stream(zlib.compress(b"begincmap 20000 beginbfchar\n" + chars
                                + b"endbfchar\n<0000> <ffff> <0041> endbfrange"
                                b" endcmap"), b"/Filter/FlateDecode"),
        8: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/W[0 [" + b"1 "
           * 100000 + b"]]>>"})
    yield "type3.pdf", pdf({
        5: b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 "
           b"0 0]/FirstChar 0/LastChar 255/Widths[" + b"9 " * 256 +
           b"]/CharProcs<</T 7 0 R>>/Encoding<</Differences[0 "
           + b"/T " * 256 + b"]>>/Resources<</Font<</F1 5 0 R>>>>>>",
        7: stream(b"9 0 d0 " + TEXT * 20)})
    yield "jbig2.pdf", pdf({
        4: stream(b"/X Do " + TEXT),
        6: picture(b"JBIG2Decode", b"\0\0\0\0\x30\0\1\0\0\0\x13"
                   b"\xff\xff\xff\xff\xff\xff\xff\xff" + bytes(11))})
    yield "jpx.pdf", pdf({
        4: stream(b"/X Do " + TEXT),
        6: picture(b"JPXDecode", bytes.fromhex(
            "ff4fff5100290000ffffffffffffffff0000000000000000"
            "0000000100000001000000000000000000010701014fff"))})
    yield "dct.pdf", pdf({
        4: stream(b"/X Do " + TEXT),
        6: picture(b"DCTDecode", bytes.fromhex(
            "ffd8ffc0000b08ffffffff01011100ffda0008010100003f00"))})


def actions_and_damage():
    yield "actions.pdf", pdf({
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app."
           b"launchURL\\('http://127.0.0.1:9/'\\);while\\(true\\);)>>/AA<</WC"
           b"<</S/Launch/F(/bin/sh)>>>>/Names<</JavaScript<</Names[(a) 7 0 R]"
           b">>>>>>",
        7: b"<</S/URI/URI(http://127.0.0.1:9/)>>"})
    yield "locked.pdf", pdf({7: b"<</Filter/Standard/V 2/R 3/Length 128/P -1"
                             b"/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>"},
                            b"/Encrypt 7 0 R/ID[<00><00>]")
    yield "empty.pdf", b""
    yield "header_only.pdf", b"%PDF-1.7\n"
    long = pdf({4: stream(TEXT * 300)})
    for kilobyte in range(1, len(long) >> 10):
        yield f"cut_{kilobyte}k.pdf", long[:kilobyte << 10]
    yield "polyglot_zip.pdf", pdf({}) + make_zip([("a.txt", LINE)])
    yield "zeros.pdf", b"%PDF-1.7\n" + bytes(8 << 20)
    yield "numbers.pdf", pdf({4: stream(
        b"BT /F1 1e38 Tf 1e38 0 0 1e38 -1e38 1e38 Tm (a) Tj "
        b"/F1 nan Tf 99999999999999999999 0 Td (b) Tj ET " + TEXT)})


def bombs():
    for kind in (loops, counts, fonts_and_pictures, actions_and_damage):
        yield from kind()
