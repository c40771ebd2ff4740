"""Office packages: XML bombs, deep nesting, huge sheets, damage."""
import struct

from archives import LINE, make_zip

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = LINE.decode().strip()


def laughs(levels, width, body):
    lines = ['<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">']
    for level in range(1, levels):
        many = f"&l{level - 1};" * width
        lines.append(f'<!ENTITY l{level} "{many}">')
    return "".join(lines) + "]>" + body.format(f"&l{levels - 1};")


def quadratic(body):
    """One entity of a million signs, used 2,000 times."""
    head = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY q "' + "q" * 1000000
    return head + '">]>' + body.format("&q;" * 2000)


def external(body):
    return ('<?xml version="1.0"?><!DOCTYPE r ['
            '<!ENTITY f SYSTEM "file:///etc/passwd">'
            '<!ENTITY h SYSTEM "http://127.0.0.1:9/x">'
            '<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]>'
            + body.format("&f;&h;"))


def docx(document, more=()):
    return make_zip([
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", document), *more])


def word(body):
    return f"<w:document {W}><w:body>{body}</w:body></w:document>"


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def nested_tables(depth):
    return word("<w:tbl><w:tr><w:tc>" * depth + paragraph("x")
                + "</w:tc></w:tr></w:tbl>" * depth)


def png_head(width, height):
    """What a PNG says of itself; no pixel follows."""
    return (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
            + struct.pack(">II", width, height) + b"\x08\0\0\0\0\0\0\0\0")


def pictures(count):
    """Each of another size, the first one huge."""
    parts = [(f"word/media/{i}.png",
              png_head(50000, 50000) if i == 0 else png_head(1000 + i, 1000))
             for i in range(count)]
    parts.append(("word/_rels/document.xml.rels", "<Relationships>" + "".join(
        f"<Relationship Id='p{i}' Type='x/image' Target='media/{i}.png'/>"
        for i in range(count)) + "</Relationships>"))
    return docx(word(paragraph(TEXT) + "".join(
        f"<w:p><w:r><w:drawing><a:blip r:embed='p{i}'/></w:drawing></w:r></w:p>"
        for i in range(count))), parts)


def xlsx(sheet, more=()):
    return make_zip([
        ("xl/workbook.xml",
         "<workbook xmlns:r='r'><sheets><sheet name='Data' sheetId='1' "
         "r:id='rId1'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id='rId1' Type='x/worksheet' "
         "Target='worksheets/sheet1.xml'/><Relationship Id='rId2' "
         "Type='x/sharedStrings' Target='sharedStrings.xml'/>"
         "</Relationships>"),
        ("xl/worksheets/sheet1.xml", sheet), *more])


def pptx(slide):
    return make_zip([
        ("ppt/presentation.xml",
         "<p:presentation xmlns:r='r'><p:sldIdLst><p:sldId id='256' "
         "r:id='rId1'/></p:sldIdLst></p:presentation>"),
        ("ppt/_rels/presentation.xml.rels",
         "<Relationships><Relationship Id='rId1' Type='x/slide' "
         "Target='slides/slide1.xml'/></Relationships>"),
        ("ppt/slides/slide1.xml", slide)])


def odt(content):
    return make_zip([
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<m/>"), ("content.xml", content)])


def epub_that_names_itself():
    return make_zip([
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml",
         "<container><rootfiles><rootfile full-path='a.opf'/></rootfiles>"
         "</container>"),
        ("a.opf",
         "<package><manifest>" + "".join(
             f"<item id='i{i}' href='c.xhtml' "
             "media-type='application/xhtml+xml'/>" for i in range(20000))
         + "</manifest><spine>" + "".join(
             f"<itemref idref='i{i}'/>" for i in range(20000))
         + "</spine></package>"),
        ("c.xhtml", "<html><body>" + "<p>" + "varne " * 1000
         + "</p></body></html>")])


def bombs():
    body = word(paragraph("{}"))
    yield "laughs.docx", docx(laughs(30, 10, body))
    yield "quadratic.docx", docx(quadratic(body))
    yield "external.docx", docx(external(body))
    yield "tables_10000.docx", docx(nested_tables(10000))
    yield "tables_200.docx", docx(nested_tables(200))
    yield "zeros.docx", docx(bytes(100 << 20))
    yield "spaces.docx", docx(word(paragraph(" " * (60 << 20))))
    yield "attributes.docx", docx(
        "<w:document " + " ".join(f'a{i}="x"' for i in range(500000))
        + "><w:body>" + paragraph(TEXT) + "</w:body></w:document>")
    yield "outside.docx", docx(word(paragraph(TEXT)), [
        ("word/_rels/document.xml.rels",
         "<Relationships><Relationship Id='r1' TargetMode='External' "
         "Type='x/attachedTemplate' Target='file:///etc/passwd'/>"
         "<Relationship Id='r2' Type='x/footnotes' "
         "Target='../../../../etc/passwd'/></Relationships>")])
    yield "pictures_10000.docx", pictures(10000)
    row = "<row><c t='s'><v>0</v></c></row>"
    yield "shared.xlsx", xlsx(
        "<worksheet><sheetData>" + row * 20000 + "</sheetData></worksheet>",
        [("xl/sharedStrings.xml",
          "<sst><si><t>" + "x" * 1000000 + "</t></si></sst>")])
    yield "far_cell.xlsx", xlsx(
        "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>"
        "<row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData>"
        "<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"
        "</worksheet>")
    yield "laughs.xlsx", xlsx(laughs(30, 10, "<worksheet><sheetData><row>"
                                     "<c t='str'><v>{}</v></c></row>"
                                     "</sheetData></worksheet>"))
    yield "groups_100000.pptx", pptx(
        "<p:sld><p:cSld><p:spTree>" + "<p:grpSp>" * 100000
        + "</p:grpSp>" * 100000 + "</p:spTree></p:cSld></p:sld>")
    yield "laughs.odt", odt(laughs(
        30, 10, "<office:document-content><office:body><office:text><text:p>"
        "{}</text:p></office:text></office:body></office:document-content>"))
    yield "repeated.ods", make_zip([
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<m/>"),
        ("content.xml",
         "<office:document-content><office:body><office:spreadsheet>"
         "<table:table table:name='t'><table:table-row "
         "table:number-rows-repeated='1000000000'><table:table-cell "
         "table:number-columns-repeated='1000000000'><text:p>x</text:p>"
         "</table:table-cell></table:table-row></table:table>"
         "</office:spreadsheet></office:body></office:document-content>")])
    yield "chapters_20000.epub", epub_that_names_itself()
    yield "ole.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) \
        + b"\xfe\xff\xff\xff" * 1024
    yield "ole_loop.msg", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) \
        + bytes.fromhex("3e000300feff0900060000000000000000000000") \
        + b"\1\0\0\0" * 117 + bytes(2048)
