#!/usr/bin/env python3
"""Measures retrieval of evidence in sections of long documents.

  eval/sections.py --part development
  eval/sections.py --part held-out --modes auto --label after
  build/release/cairn eval compare build/eval/sections/before-auto.json \\
      build/eval/sections/after-auto.json

The documents are those of ./run demo (manuals, handbooks, a policy as PDF),
papers and PDFs of ../shared/data and pages of docs/ as of one commit. The
questions, with a few words of the evidence each, are in eval/sections.jsonl. A hit
is right when its text holds those words. Runs are written in the format of
"cairn eval retrieval", the one gold document of a question being its evidence.
"""
import argparse
import collections
import fnmatch
import json
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT / "../shared/data"
QUESTIONS = ROOT / "eval/sections.jsonl"
# The pages of docs/ that questions speak of change; these do not.
DOCS_COMMIT = "45ad157"
DOCS = ["docs/adr/0008-second-hop.md", "docs/adr/0011-fitted-correction.md",
        "docs/adr/0018-tried-beyond-the-recipe.md", "docs/formats/graph.md",
        "docs/formats/storage.md", "docs/evaluation.md", "docs/building.md"]
FILES = {"pdf": ["pdf/icdar2013-eu/*.pdf"],
         "documents": ["documents/jats/sources/p[no]*.nxml", "documents/jats/sources/e*.nxml",
                       "documents/pdf/sources/[!r]*.pdf", "documents/pdf/sources/red*.pdf",
                       "documents/html/sources/wiki_duck.html"]}
# Pages that no question has its evidence in, but that refer to some that do.
REFERRING = {
    "faq~basic-defs.en.html", "handbook~apt.html", "handbook~installation.html",
    "handbook~network-infrastructure.html", "handbook~sect.common-procedures.html",
    "handbook~sect.filesystem-hierarchy.html", "handbook~sect.how-to-migrate.html",
    "handbook~sect.network-config.html", "packaging~pr01.en.html", "reference~ch08.en.html"}
HITS = 10


def lay_out(folder, wanted):
    """The documents as one folder of files; `wanted`: those of the questions.

    Hours of reading would not tell more than the pages that matter to a question
    and some beside them."""
    demo = folder.with_name("demo-documents")
    subprocess.run([ROOT / "tools/demo_documents.sh", demo], check=True)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("languages.jsonl", "tables"))
    for page in [page for page in folder.rglob("*") if page.is_file()]:
        name = "~".join(page.relative_to(folder).parts)
        if name not in wanted and name not in REFERRING and page.parent.name != "developers":
            page.unlink()
    for name, patterns in FILES.items():
        (folder / name).mkdir(exist_ok=True)
        for path in sorted(path for pattern in patterns for path in SHARED.glob(pattern)):
            shutil.copy(path, folder / name)
    for name in DOCS:
        page = folder / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(subprocess.run(["git", "show", f"{DOCS_COMMIT}:{name}"], cwd=ROOT,
                                        check=True, stdout=subprocess.PIPE).stdout)


def letters(text):
    """Line breaks and blanks differ between formats and are no evidence."""
    return re.sub(r"\s+", "", text)


def check_evidence(program, data, questions):
    """Every question can be answered: its document holds the words."""
    missing = []
    for question in questions:
        done = subprocess.run([program, "--data", data, "document", "get", question["document"],
                               "--text"], stdout=subprocess.PIPE, text=True, errors="replace")
        if letters(question["evidence"]) not in letters(done.stdout):
            missing.append(f"{question['id']}: {question['document']} does not hold "
                           f"\"{question['evidence']}\"")
    return missing


class Server:
    """The program, serving a data folder."""

    def __init__(self, program, data):
        self.program = program
        self.process = subprocess.Popen([program, "--data", data, "serve", "--grpc",
                                         "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            found = re.search(r"listening grpc=(\S+)", line)
            if found:
                self.address = found[1]
                return
        sys.exit("the server did not start")

    def search(self, question, mode):
        done = subprocess.run([self.program, "--server", self.address, "--json", "search", "-k",
                               str(HITS), "--mode", mode, "--explain", question],
                              check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout)["hits"]

    def stop(self):
        self.process.terminate()
        self.process.wait()


def ask(server, questions, mode):
    results = []
    for question in questions:
        begin = time.monotonic()
        hits = server.search(question["question"], mode)
        ms = (time.monotonic() - begin) * 1000
        wanted = letters(question["evidence"])
        names = ["evidence" if wanted in letters(hit["text"]) else
                 f"{hit['document']}#{hit['span']['begin']}" for hit in hits]
        rank = names.index("evidence") + 1 if "evidence" in names else None
        # Later chunks with the same words are no further evidence.
        names = [name if at + 1 == rank or name != "evidence" else "again"
                 for at, name in enumerate(names)]
        results.append({"id": question["id"], "question": question["question"],
                        "type": question["type"], "hits": names, "ms": ms,
                        "gold": [{"document": "evidence", "grade": 1, "rank": rank}],
                        "parts": [hit["scores"] for hit in hits]})
    return results


def write_run(path, mode, results):
    nothing = {"documents": 0, "unchanged": 0, "failed": 0, "tokens": 0, "seconds": 0,
               "peak_memory_bytes": 0}
    path.write_text(json.dumps({
        "format": "cairn-retrieval-run", "format_version": 1, "data_set": "sections",
        "mode": mode, "titles": "shown", "sentence_vectors": False, "limit": HITS,
        "threads": 1, "options": {}, "version": "", "embedder": "", "ingestion": nothing,
        "questions_without_gold": 0, "gold_missing": 0,
        "seconds": sum(one["ms"] for one in results) / 1000, "peak_memory_bytes": 0,
        "questions": results}, indent=1, ensure_ascii=False))


def print_sums(label, results):
    groups = collections.defaultdict(list)
    for one in results:
        groups["all"].append(one["gold"][0]["rank"])
        groups[one["type"]].append(one["gold"][0]["rank"])
    for group, ranks in groups.items():
        recall = [100 * sum(rank is not None and rank <= k for rank in ranks) / len(ranks)
                  for k in (1, 5, 10)]
        print(f"| {label} | {group} ({len(ranks)}) | "
              + " | ".join(f"{value:.1f}" for value in recall) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["development", "held-out"], default="development")
    parser.add_argument("--modes", nargs="+", default=["hybrid", "auto"])
    parser.add_argument("--label", default="run", help="first part of the runs' names")
    parser.add_argument("--program", default=ROOT / "build/release/cairn")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/eval/sections")
    parser.add_argument("--data", type=pathlib.Path, help="data folder; default: WORK/data")
    parser.add_argument("--without", nargs="*", default=[], metavar="PATTERN",
                        help="leave out these documents and the questions on them")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    data = options.data or options.work / "data"
    questions = [json.loads(line) for line in QUESTIONS.read_text().splitlines()]
    questions = [one for one in questions
                 if not any(fnmatch.fnmatch(one["document"], pattern)
                            for pattern in options.without)]
    lay_out(options.work / "documents", {one["document"] for one in questions})
    subprocess.run([options.program, "--data", data, "ingest", options.work / "documents"],
                   stdout=subprocess.DEVNULL)
    missing = check_evidence(options.program, data, questions)
    if missing:
        sys.exit("\n".join(missing))
    questions = [one for one in questions if one["part"] == options.part]
    server = Server(options.program, data)
    print("| mode | questions | R@1 | R@5 | R@10 |\n|---|---|---|---|---|")
    for mode in options.modes:
        results = ask(server, questions, mode)
        write_run(options.work / f"{options.label}-{options.part}-{mode}.json", mode, results)
        print_sums(mode, results)
    server.stop()


if __name__ == "__main__":
    main()
