#!/usr/bin/env python3
"""Writes models/wordpiece/bert_unicode.inc: what the BERT normaliser and
pre-tokeniser of PyPI's `tokenizers` do with every code point.

Run in an environment that has `tokenizers`; needed only when that library
changes its tables, and then the golden ids have to be made again as well.
"""
import pathlib

import tokenizers
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

OUT = (pathlib.Path(__file__).resolve().parent.parent /
       "models/wordpiece/bert_unicode.inc")
HANGUL = range(0xAC00, 0xD7A4)  # Decomposed by arithmetic.


def probe():
    normalizer = BertNormalizer(clean_text=True, handle_chinese_chars=False,
                                strip_accents=True, lowercase=True)
    splitter = BertPreTokenizer()
    removed, spaces, punctuation, mapped = [], [], [], {}
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000:
            continue
        sign = chr(code)
        # Letters on both sides show what is cut out and what splits.
        out = normalizer.normalize_str("a" + sign + "a")[1:-1]
        if out == "":
            removed.append(code)
        elif out == " ":
            spaces.append(code)
        elif out != sign and code not in HANGUL:
            mapped[code] = [ord(c) for c in out]
        if len(splitter.pre_tokenize_str("a" + sign + "a")) == 3:
            punctuation.append(code)
    return removed, spaces, punctuation, mapped


def ranges(codes):
    out = []
    for code in codes:
        if out and out[-1][1] == code - 1:
            out[-1][1] = code
        else:
            out.append([code, code])
    return out


def fill(items):
    lines, line = [], "   "
    for item in items:
        if len(line) + len(item) + 2 > 80:
            lines.append(line)
            line = "   "
        line += " " + item + ","
    return "\n".join(lines + [line])


def table(kind, name, items):
    return f"constexpr {kind} {name}[] = {{\n{fill(items)}\n}};\n"


def main():
    removed, spaces, punctuation, mapped = probe()
    assert all(len(to) <= 3 for to in mapped.values())
    as_range = lambda pair: f"{{{pair[0]:#x}, {pair[1]:#x}}}"
    parts = [
        "// Made by tools/make_bert_unicode.py from tokenizers "
        f"{tokenizers.__version__}; do not edit.\n",
        table("CodeRange", "kRemovedRanges", map(as_range, ranges(removed))),
        table("CodeRange", "kSpaceRanges", map(as_range, ranges(spaces))),
        table("CodeRange", "kPunctuationRanges",
              map(as_range, ranges(punctuation))),
        table("Mapping", "kMappings",
              (f"{{{code:#x}, {{{', '.join(f'{c:#x}' for c in to)}}}}}"
               for code, to in sorted(mapped.items()))),
    ]
    OUT.write_text("\n".join(parts))


if __name__ == "__main__":
    main()
