#!/usr/bin/env python3
"""Makes one data set of several: what trees.py is fitted to.

  python3 eval/fit/pool.py OUT_FOLDER DATA_SET...

DATA_SET: a folder with corpus.jsonl and queries.jsonl (docs/evaluation.md). A
passage that stands in several corpora is one passage of the pool, so every
question has the passages of all sets against it. The type of a question becomes
the name of its set. Of a set with more than 500 questions every second one is
taken.
"""
import json
import pathlib
import sys

QUESTIONS_MANY = 500


def lines_of(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main():
    out, *folders = map(pathlib.Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    ids = {}  # From title and text.
    with open(out / "corpus.jsonl", "w", encoding="utf-8") as corpus, \
         open(out / "queries.jsonl", "w", encoding="utf-8") as queries:
        for folder in folders:
            new_ids = {}
            for passage in lines_of(folder / "corpus.jsonl"):
                title, text = passage.get("title", ""), passage["text"]
                if (title, text) not in ids:
                    ids[title, text] = f"{folder.name}-{passage['id']}"
                    corpus.write(json.dumps({"id": ids[title, text], "title": title,
                                             "text": text}) + "\n")
                new_ids[passage["id"]] = ids[title, text]
            questions = lines_of(folder / "queries.jsonl")
            step = 2 if len(questions) > QUESTIONS_MANY else 1
            for question in questions[::step]:
                gold = [new_ids[one] for one in question["gold"]]
                queries.write(json.dumps({
                    "id": f"{folder.name}/{question['id']}", "gold": gold,
                    "question": question["question"], "type": folder.name}) + "\n")
    print(f"{len(ids)} passages")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main()
