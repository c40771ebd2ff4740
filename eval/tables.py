#!/usr/bin/env python3
"""Measures retrieval of the right table, and answers with retrieval included.

  eval/tables.py                        # both sets beside the repository
  eval/tables.py --sets wikitablequestions --modes auto --ask

All tables of a set are taken in as documents: those of WikiTableQuestions alone
(nothing says what they are about), those of TAT-QA as pages with the paragraphs
around them. Every question is asked of all of them. Right is the table, or the
page, that the question was written for: R@1 and R@5, each document counted once.
With --ask also how many are answered by computing, from it, and right. Everything stays
in build/eval/tables, for eval/fit/table_match.cc.
"""
import argparse
import html
import json
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT / "../shared/data/tables"
HITS = 30  # A long table has several.


def wiki_table_questions(folder, suffix):
    source = SHARED / "wikitablequestions"
    for path in sorted(source.glob(f"csv/*/*{suffix}")):
        shutil.copy(path, folder / f"{path.parent.name.removesuffix('-csv')}-{path.name}")
    questions = []
    for line in (source / "questions.tsv").read_text().splitlines()[1:]:
        name, question, context, answer = line.split("\t")
        _, group, file = context.split("/")
        document = f"{group.removesuffix('-csv')}-{pathlib.Path(file).stem}{suffix}"
        questions.append((name, question, document, "table", answer.split("|")))
    return questions


def page(context):
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n"
                   for row in context["table"]["table"])
    texts = "".join(f"<p>{html.escape(one['text'])}</p>\n"
                    for one in sorted(context["paragraphs"], key=lambda one: one["order"]))
    return f"<html><body>\n<table>\n{rows}</table>\n{texts}</body></html>\n"


def tatqa(folder, _):
    questions = []
    contexts = json.loads((SHARED / "tatqa/tatqa_dataset_dev.json").read_text())
    for at, context in enumerate(contexts):
        name = f"{at:04}.html"
        (folder / name).write_text(page(context))
        questions += [(one["uid"], one["question"], name, one["answer_from"],
                       one["answer"] if isinstance(one["answer"], list) else [one["answer"]])
                      for one in context["questions"]]
    return questions


SETS = {"wikitablequestions": wiki_table_questions, "tatqa": tatqa}


def take_in(program, work, name, suffix):
    documents, data = work / "documents", work / "data"
    shutil.rmtree(work, ignore_errors=True)
    documents.mkdir(parents=True)
    questions = SETS[name](documents, suffix)
    subprocess.run([program, "--data", data, "ingest", documents], check=True,
                   stdout=subprocess.DEVNULL)
    return questions


def batch(program, work, questions, *arguments):
    path = work / "questions.jsonl"
    path.write_text("".join(json.dumps({"id": str(at), "question": one[1], "gold": one[2]}) + "\n"
                            for at, one in enumerate(questions)))
    done = subprocess.run([program, "--data", work / "data", "--jsonl", *arguments,
                           "--batch", path], check=True, stdout=subprocess.PIPE, text=True)
    (work / f"{arguments[-1]}.jsonl").write_text(done.stdout)
    replies = {reply["id"]: reply for reply in map(json.loads, done.stdout.splitlines())}
    return [replies[str(at)] for at in range(len(questions))]


def print_recall(name, mode, questions, replies):
    groups = {}
    for (_, _, document, kind, _), reply in zip(questions, replies):
        seen = list(dict.fromkeys(hit["document"] for hit in reply["hits"]))
        rank = seen.index(document) if document in seen else HITS
        groups.setdefault("all", []).append(rank)
        groups.setdefault(kind, []).append(rank)
    for kind, ranks in groups.items():
        if kind != "all" and len(groups) == 2:
            continue
        recall = [100 * sum(rank < k for rank in ranks) / len(ranks) for k in (1, 5)]
        print(f"| {name} | {mode} | {kind} ({len(ranks)}) | {recall[0]:.1f} | {recall[1]:.1f} |",
              flush=True)


def plain(value):
    return str(value).lower().replace(",", "").replace("$", "").strip()


def print_answers(name, questions, replies):
    """Values are compared as texts, so some right ones count as wrong."""
    computed = [(one, reply) for one, reply in zip(questions, replies)
                if any("(computed:" in s["text"] for s in reply["sentences"])]
    table = sum(any(c["document"] == one[2] for c in reply["sentences"][0]["citations"])
                for one, reply in computed)
    right = sum(sorted(map(plain, reply["short_answer"].split("; "))) ==
                sorted(map(plain, one[4])) for one, reply in computed)
    print(f"{name}: {len(computed)} of {len(questions)} computed, {table} from the right "
          f"table, {right} with the right values", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--modes", nargs="+", default=["lexical", "hybrid", "auto", "table"])
    parser.add_argument("--suffix", choices=[".csv", ".html"], default=".csv")
    parser.add_argument("--ask", action="store_true")
    parser.add_argument("--program", default=ROOT / "build/release/cairn")
    options = parser.parse_args()
    print("| set | mode | questions | R@1 | R@5 |\n|---|---|---|---|---|")
    for name in options.sets:
        work = ROOT / "build/eval/tables" / name
        questions = take_in(options.program, work, name, options.suffix)
        for mode in options.modes:
            print_recall(name, mode, questions, batch(
                options.program, work, questions, "search", "-k", str(HITS), "--mode", mode))
        if options.ask:
            print_answers(name, questions, batch(options.program, work, questions, "ask"))


if __name__ == "__main__":
    main()
