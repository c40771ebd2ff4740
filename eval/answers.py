#!/usr/bin/env python3
"""Measures answers on questions with reference spans, retrieval included.

  eval/answers.py --data-set ../shared/data/qa/squad/paragraphs.jsonl --sample 400

The data set is JSON Lines, one paragraph a line: id, title, text, questions
[{question, answers}]; empty answers: no paragraph answers it. All paragraphs
are taken in by the built program, a sample of the questions is asked. The data
folder stays in build/eval/answers and is used again for the same data set.
"""
import argparse
import collections
import hashlib
import json
import pathlib
import random
import re
import string
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def normalize(text):
    text = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def f1(a, b):
    a, b = normalize(a).split(), normalize(b).split()
    same = sum((collections.Counter(a) & collections.Counter(b)).values())
    return 2 * same / (len(a) + len(b)) if same else float(a == b)


def take_in(program, data_set, paragraphs):
    digest = hashlib.sha256(data_set.read_bytes()).hexdigest()[:16]
    folder = ROOT / "build/eval/answers" / digest
    if not (folder / "complete").exists():
        folder.mkdir(parents=True, exist_ok=True)
        corpus = folder / "corpus.jsonl"
        corpus.write_text("".join(json.dumps({key: p[key] for key in ("id", "title", "text")})
                                  + "\n" for p in paragraphs))
        subprocess.run([program, "--data", folder / "data", "ingest", corpus], check=True)
        (folder / "complete").touch()
    return folder


def ask(program, folder, questions):
    batch = folder / "questions.jsonl"
    batch.write_text("".join(json.dumps({"id": str(at), "question": q["question"]}) + "\n"
                             for at, q in enumerate(questions)))
    done = subprocess.run([program, "--data", folder / "data", "--jsonl", "ask", "--batch", batch],
                          check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def measure(questions, answers):
    sums = collections.Counter()
    for question, answer in zip(questions, answers):
        kind = "answerable" if question["answers"] else "unanswerable"
        sums[kind] += 1
        if answer["abstained"]:
            continue
        sums[kind + " answered"] += 1
        if kind == "unanswerable":
            continue
        short, references = answer["short_answer"], question["answers"]
        sentences = [s["text"].lower() for s in answer["sentences"]]
        holds = [any(r.lower() in s for r in references) for s in sentences]
        sums["sentences"] += len(sentences)
        sums["first sentence holds"] += bool(holds) and holds[0]
        sums["any sentence holds"] += any(holds)
        if short:
            sums["exact"] += any(normalize(short) == normalize(r) for r in references)
            sums["f1"] += max(f1(short, r) for r in references)
    return {name: round(value / max(sums["unanswerable" if name.startswith("unanswerable")
                                         else "answerable"], 1), 3)
            if name not in ("answerable", "unanswerable") else value
            for name, value in sorted(sums.items())}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-set", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/cairn")
    parser.add_argument("--titles", nargs="*", help="questions of these articles only")
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    paragraphs = [json.loads(line) for line in options.data_set.open(encoding="utf-8")]
    questions = [q for p in paragraphs if not options.titles or p["title"] in options.titles
                 for q in p["questions"]]
    random.Random(options.seed).shuffle(questions)
    questions = questions[:options.sample]
    folder = take_in(options.program, options.data_set, paragraphs)
    print(json.dumps(measure(questions, ask(options.program, folder, questions)), indent=1))


if __name__ == "__main__":
    main()
