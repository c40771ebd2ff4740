"""What the reader knows of a word beside its states: shape and matches.

The same features as models/reader/features.cc: change both or none; the golden
file of the tests notices a difference.
"""
import numpy as np

from pairs import is_sign

FUNCTION_WORDS = frozenset(
    "a an the of in on at by for from to with and or but as is are was were be been "
    "has have had do does did not that this these those it its he she they his her "
    "their which who whom whose what when where why how than then there can could "
    "will would may into about after before between during over under".split())
MONTHS = frozenset("january february march april may june july august september "
                   "october november december".split())
NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen twenty "
    "thirty forty fifty hundred thousand million billion trillion first second third "
    "half dozen".split())
COUNT = 20
EXACT, STEM, SENTENCE, PASSAGE = 16, 17, 18, 19


def lower(word):
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in word)


def stem(folded):
    """Crude and the same everywhere: a common ending off, at least 3 letters stay."""
    for ending in ("ing", "ed", "es", "ly", "s", "e"):
        if folded.endswith(ending) and len(folded.encode()) >= len(ending) + 3:
            return folded[:-len(ending)]
    return folded


def is_capital(word):
    return "A" <= word[0] <= "Z" or "\xc0" <= word[0] <= "\xde"


def shape(word, after_end):
    folded = lower(word)
    digits = [c for c in word if "0" <= c <= "9"]
    letters_upper = sum("A" <= c <= "Z" for c in word)
    sign = len(word) == 1 and is_sign(ord(word))
    row = np.zeros(COUNT, np.float32)
    row[0] = is_capital(word)
    row[1] = len(word) > 1 and letters_upper == len(word)
    row[2] = "0" <= word[0] <= "9"
    row[3] = len(word) == 4 and len(digits) == 4 and word[0] in "12"
    row[4] = len(digits) > 0
    row[5] = sign
    row[6] = word in (",", ";", ":")
    row[7] = word in (".", "?", "!")
    row[8] = word in ("(", "[", "{", "\u201c", "\u2018", "\xab")
    row[9] = word in (")", "]", "}", "\u201d", "\u2019", "\xbb")
    row[10] = word in ("-", "/", "'", "\u2013", "\u2014")
    row[11] = folded in FUNCTION_WORDS
    row[12] = folded in MONTHS and is_capital(word)
    row[13] = folded in NUMBER_WORDS
    row[14] = word in ("$", "%", "&", '"')
    row[15] = after_end
    return row


def is_content(row):
    return not (row[5] or row[11])


def read(words):
    """Shapes, folded words, stems, number of the sentence."""
    rows, folded, sentences, end = [], [], [], True
    sentence = -1
    for word in words:
        row = shape(word, end)
        sentence += int(end)
        end = bool(row[7])
        rows.append(row)
        folded.append(lower(word))
        sentences.append(max(sentence, 0))
    rows = np.stack(rows) if rows else np.zeros((0, COUNT), np.float32)
    return rows, folded, [stem(word) for word in folded], sentences


def features(question, text):
    """(rows of the question, rows of the text), matches filled in. `question`,
    `text`: lists of words."""
    q_rows, q_folded, q_stems, _ = read(question)
    rows, folded, stems, sentences = read(text)
    asked = [at for at in range(len(q_folded)) if is_content(q_rows[at])]
    asked_folded = {q_folded[at] for at in asked}
    asked_stems = {q_stems[at] for at in asked}
    here_folded = {folded[at] for at in range(len(folded)) if is_content(rows[at])}
    here_stems = {stems[at] for at in range(len(folded)) if is_content(rows[at])}
    for at in asked:
        q_rows[at, EXACT] = q_folded[at] in here_folded
        q_rows[at, STEM] = q_stems[at] in here_stems
    of_sentence = {}
    for at in range(len(folded)):
        if not is_content(rows[at]):
            continue
        rows[at, EXACT] = folded[at] in asked_folded
        rows[at, STEM] = stems[at] in asked_stems
        if rows[at, STEM]:
            of_sentence.setdefault(sentences[at], set()).add(stems[at])
    size = max(len(asked_stems), 1)
    share = len(asked_stems & here_stems) / size
    for at in range(len(folded)):
        rows[at, SENTENCE] = len(of_sentence.get(sentences[at], ())) / size
        rows[at, PASSAGE] = share
    q_rows[:, PASSAGE] = share
    return q_rows, rows
