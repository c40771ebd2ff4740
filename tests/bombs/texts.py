"""Text formats: nesting, huge fields, odd Unicode, backtracking."""
import base64

from archives import LINE
from packages import TEXT, external, laughs, quadratic

MILLION = 1000000
# Of signs that are each a token of the encoder, in files that are taken in: the
# time of embedding them is in proportion and proves nothing.
FEW = 2000


def html():
    yield "deep.html", b"<html><body>" + b"<div>" * MILLION + LINE
    yield "inline_deep.html", b"<p>" + b"<b><i>" * 300000 + LINE
    yield "tables_deep.html", b"<table><tr><td>" * 100000 + LINE
    yield "attributes.html", b"<p " + b" ".join(
        b"a%d=1" % i for i in range(300000)) + b">" + LINE
    yield "comments.html", b"<!doctype html>" + b"<!--" * MILLION + LINE
    yield "span.html", (b"<table><tr><td rowspan=1000000 colspan=1000000>"
                        + LINE + b"</td></tr></table>")
    yield "spans.html", (b"<table>" + b"<tr><td rowspan=60000 colspan=900>x"
                         * 2000 + b"</table>")
    yield "entities.html", b"<p>" + b"&CounterClockwiseContourIntegral;" \
        * 100000 + b"&#x10ffff;" * 1000 + b"&#999999999999;" * 1000


def markup():
    yield "quotes.md", b">" * 200000 + LINE
    yield "lists.md", b"".join(
        b" " * (2 * i) + b"- a\n" for i in range(2000))
    yield "brackets.md", b"[" * FEW + LINE + b"](" * FEW
    yield "stars.md", b"*a_ " * FEW + LINE
    yield "ticks.md", b"".join(b"`" * i + b"a" for i in range(1, 60))
    yield "links.md", b"".join(
        b"[a%d]: b\n" % i for i in range(100000)) + b"\n" + b"[a1]" * 1000
    yield "yaml_head.md", b"---\n" + b"a: &a [*a,*a]\n" * FEW + b"---\n" \
        + LINE
    yield "deep.rtf", b"{\\rtf1 " + b"{" * FEW + LINE
    yield "bin.rtf", b"{\\rtf1 \\bin2000000000 " + LINE + b"}"
    yield "unicode.rtf", b"{\\rtf1 \\uc99999 \\u-1? \\u99999999? " + LINE \
        + b"}"
    yield "deep.tex", b"\\documentclass{article}\\begin{document}" \
        + b"{\\bf " * 200000 + LINE
    yield "begin.tex", b"\\documentclass{article}\\begin{document}" \
        + b"\\begin{itemize}\\item " * 50000 + LINE
    yield "macro.tex", b"\\documentclass{article}\\def\\a{\\a\\a}" \
        b"\\begin{document}\\a " + LINE + b"\\end{document}"
    yield "blocks.adoc", b"====\n--\n" * 50000 + LINE
    yield "laughs.xml", laughs(30, 10, "<r>{}</r>").encode()
    yield "quadratic.xml", quadratic("<r>{}</r>").encode()
    yield "external.xml", external("<r>{}</r>").encode()
    yield "deep.xml", b"<?xml version='1.0'?>" + b"<a>" * FEW + LINE


def data():
    yield "field_34mb.csv", b"a,b\n\"" + b"lost..," * (34 << 20 >> 3)
    yield "over_the_limit.csv", b"a,b\n" + b"varne,x\n" * ((8 << 20) + 99)
    yield "columns.csv", b"," * MILLION + b"\n" + b"x," * 1000 + b"\n"
    yield "quotes.csv", b"a,b\n" + b"\"\"" * FEW + b",x\n"
    yield "deep.json", b"[" * FEW + b"]" * FEW
    yield "deep_objects.json", b'{"a":' * FEW + b"1" + b"}" * FEW
    yield "numbers.json", b'{"text note":"' + LINE.strip() + b'","n":[' \
        + b"1e308,-1e999,1e-999," * 100 + b"9" * 9000 + b"]}"
    yield "keys.json", b"{" + b",".join(b'"a":%d' % i
                                        for i in range(FEW)) + b"}"
    yield "surrogates.json", b'{"a":"' + b"\\ud800" * 1000 + b'"}'
    yield "deep.ipynb", b'{"cells":[{"cell_type":"markdown","source":' \
        + b"[" * 200000 + b"]" * 200000 + b'}]}'
    yield "deep.yaml", b"- " * FEW + LINE
    yield "lines.jsonl", b'{"id":"a","text":"' + b"[" * FEW + b'"}\n' \
        + b"[" * MILLION + b"\n" + b'{"id":"b","text":"' + b"\\u0000" * 10 \
        + b'"}\n'
    yield "times.srt", b"1\n99999999:99:99,999 --> 00:00:00,000\n" + LINE
    yield "cues.vtt", b"WEBVTT\n\n" + b"<v " * 100000 + LINE


def unicode_text():
    yield "overlong.txt", LINE + b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf" * 99
    yield "surrogates.txt", LINE + b"\xed\xa0\x80" * 1000
    yield "beyond.txt", LINE + b"\xf7\xbf\xbf\xbf\xff\xfe" * 100
    yield "marks.txt", LINE + b"e" + b"\xcc\x81" * MILLION
    yield "zero_width.txt", LINE + b"\xe2\x80\x8b" * MILLION
    yield "right_to_left.txt", LINE + b"\xe2\x80\xae" * 100000
    yield "one_word.txt", b"a" * (8 << 20)
    yield "one_line.txt", b"a!" * FEW
    yield "dots.txt", LINE + b"." * FEW
    yield "empty.txt", b""
    yield "blank.txt", b" \n\t" * MILLION
    yield "zeros.txt", bytes(MILLION)
    yield "half_utf16.txt", b"\xff\xfe" + b"V\0a\0r" * 3 + b"\x00\xd8" * 999
    yield "breaks.txt", LINE + b"\n" * MILLION
    # Patterns that take exponential time in a backtracking matcher.
    yield "backtrack.txt", LINE + b"a" * 50000 + b"! " + b"(" * FEW \
        + b" " + b"www." * 50000 + b" " + b"a@" * 500 + b" " \
        + b"1,000" * 500 + b" " + b"Mr. " * 500


def mail():
    head = b"From: a@example.org\nSubject: Varne\nMIME-Version: 1.0\n"
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i)
        for i in range(10000))
    yield "parts_deep.eml", head + nested + b"\n" + LINE
    yield "parts_many.eml", head + b"Content-Type: multipart/mixed; " \
        b"boundary=b\n\n" + b"--b\n\nx\n" * 100000 + b"--b--\n"
    message = head + b"\n" + LINE
    for _ in range(50):
        message = head + b"Content-Type: message/rfc822\n\n" + message
    yield "messages_deep.eml", message
    yield "words.eml", head.replace(b"Varne", b"=?utf-8?b?" * 500) + b"\n" \
        + LINE
    yield "headers.eml", head + b"X: y\n" * 200000 + b"\n" + LINE
    yield "mailbox.mbox", b"From a\nFrom: a\nSubject: s\n\nx\n\n" * 500
    zeros = base64.encodebytes(bytes(1 << 20))
    yield "attachment.eml", head + b"Content-Type: application/zip; " \
        b"name=a.zip\nContent-Transfer-Encoding: base64\n\n" + zeros
    yield "latin.eml", head + b"Content-Type: text/plain; charset=x-" \
        + b"y" * 10000 + b"\n\n" + LINE


def code():
    yield "braces.cpp", b"{" * FEW + LINE
    yield "strings.py", b"'" * FEW + TEXT.encode()
    yield "comments.js", b"/*" * FEW + LINE


def bombs():
    for kind in (html, markup, data, unicode_text, mail, code):
        yield from kind()
