#!/usr/bin/env python3
"""Writes small seeds, a folder for each fuzz program, into the folder given."""
import pathlib
import sys

TEXT = [
    b"A heading\n=========\n\nOne paragraph. Another sentence of 3.5 km!\n\n- a\n- b\n",
    "Zürich caf\u00e9 \u2014 \u6771\u4eac \u00ab quoted \u00bb Dr. Who went.\r\n".encode(),
    "\ufeffbyte order mark".encode("utf-16"),
    b"name\tvalue\nx\t1\n", b"\xff\xfe\x00", b"",
]
SEEDS = {
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
