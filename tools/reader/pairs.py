"""Questions with paragraphs, cut into the words that the reader works on.

The same cut as models/reader/words.cc: change both or none.
"""
import json
import math
import random
import re
from collections import Counter, defaultdict

QUESTION_PIECES_MAX = 64
TITLE_PIECES_MAX = 24
PIECES_MAX = 384  # Of question, title and text with their four special tokens.
SPAN_WORDS_MAX = 20


def is_space(code):
    return (code <= 0x20 or code == 0x7F or code == 0xA0 or 0x2000 <= code <= 0x200B
            or 0x2028 <= code <= 0x202F or code in (0x205F, 0x3000, 0xFEFF))


def is_sign(code):
    return (0x21 <= code <= 0x2F or 0x3A <= code <= 0x40 or 0x5B <= code <= 0x60
            or 0x7B <= code <= 0x7E or code in (0xA1, 0xAB, 0xB7, 0xBB, 0xBF)
            or 0x2010 <= code <= 0x2027 or 0x2030 <= code <= 0x205E)


def split_words(text):
    """(begin, end) of each word: a run without blanks and signs, or one sign."""
    words, begin = [], None
    for at, letter in enumerate(text):
        code = ord(letter)
        blank, sign = is_space(code), is_sign(code)
        if blank or sign:
            if begin is not None:
                words.append((begin, at))
                begin = None
            if sign:
                words.append((at, at + 1))
        elif begin is None:
            begin = at
    if begin is not None:
        words.append((begin, len(text)))
    return words


class Cutter:
    """Words with the ids of their pieces; a word without pieces is left out."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.known = {}

    def ids(self, word):
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids
        return self.known[word]

    def cut(self, text, pieces_max):
        words, ids, used = [], [], 0
        for begin, end in split_words(text):
            pieces = self.ids(text[begin:end])
            if not pieces:
                continue
            if used + len(pieces) > pieces_max:
                break
            used += len(pieces)
            words.append((begin, end))
            ids.append(pieces)
        return words, ids


def read_paragraphs(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fold(text):
    return re.findall(r"\w+", text.lower())


class Bm25:
    def __init__(self, texts, k1=0.9, b=0.4):
        self.postings = defaultdict(list)
        lengths = []
        for at, text in enumerate(texts):
            counts = Counter(fold(text))
            lengths.append(sum(counts.values()))
            for word, count in counts.items():
                self.postings[word].append((at, count))
        mean = sum(lengths) / len(lengths)
        self.norm = [k1 * (1 - b + b * length / mean) for length in lengths]
        self.size, self.k1 = len(texts), k1

    def rank(self, query, keep=50):
        scores = defaultdict(float)
        for word in set(fold(query)):
            found = self.postings.get(word, [])
            idf = math.log(1 + (self.size - len(found) + 0.5) / (len(found) + 0.5))
            for at, count in found:
                scores[at] += idf * count * (self.k1 + 1) / (count + self.norm[at])
        return sorted(scores, key=lambda at: (-scores[at], at))[:keep]


def make_pairs(paragraphs, negatives, seed):
    """Every question with its own paragraph, shuffled; then `negatives`
    questions with a paragraph that BM25 finds and that lacks the answer, by
    turns the best of the same and the best of another article."""
    rng = random.Random(seed)
    own = [{"paragraph": at, "question": question["question"],
            "answers": question["answers"], "source": at}
           for at, paragraph in enumerate(paragraphs)
           for question in paragraph["questions"]]
    rng.shuffle(own)
    bm25 = Bm25([f"{p['title']} {p['text']}" for p in paragraphs])
    other = []
    for pair in own:
        if len(other) >= negatives:
            break
        source = paragraphs[pair["source"]]
        same = len(other) % 2 == 0
        for at in bm25.rank(pair["question"]):
            if at == pair["source"] or (paragraphs[at]["title"] == source["title"]) != same:
                continue
            text = paragraphs[at]["text"].lower()
            if any(answer.lower() in text for answer in pair["answers"]):
                continue
            other.append({"paragraph": at, "question": pair["question"], "answers": [],
                          "source": pair["source"], "negative": True})
            break
    return own + other


def answer_spans(text, words, answers):
    """(first word, last word, share of the answers) of every place where a
    reference answer stands on word borders."""
    begins = {begin: at for at, (begin, _) in enumerate(words)}
    ends = {end: at for at, (_, end) in enumerate(words)}
    spans = Counter()
    for answer in answers:
        answer = answer.strip()
        stripped = answer.rstrip(".,;:")
        for form in {answer, stripped}:
            if not form:
                continue
            at = text.find(form)
            while at >= 0:
                first, last = begins.get(at), ends.get(at + len(form))
                if first is not None and last is not None and \
                        last - first < SPAN_WORDS_MAX:
                    spans[(first, last)] += 1 / len(answers) / \
                        (2 if len({answer, stripped}) > 1 else 1)
                at = text.find(form, at + 1)
    return [(first, last, weight) for (first, last), weight in sorted(spans.items())]
