#!/usr/bin/env python3
"""Writes small seeds, a folder for each fuzz program, into the folder given."""
import io
import pathlib
import sys
import zipfile

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
