#!/usr/bin/env python3
"""Writes trained weights into the source tree, and what they must compute.

  export_reader.py --trained DIR --model DIR --name squad-1

Writes models/reader/weights/ and tests/data/reader_golden.json: scores by this
language's forward pass, of states made by a formula and of real ones.
"""
import argparse
import hashlib
import json
import pathlib

import numpy as np
from tokenizers import Tokenizer

import encode_pairs
import features as features_module
import pairs as pairs_module
import train_reader

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ENCODER = "bge-small-en-v1.5-int8@6c9c6101"
CASES = [
    ("Who designed the Harbour bridge?", "Harbour bridge",
     "The Harbour bridge was designed by John Bradfield. The bridge opened on 19 March "
     "1932, cost £6.25 million and carries 160,000 vehicles every day."),
    ("When did Émile leave the “Lycée”?", "Émile",
     "Émile Dupont — a teacher's son — left the “Lycée” in 1871; he was 17 (or 18)."),
    ("What is not in this text?", "", "Basalt is a dark volcanic rock."),
]


def formula_states(rows, columns):
    row, column = np.arange(rows)[:, None], np.arange(columns)[None]
    return np.sin(0.37 * row + 0.0011 * column * (row % 5 + 1)).astype(np.float32)


def score(weights, blocks, q, t, features):
    """The batch of one pair, without padding."""
    q_features = np.concatenate([np.zeros((1, features_module.COUNT), np.float32),
                                 features[0]])
    batch = {"q": q[None], "t": t[None], "qf": q_features[None], "tf": features[1][None],
             "q_mask": np.ones((1, len(q)), np.float32),
             "mask": np.ones((1, len(t)), np.float32)}
    spans, null = train_reader.forward(weights, batch, blocks)
    return np.asarray(spans)[0] - float(null[0])


def best_of(spans):
    first, length = divmod(int(spans.argmax()), spans.shape[1])
    return first, first + length, round(float(spans.max()), 4)


def golden(weights, options, model):
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    cutter = pairs_module.Cutter(tokenizer)
    session = encode_pairs.open_session(model)
    cases = []
    for question, title, text in CASES:
        q_words, q_ids = cutter.cut(question, pairs_module.QUESTION_PIECES_MAX)
        _, t_ids = cutter.cut(title, pairs_module.TITLE_PIECES_MAX)
        words, ids = cutter.cut(text, pairs_module.PIECES_MAX)
        asked = [question[b:e] for b, e in q_words]
        here = [text[b:e] for b, e in words]
        features = features_module.features(asked, here)
        width = len(options["layers"]) * train_reader.WIDTH
        made = formula_states(1 + len(asked) + len(here), width)
        by_formula = score(weights, options["blocks"], made[:1 + len(asked)],
                           made[1 + len(asked):], features)
        layers = encode_pairs.states_of(session, {"ids": (q_ids, t_ids, ids)})
        real = np.concatenate([layers[encode_pairs.LAYERS.index(layer)]
                               for layer in options["layers"]], -1)
        by_encoder = score(weights, options["blocks"], real[:1 + len(asked)],
                           real[1 + len(asked):], features)
        cases.append({
            "question": question, "title": title, "text": text,
            "question_words": asked, "words": here,
            "features": [[round(float(x), 5) for x in row] for row in features[1]],
            "question_features": [[round(float(x), 5) for x in row] for row in features[0]],
            "formula_scores": [round(float(x), 4) for x in by_formula[:, 0]],
            "formula_best": best_of(by_formula), "encoder_best": best_of(by_encoder)})
    return cases


def write_weights(folder, matrices, manifest):
    folder.mkdir(parents=True, exist_ok=True)
    halves = b"".join(m.astype("<f2").tobytes() for m in matrices.values())
    manifest |= {"matrices": [{"name": name, "rows": m.shape[0], "columns": m.shape[1]}
                              for name, m in matrices.items()],
                 "sha256": hashlib.sha256(halves).hexdigest()}
    (folder / "weights.f16").write_bytes(halves)
    lines = [f'  {json.dumps(matrix)}' for matrix in manifest.pop("matrices")]
    head = json.dumps(manifest, indent=1).removesuffix("\n}")
    (folder / "manifest.json").write_text(
        head + ',\n "matrices": [\n' + ",\n".join(lines) + "\n ]\n}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trained", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--name", default="squad-1")
    options = parser.parse_args()
    trained = json.loads((options.trained / "options.json").read_text())
    with np.load(options.trained / "weights.npz") as file:
        matrices = {name: file[name].reshape(1, -1) if file[name].ndim == 1 else file[name]
                    for name in sorted(file.files)}
    rounded = {name: m.astype(np.float16).astype(np.float32) for name, m in matrices.items()}
    flat = {name: m[0] if name.endswith((".b", ".g")) else m for name, m in rounded.items()}
    write_weights(ROOT / "models/reader/weights", matrices, {
        "name": options.name, "encoder": ENCODER, "layers": trained["layers"],
        "blocks": trained["blocks"],
        "licence": "Apache-2.0 (these numbers); trained on paragraphs and questions of "
                   "SQuAD 1.1 and 2.0, CC BY-SA 4.0, which are not part of them"})
    (ROOT / "tests/data/reader_golden.json").write_text(
        "[" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in
                         golden(flat, trained, options.model)) + "]\n")


if __name__ == "__main__":
    main()
