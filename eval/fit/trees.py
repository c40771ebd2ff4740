#!/usr/bin/env python3
"""Fits the trees of services/query/fitted_score.h to questions with answers.

  python3 eval/fit/trees.py RUN.json:TYPE=WEIGHT,...  [--write services/query]

RUN.json comes from `cairn eval retrieval --set fitted=0 --explain --limit 100
--output RUN.json`: for every hit what each part added to its score. TYPE is the
type of a question, WEIGHT how much one of them counts. Printed are, for every
run and type, the ranking as it was and with the correction, once with trees
fitted to other questions (5 folds) and once with trees fitted to questions of
other types. --write fits to all and writes the trees.

Boosted trees (lambdarank), monotone: more of a part never lowers a score, so a
passage with nothing is corrected by nothing. Needs numpy and lightgbm; the same
versions give the same trees.
"""
import argparse
import json
import pathlib

import lightgbm
import numpy as np

# In the order of the features of services/query/fitted_score.cc: parts and what
# they weigh by default.
FEATURES = [
    (("dense", "sentence"), 0.75),
    (("lexical",), 0.25),
    (("link",), 0.45),
    (("hop_link",), 0.42),
    (("hop_link_fit",), 0.18),
    (("hop_name",), 0.48),
    (("hop_near",), 0.001),
    (("hop_dense", "hop_sentence"), 0.6),
    (("hop_lexical",), 0.2),
    (("similar",), 0.001),
    (("graph",), 0.001),
]
NAMES = ["+".join(parts) for parts, _ in FEATURES] + ["score"]
TREES = 200
SEED = 20261126
FOLDS = 5
STRENGTHS = (0.0, 0.1, 0.2, 0.4)
PARAMETERS = {
    "objective": "lambdarank", "learning_rate": 0.05, "num_leaves": 7,
    "min_data_in_leaf": 40, "feature_fraction": 0.6, "bagging_fraction": 0.7,
    "bagging_freq": 1, "lambda_l2": 5, "lambdarank_truncation_level": 12,
    "monotone_constraints": [1] * len(NAMES), "verbose": -1, "num_threads": 1,
    "deterministic": True, "force_row_wise": True, "seed": SEED}
COLUMNS = "R@2   R@5  R@10 all@10 nDCG@10"


def read_run(number, path, weights):
    questions = []
    for question in json.load(open(path))["questions"]:
        weight = weights.get(question["type"], 0)
        if weight == 0 or not question["hits"]:
            continue
        gold = {one["document"] for one in question["gold"]}
        score = np.array([sum(hit.values()) for hit in question["parts"]])
        columns = [[sum(hit.get(part, 0.0) for part in parts) / weight_of
                    for hit in question["parts"]] for parts, weight_of in FEATURES]
        questions.append({
            "id": question["id"], "type": question["type"], "run": number,
            "weight": weight, "golds": len(gold), "score": score,
            "features": np.array(columns + [score]).T,
            "gold": np.array([hit in gold for hit in question["hits"]], float)})
    return questions


def fit(questions):
    rows = lightgbm.Dataset(
        np.vstack([q["features"] for q in questions]),
        np.concatenate([q["gold"] for q in questions]),
        group=[len(q["gold"]) for q in questions],
        weight=np.concatenate([np.full(len(q["gold"]), q["weight"]) for q in questions]))
    return lightgbm.train(PARAMETERS, rows, TREES)


def correct(model, question):
    floor = model.predict(np.zeros((1, len(NAMES))))[0]
    return model.predict(question["features"]) - floor


def measure(question, scores):
    gold = question["gold"][np.argsort(-scores, kind="stable")]
    found = np.cumsum(gold)
    at = lambda k: found[min(k, len(found)) - 1]
    gains = 1 / np.log2(np.arange(2, 12))
    count = question["golds"]
    return [at(2) / count, at(5) / count, at(10) / count, float(at(10) == count),
            (gold[:10] * gains[:len(gold[:10])]).sum() / gains[:min(count, 10)].sum()]


def show(name, questions, corrections):
    print(f"{name}: {COLUMNS}")
    kinds = sorted({(q["run"], q["type"]) for q in questions})
    for kind in kinds:
        members = [i for i, q in enumerate(questions) if (q["run"], q["type"]) == kind]
        for strength in STRENGTHS:
            table = np.array([measure(questions[i], questions[i]["score"] +
                                      strength * corrections[i]) for i in members])
            values = " ".join(f"{100 * value:5.1f}" for value in table.mean(axis=0))
            print(f"  run {kind[0]} {kind[1]:18} times {strength:.1f}  {values}")


def validate(name, questions, fold_of):
    corrections = [None] * len(questions)
    for fold in sorted({fold_of(q) for q in questions}):
        model = fit([q for q in questions if fold_of(q) != fold])
        for i, question in enumerate(questions):
            if fold_of(question) == fold:
                corrections[i] = correct(model, question)
    show(name, questions, corrections)


def rows_of(tree):
    """Inner nodes as (feature, threshold, left, right); a child below 0 is the
    leaf ~child; and the values of the leaves."""
    nodes, leaves = [], []

    def visit(node):
        if "leaf_value" in node:
            leaves.append(node["leaf_value"])
            return ~(len(leaves) - 1)
        at = len(nodes)
        nodes.append(None)
        assert node["decision_type"] == "<="
        left, right = visit(node["left_child"]), visit(node["right_child"])
        nodes[at] = (node["split_feature"], node["threshold"], left, right)
        return at

    visit(tree["tree_structure"])
    return nodes, leaves


def write(model, path, sources):
    text = ["// Made by eval/fit/trees.py; do not edit.",
            f"// Features: {', '.join(NAMES)}.", f"// Fitted to {sources}.",
            "// clang-format off"]
    for tree in model.dump_model()["tree_info"]:
        nodes, leaves = rows_of(tree)
        if not nodes:
            continue
        inner = ", ".join(f"{{{f}, {t:.6g}F, {l}, {r}}}" for f, t, l, r in nodes)
        values = ", ".join(f"{value:.5g}F" for value in leaves)
        text.append(f"{{{len(nodes)}, {{{{{inner}}}}}, {{{values}}}}},")
    pathlib.Path(path).write_text("\n".join(text) + "\n// clang-format on\n")


def write_golden(model, path):
    """Parts of made-up candidates and what the trees say of them, for a test."""
    random = np.random.default_rng(SEED)
    lines = ["// Made by eval/fit/trees.py; do not edit.", "// clang-format off"]
    for _ in range(40):
        shares = random.random(len(FEATURES)) * (random.random(len(FEATURES)) < 0.7)
        shares = np.round(shares, 3)
        score = sum(share * weight for share, (_, weight) in zip(shares, FEATURES))
        question = {"features": np.array([[*shares, score]])}
        values = ", ".join(f"{share:g}" for share in shares)
        lines.append(f"{{{{{{{values}}}}}, {correct(model, question)[0]:.5f}}},")
    pathlib.Path(path).write_text("\n".join(lines) + "\n// clang-format on\n")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", metavar="RUN.json:TYPE=WEIGHT,...")
    parser.add_argument("--write", metavar="FOLDER")
    arguments = parser.parse_args()
    questions = []
    for number, spec in enumerate(arguments.runs):
        path, _, weights = spec.rpartition(":")
        pairs = [pair.partition("=") for pair in weights.split(",")]
        questions += read_run(number, path, {k: float(v) for k, _, v in pairs})
    print(f"{len(questions)} questions, seed {SEED}")
    if arguments.write:
        kinds = sorted({q["type"] for q in questions})
        model = fit(questions)
        write(model, f"{arguments.write}/fitted_trees.inc",
              f"{len(questions)} questions of {', '.join(kinds)}")
        write_golden(model, f"{arguments.write}/fitted_golden.inc")
        return
    ids = sorted({q["id"] for q in questions})
    folds = dict(zip(np.random.default_rng(SEED).permutation(ids),
                     np.arange(len(ids)) % FOLDS))
    validate("other questions", questions, lambda q: folds[q["id"]])
    # Sets of one family are left out together.
    validate("other types", questions, lambda q: q["type"].split("_")[0])


if __name__ == "__main__":
    main()
