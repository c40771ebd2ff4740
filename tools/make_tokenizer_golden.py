#!/usr/bin/env python3
"""Writes tests/data/wordpiece_golden.jsonl: lines of text and the ids that
PyPI's `tokenizers` gives them.

usage: make_tokenizer_golden.py TOKENIZER_JSON   (needs `tokenizers`)

The lines are made here, from a fixed seed: prose in many scripts, edge cases of
the normaliser, and random signs from blocks where implementations go apart.
"""
import json
import pathlib
import random
import sys
import unicodedata

from tokenizers import Tokenizer

OUT = (pathlib.Path(__file__).resolve().parent.parent /
       "tests/data/wordpiece_golden.jsonl")
BYTES_MAX = 1_000_000

SENTENCES = [
    "The cairn on the ridge marks the path between both valleys.",
    "In 1987, the committee (chaired by Dr. O'Neill) spent $4.2 million.",
    "Don't touch the hydro-electric switchboard, it isn't grounded!",
    "Photosynthesis converts carbon dioxide into glucose and oxygen.",
    "See https://example.org/a/b?c=d&e=f#g or mail jane.doe@example.com.",
    "Immunohistochemistry revealed tyrosine hydroxylase downregulation.",
    "int main(int argc, char** argv) { return argc > 1 ? 0 : -1; }",
    "Revenue rose 12.5% year-on-year to EUR 3,204,118.07 in Q3/2024.",
    "Der Fußgänger überquerte die Straße, während es draußen stürmte.",
    "L'été dernier, nous avons goûté un bœuf bourguignon à Besançon.",
    "El niño comió piñas; ¿dónde está la señora Núñez? ¡Allí!",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Zażółć gęślą jaźń, powiedział Łukasz.",
    "Árvíztűrő tükörfúrógép és ötödik ősz.",
    "İstanbul'da ılık bir IŞIK, ığdır ve Şırnak.",
    "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία· ΣΊΣΥΦΟΣ;",
    "Съешь же ещё этих мягких французских булок, Йосиф.",
    "Українська їжа: борщ і вареники, ґудзик.",
    "أُحِبُّ القِرَاءَةَ كَثِيرًا، هل تحبها؟",
    "שָׁלוֹם עֲלֵיכֶם, מה שלומך?",
    "मैं हिन्दी में लिख रहा हूँ।",
    "আমি বাংলায় গান গাই।",
    "தமிழ் மொழி மிகவும் பழமையானது.",
    "ภาษาไทยไม่มีช่องว่างระหว่างคำ",
    "石の山は道を示す。カタカナとひらがな、ｶﾞｷﾞｸﾞ。",
    "我们在山脊上堆石头，标出道路。",
    "한국어 문장은 자모로 나뉜다. 각 값은 같다.",
    "Tiếng Việt có nhiều dấu: ắ ằ ẳ ẵ ặ, ộ ồ ổ.",
    "Ελληνικά ᾳ ῷ ΐ Ϋ ά, ὀξύς βαρύς.",
    "ქართული ენა, Հայերեն լեզու, አማርኛ ቋንቋ",
    "∀x∈ℝ: ⌈x⌉ = −⌊−x⌋, α ∧ ¬β ≠ γ, ½ ⅓ x² H₂O",
    "I ❤️ 🧗🏽‍♀️ and 👨‍👩‍👧‍👦, flags 🇩🇪🇺🇸 too 😀😃",
]

EDGES = [
    "", " ", "\t\r\n", "\u00a0\u2003\u3000", "a\u000bb\u000cc\u0085d",
    "a\u0000b", "a\ufffdb", "zero\u200bwidth\u200djoin\ufeff bom",
    "soft\u00adhyphen", "left\u200eright\u202emarks", "line\u2028para\u2029end",
    "[CLS]", "[SEP]", "[PAD] [UNK] [MASK]", "a[SEP]b", "[[SEP]]", "[sep]",
    "[SEP", "[ SEP ]", "[MASK][MASK]x[MASK]", "[SE\u0000P]", "##ing", "## a",
    "x##y", "[unused1]", "[UNK]known", "x" * 99, "x" * 100, "x" * 101,
    "x" * 500, "é" * 100, "é" * 101, "e\u0301" * 100, "e\u0301" * 101,
    "a" * 99 + "\u200b" + "b", "a" * 100 + "-" + "b" * 101,
    "한" * 33, "한" * 34, "각" * 33, "각" * 34, "中" * 30, "a中b国c", "中文abc中文",
    "\uf900\ufa0e\U0002f800\U0002fa1d", "\U0002b820\U0002b8ff", "\u4dff\u9fff",
    "\u3400\u4dbf\U00020000\U0002a6df\U0002a700", "\u212a\u212b\u2126",
    "\u037e\u0387\u1fef", "\u2260 \u226e \u226f", "\u2329x\u232a", "ß ẞ ﬁ ﬂ ﬃ",
    "Ǆ ǅ ǆ ǈ", "İ I ı i", "ΑΣ ας Σ", "\u1e9b\u0323 \u1e0d\u0307 q\u0307\u0323",
    "\ud7a3\uac00\uac01", "\u1100\u1161\u11a8", "ー・々〆〇「」『』【】",
    "１２３ＡＢＣａｂｃ！？", "①②③ Ⅳ ⅷ ㎏ ㍿", "€£¥₹₿ ¢ ¤", "«quote» “q” ‘q’ „q‟ ‹q›",
    "-‐‑‒–—―−", "a_b-c.d/e\\f|g~h`i^j", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "...", "?!?!", "''' \"\"\"", "\u0300\u0301\u0302", "\u0300a", " \u0300 ",
    "\u0e33\u0eb3", "\u0958\u0959", "\u09cb\u09cc", "\U0001d15e\U0001d160",
    "\U000e0001\U000e0020\U000e007f", "\ue000\uf8ff\U000f0000\U0010fffd",
    "\u0378\u0530\U0001ffff", "\ufdd0\ufffe\uffff", "\U0001e900\U0001e922",
    "\U00010400\U00010428", "\u13a0\uab70\u13f8", "\u10a0\u2d00\u1c90",
    "\u1734\u166d\u104b", "\u08e2\u061d\u0890", "🄰🅰🆎", "𝐀𝔹𝒞 𝟏𝟐",
    "naïve café", "nai\u0308ve cafe\u0301", "Ångström A\u030angstro\u0308m",
    "antidisestablishmentarianism", "supercalifragilisticexpialidocious",
    "pneumonoultramicroscopicsilicovolcanoconiosis", "qwrtzxcvbnm zzzzqqqq",
    "C3H8O+H2SO4", "v1.2.3-rc.4+build5", "3.14159e-10", "0xDEADBEEF",
]

BLOCKS = [  # First, last, share of the random lines.
    (0x20, 0x7E, 4), (0x00, 0x1F, 1), (0x7F, 0xFF, 4), (0x100, 0x24F, 4),
    (0x250, 0x2FF, 1), (0x300, 0x36F, 2), (0x370, 0x3FF, 3), (0x400, 0x52F, 3),
    (0x530, 0x5FF, 2), (0x600, 0x8FF, 3), (0x900, 0xDFF, 4), (0xE00, 0xFFF, 2),
    (0x1000, 0x139F, 2), (0x13A0, 0x17FF, 2), (0x1800, 0x1CFF, 2),
    (0x1D00, 0x1DFF, 1), (0x1E00, 0x1FFF, 4), (0x2000, 0x206F, 3),
    (0x2070, 0x24FF, 3), (0x2500, 0x2BFF, 1), (0x2C00, 0x2DFF, 1),
    (0x2E00, 0x303F, 2), (0x3040, 0x30FF, 3), (0x3100, 0x33FF, 2),
    (0x3400, 0x4DBF, 1), (0x4E00, 0x9FFF, 3), (0xA000, 0xABFF, 2),
    (0xAC00, 0xD7FF, 3), (0xE000, 0xF8FF, 1), (0xF900, 0xFAFF, 2),
    (0xFB00, 0xFDFF, 2), (0xFE00, 0xFFFF, 3), (0x10000, 0x107FF, 2),
    (0x10800, 0x10FFF, 1), (0x11000, 0x11FFF, 2), (0x12000, 0x1BFFF, 1),
    (0x1D000, 0x1D7FF, 2), (0x1E000, 0x1FAFF, 2), (0x20000, 0x323AF, 2),
    (0x2F800, 0x2FA1F, 1), (0xE0000, 0xE01EF, 1), (0x30000, 0x10FFFF, 1),
]


def sign_of(rng, block):
    while True:
        code = rng.randint(block[0], block[1])
        if not 0xD800 <= code < 0xE000:
            return chr(code)


def random_line(rng, vocabulary):
    """Signs of one or two blocks between pieces of the vocabulary."""
    weights = [b[2] for b in BLOCKS]
    blocks = rng.choices(BLOCKS, weights, k=2)
    parts = []
    for _ in range(rng.randint(3, 12)):
        kind = rng.random()
        if kind < 0.45:
            parts.append("".join(sign_of(rng, rng.choice(blocks))
                                 for _ in range(rng.randint(1, 4))))
        elif kind < 0.7:
            parts.append(rng.choice(vocabulary))
        elif kind < 0.9:
            parts.append(" ")
        else:
            parts.append(rng.choice("\u0301\u0308\u00ad\u200b-.'[]"))
    return "".join(parts)


def changed(rng, text):
    """The sentence with a change that the normaliser has to see through."""
    how = rng.randint(0, 7)
    if how == 0:
        return text.upper()
    if how == 1:
        return unicodedata.normalize("NFD", text)
    if how == 2:
        return unicodedata.normalize("NFKC", text)
    if how == 3:
        return text.replace(" ", "")
    if how == 4:
        at = rng.randint(0, len(text))
        return text[:at] + sign_of(rng, rng.choice(BLOCKS)) + text[at:]
    if how == 5:
        return text.swapcase()[::-1]
    if how == 6:
        words = text.split(" ")
        rng.shuffle(words)
        return "  ".join(words)
    return text.replace("e", "e\u0301").replace("o", "\u00f6")


def made_words(rng, vocabulary):
    """Words glued of pieces: what greedy cutting has to undo."""
    words = []
    for _ in range(rng.randint(2, 10)):
        words.append("".join(rng.choice(vocabulary)
                             for _ in range(rng.randint(1, 4))))
    return " ".join(words)


def lines(vocabulary):
    rng = random.Random(20240711)
    yield from EDGES
    yield from SENTENCES
    for i in range(640):
        yield changed(rng, SENTENCES[i % len(SENTENCES)])
    for _ in range(500):
        yield made_words(rng, vocabulary)
    for _ in range(1300):
        yield random_line(rng, vocabulary)


def main():
    tokenizer = Tokenizer.from_file(sys.argv[1])
    pieces = sorted(tokenizer.get_vocab())
    # Without "##": as they may stand in text.
    vocabulary = [p.replace("##", "") for p in pieces]
    out = []
    for text in lines(vocabulary):
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        out.append(json.dumps({"text": text, "ids": ids},
                              separators=(",", ":")))
    data = "\n".join(out) + "\n"
    if len(data) >= BYTES_MAX:
        sys.exit(f"{len(data)} bytes; at most {BYTES_MAX}")
    OUT.write_text(data)
    print(f"{len(out)} lines, {len(data)} bytes")


if __name__ == "__main__":
    main()
