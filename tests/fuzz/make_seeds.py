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
    "archive": archives(),
    "image": [png(), png((b"tEXt", b"Title\0t"), (b"iTXt", b"Description\0\0\0de\0B\0x"), (b"zTXt", b"C\0\0x")),
              tiff(1), tiff(2), jpeg(), BMP, GIF, b"\x17" + b"\0" * 24 + b"\xff" * 240,
              b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0",
              b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"],
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
