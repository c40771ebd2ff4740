#!/usr/bin/env python3
"""Fits when to answer, on articles that the reader was not trained on.

  fit_confidence.py --data paragraphs.jsonl --program build/release/tests/answers/answer_signs --model DIR

Asks answerable questions, adversarial ones (their paragraph is silent), and
answerable ones with their whole article taken away, each with the eight best
paragraphs of a plain BM25; fits a logistic regression on one half of the
questions and prints weights and the shares answered on the other half.
"""
import argparse
import json
import math
import pathlib
import random
import subprocess

import numpy as np

from pairs import Bm25, read_paragraphs
from train_reader import f1, normalize

EVIDENCE = 8
ODDS = 6


def held_out_titles(paragraphs, part):
    titles = sorted({p["title"] for p in paragraphs})
    random.Random(7).shuffle(titles)
    return titles[6 * (part - 1):6 * part]


def make_questions(paragraphs, titles, counts, rng):
    bm25 = Bm25([f"{p['title']} {p['text']}" for p in paragraphs])
    pools = {"answerable": [], "adversarial": []}
    for paragraph in paragraphs:
        if paragraph["title"] in titles:
            for q in paragraph["questions"]:
                kind = "answerable" if q["answers"] else "adversarial"
                pools[kind].append((paragraph, q))
    for pool in pools.values():
        rng.shuffle(pool)
    answerable = pools["answerable"]
    chosen = [("answerable", one) for one in answerable[:counts[0]]]
    chosen += [("adversarial", one) for one in pools["adversarial"][:counts[1]]]
    chosen += [("removed", one) for one in answerable[counts[0]:counts[0] + counts[2]]]
    out = []
    for at, (kind, (paragraph, q)) in enumerate(chosen):
        found = [paragraphs[i] for i in bm25.rank(q["question"], 400)]
        if kind == "removed":
            found = [p for p in found if p["title"] != paragraph["title"]]
        found = found[:EVIDENCE]
        out.append({"id": at, "kind": kind, "question": q["question"], "answers": q["answers"],
                    "there": paragraph in found,
                    "evidence": [{"title": p["title"], "text": p["text"]} for p in found]})
    rng.shuffle(out)
    return out


def ask(program, model, questions, flags):
    lines = "".join(json.dumps(q) + "\n" for q in questions)
    done = subprocess.run([program, model, *flags], input=lines, text=True,
                          stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def row(signs):
    odds = signs["odds"] if signs["odds"] is not None else -ODDS
    return [1, max(-ODDS, min(ODDS, odds)), signs["cosine"], signs["coverage"],
            signs["passage_coverage"], signs["missing"]]


def fit(x, y, weight, penalty=0.5):
    w = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (weight * (p - y)) + penalty * np.r_[0, w[1:]]
        curve = (x.T * (weight * p * (1 - p))) @ x + penalty * np.eye(len(w))
        w -= np.linalg.solve(curve, slope)
    return w


def shares(questions, scores, threshold):
    out = {}
    for kind in ("answerable", "adversarial", "removed"):
        of_kind = [s for q, s in zip(questions, scores) if q["kind"] == kind]
        out[kind] = round(sum(s >= threshold for s in of_kind) / max(len(of_kind), 1), 3)
    return out


def quality(questions, answers):
    count = sums = 0
    names = ["exact", "f1", "first_holds", "any_holds", "shown", "sentences"]
    sums = dict.fromkeys(names, 0.0)
    for q, a in zip(questions, answers):
        if q["kind"] != "answerable":
            continue
        count += 1
        short, sentences = a.get("short_answer", ""), a.get("sentences", [])
        golds = [g.lower() for g in q["answers"]]
        sums["exact"] += any(normalize(short) == normalize(g) for g in q["answers"]) if short else 0
        sums["f1"] += max(f1(short, g) for g in q["answers"]) if short else 0
        sums["shown"] += bool(short)
        sums["first_holds"] += bool(sentences) and any(g in sentences[0].lower() for g in golds)
        sums["any_holds"] += any(g in s.lower() for g in golds for s in sentences)
        sums["sentences"] += len(sentences)
    return {"questions": count, "paragraph_there":
            round(np.mean([q["there"] for q in questions if q["kind"] == "answerable"]), 3)} | \
        {name: round(value / count, 3) for name, value in sums.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=str, required=True)
    parser.add_argument("--model", type=str, required=True)
    parser.add_argument("--held-out", type=int, default=1)
    parser.add_argument("--counts", type=int, nargs=3, default=[400, 250, 250])
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path, help="write what was seen here")
    options = parser.parse_args()
    paragraphs = read_paragraphs(options.data)
    rng = random.Random(options.seed)
    questions = make_questions(paragraphs, held_out_titles(paragraphs, options.held_out),
                               options.counts, rng)
    answers = ask(options.program, options.model, questions,
                  ["--rules"] if options.rules else [])
    if options.keep:
        options.keep.write_text("".join(json.dumps([q, a]) + "\n"
                                        for q, a in zip(questions, answers)))
    print("quality", json.dumps(quality(questions, answers)))
    print("as built", shares(questions, [a["confidence"] for a in answers], 0.4))
    x = np.array([row(a["signs"]) for a in answers])
    # Answerable only where the paragraph was found.
    y = np.array([float(q["kind"] == "answerable" and q["there"]) for q in questions])
    weight = np.where(y > 0, 1.0, y.sum() / (len(y) - y.sum()))
    half = len(y) // 2
    total = []
    for train, test in ((slice(0, half), slice(half, None)), (slice(half, None), slice(0, half))):
        w = fit(x[train], y[train], weight[train])
        scores = 1 / (1 + np.exp(-x[test] @ w))
        total.append((questions[test], scores))
        print("weights", np.round(w, 2).tolist())
    flat = [(q, s) for part, scores in total for q, s in zip(part, scores)]
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5):
        print(threshold, shares([q for q, _ in flat], [s for _, s in flat], threshold))
    print("of all", np.round(fit(x, y, weight), 2).tolist(), math.floor(y.sum()))


if __name__ == "__main__":
    main()
