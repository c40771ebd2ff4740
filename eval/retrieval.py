#!/usr/bin/env python3
"""Measures retrieval on data sets and writes eval/RESULTS.md.

  ./run eval                      all sets of ../shared/data/bench
  ./run eval DIR...               these data sets (or folders of data sets)
  ./run eval --no-ablations DIR   the modes only

Data folders stay in build/eval and are used again while neither the corpus nor
the sources that take it in have changed; --fresh takes everything in anew.
"""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build/eval"
DEFAULT_SETS = ROOT / "../shared/data/bench"
# Rooms whose code decides what a data folder holds.
INGESTION = ["base", "domain", "text", "documents", "models", "storage", "graph",
             "services/ingestion", "services/server", "cmake/downloads.lock"]
# Variant: (mode, how the corpus is taken in).
VARIANTS = {
    "lexical": ("lexical", []),
    "dense": ("dense", []),
    "hybrid": ("hybrid", []),
    "graph": ("graph", []),
    "auto": ("auto", []),
    "auto, sentence vectors": ("auto", ["--sentence-vectors"]),
    "auto, titles hidden": ("auto", ["--hide-titles"]),
}
# What is taken away from auto, or added to it.
ABLATIONS = {
    "no BM25 in the base score": ["lexical=0", "dense=0.4", "sentence=0.6"],
    "no links from the question": ["link=0"],
    "no second hop": ["beam=0"],
    "no title links in the hop": ["hop_link=0", "hop_link_fit=0"],
    "no shared names in the hop": ["hop_name=0", "hop_near=0"],
    "no second query as a score": ["hop_dense=0", "hop_sentence=0", "hop_lexical=0"],
    "beam of 3": ["beam=3"],
    "no gate": ["gate=1"],
    "no fitted correction": ["fitted=0"],
}
MEASURES = {"recall@1": "R@1", "recall@2": "R@2", "recall@5": "R@5",
            "recall@10": "R@10", "all_gold@5": "all@5", "all_gold@10": "all@10",
            "ndcg@10": "nDCG@10", "mrr@10": "MRR@10"}


def run(*command, allowed=(0,)):
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}")
    return done.stdout


def data_sets(folders):
    sets = []
    for folder in map(pathlib.Path, folders):
        parts = [folder] if is_data_set(folder) else sorted(folder.glob("*"))
        sets += [part.resolve() for part in parts if is_data_set(part)]
    if not sets:
        sys.exit(f"no data set in {', '.join(map(str, folders))}; docs/evaluation.md "
                 "says what one is")
    return sets


def busy_note(load):
    """Latencies and tokens/s of a machine with other work are too bad."""
    return f", with other work beside (load {load:.1f} at the start)" if load > 0.5 else ""


def is_data_set(folder):
    return any((folder / name).is_file() for name in ("corpus.jsonl", "corpus.csv"))


def hash_of_sources():
    digest = hashlib.sha256()
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard",
                 *INGESTION).split()
    for name in sorted(listed):
        if (ROOT / name).is_file() and not name.endswith(("_test.cc", ".md")):
            digest.update(name.encode() + (ROOT / name).read_bytes())
    return digest.hexdigest()


class Bench:
    """One data set: its data folders and its runs."""

    def __init__(self, folder, program, sources, fresh):
        self.folder, self.program = folder, program
        self.fresh = set() if fresh else None  # Data folders made anew so far.
        self.name = folder.name
        digest = hashlib.sha256(sources.encode())
        for corpus in sorted(folder.glob("corpus.*")):
            digest.update(corpus.read_bytes())
        self.stamp = digest.hexdigest()

    def data_folder(self, flags):
        """Empty, or what a run with the same stamp left."""
        folder = WORK / self.name / ("corpus" + "".join(flags))
        stamp = folder / "stamp"
        stale = self.fresh is not None and folder not in self.fresh
        if stale or not stamp.is_file() or stamp.read_text() != self.stamp:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        if stale:
            self.fresh.add(folder)
        return folder

    def measure(self, label, mode, flags=(), settings=(), threads=1):
        """The run as written by the program; `path` is where it lies."""
        folder = self.data_folder(flags)
        path = WORK / self.name / (label.replace(" ", "-").replace(",", "") + ".json")
        print(f"{self.name}: {label}", file=sys.stderr, flush=True)
        path.unlink(missing_ok=True)
        options = [option for one in settings for option in ("--set", one)]
        # 1: documents that could not be taken in, which the program names.
        run(self.program, "--data", folder / "data", "eval", "retrieval",
            "--data-set", self.folder, "--mode", mode, "--threads", str(threads),
            "--output", path, *flags, *options, allowed=(0, 1))
        result = json.loads(path.read_text())
        kept = folder / "ingestion.json"
        if not (folder / "stamp").is_file():
            kept.write_text(json.dumps(result["ingestion"]))
            (folder / "stamp").write_text(self.stamp)
        result["ingestion"] = json.loads(kept.read_text())
        result["path"] = path
        return result

    def measure_all(self, ablations):
        self.runs = {label: self.measure(label, mode, flags)
                     for label, (mode, flags) in VARIANTS.items()}
        self.ablations = {}
        if ablations:
            for label, settings in ABLATIONS.items():
                self.ablations[label] = self.measure(label, "auto", [], settings, 2)

    def main_measure(self):
        """Recall where answers need several documents, else nDCG."""
        questions = self.runs["auto"]["questions"]
        gold = sum(len(question["gold"]) for question in questions)
        return "recall@5" if gold >= 1.5 * len(questions) else "ndcg@10"

    def compare(self, a, b):
        compared = json.loads(run(self.program, "--json", "eval", "compare",
                                  a["path"], b["path"]))
        return compared["groups"][0]["measures"][self.main_measure()]


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def head(*cells):
    return row(*cells) + "|" + "---|" * len(cells) + "\n"


def percent(share):
    return f"{share * 100:.1f}"


def difference(test):
    star = "*" if test["p_value"] < 0.05 else ""
    return f"{test['difference'] * 100:+.1f}{star}"


def set_section(bench):
    auto = bench.runs["auto"]
    text = (f"\n## {bench.name}\n{auto['ingestion']['documents']:,} documents, "
            f"{len(auto['questions']):,} questions.\n\n")
    text += head("run", *MEASURES.values(), "p50 ms", "p99 ms")
    for label, result in bench.runs.items():
        measures, times = result["all"]["measures"], result["all"]["latency_ms"]
        text += row(label, *(percent(measures[name]) for name in MEASURES),
                    f"{times['p50']:.1f}", f"{times['p99']:.1f}")
    for kind, summary in auto["types"].items():
        text += row(f"auto: {kind} ({summary['questions']})",
                    *(percent(summary["measures"][name]) for name in MEASURES),
                    f"{summary['latency_ms']['p50']:.1f}",
                    f"{summary['latency_ms']['p99']:.1f}")
    return text


def cost_section(benches):
    text = "\n## Cost\n" + head("set", "taken in", "tokens", "tokens/s",
                                "peak MiB taking in", "peak MiB asking")
    for bench in benches:
        for label in ("auto", "auto, sentence vectors"):
            result = bench.runs[label]
            taken = result["ingestion"]
            text += row(bench.name, label.replace("auto", "default").replace("default, ", ""),
                        f"{taken['tokens']:,}", f"{taken['tokens_per_second']:,.0f}",
                        taken["peak_memory_bytes"] >> 20,
                        result["peak_memory_bytes"] >> 20)
    return text


def ablation_section(benches):
    text = ("\n## Ablations\nOne change at a time to auto with titles shown; the "
            "difference in points, with * where the paired randomisation test says "
            "p < 0.05 (one in twenty cells does so by chance).\n\n")
    text += head("change", *(f"{bench.name} {MEASURES[bench.main_measure()]}"
                             for bench in benches))
    text += row("auto", *(percent(bench.runs["auto"]["all"]["measures"]
                                  [bench.main_measure()]) for bench in benches))
    rows = {label: "runs" for label in VARIANTS if label != "auto"}
    rows.update({label: "ablations" for label in benches[0].ablations})
    for label, kind in rows.items():
        text += row(label, *(difference(bench.compare(bench.runs["auto"],
                                                      getattr(bench, kind)[label]))
                             for bench in benches))
    return text


def commit():
    changed = run("git", "status", "--porcelain", "--untracked-files=no",
                  "--", ".", ":!eval/RESULTS.md").strip()
    return run("git", "rev-parse", "--short", "HEAD").strip() + (
        " with changes" if changed else "")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", default=[DEFAULT_SETS])
    parser.add_argument("--fresh", action="store_true", help="take the corpora in anew")
    parser.add_argument("--no-ablations", action="store_true")
    parser.add_argument("--program", default=ROOT / "build/release/cairn")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "eval/RESULTS.md")
    options = parser.parse_args()
    sources = hash_of_sources()
    load = os.getloadavg()[1]
    benches = [Bench(folder, options.program, sources, options.fresh)
               for folder in data_sets(options.folders)]
    for bench in benches:
        bench.measure_all(not options.no_ablations)
    text = ("# Results\nWritten by `./run eval`; what the columns mean is in "
            f"`docs/evaluation.md`.\n{datetime.date.today()}, commit {commit()}, "
            f"{os.cpu_count()} cores, {benches[0].runs['auto']['embedder']}. Measures in "
            "percent; latencies one question at a time"
            f"{busy_note(load)}.\n")
    text += "".join(map(set_section, benches)) + cost_section(benches)
    text += ablation_section(benches)
    options.output.write_text(text)
    print(text)


if __name__ == "__main__":
    main()
