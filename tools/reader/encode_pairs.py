#!/usr/bin/env python3
"""Runs the encoder over all pairs and keeps the states of their words.

  encode_pairs.py --model DIR --data paragraphs.jsonl --out DIR

Writes DIR/pairs.jsonl and, for each layer, DIR/layer-N.f16: rows of 384 halves,
the means over the pieces of each word; of a pair first [CLS], then the words of
the question, then those of the text.
"""
import argparse
import hashlib
import json
import multiprocessing
import os
import pathlib
import sys
import time

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

import pairs as pairs_module

LAYERS = [2, 4, 6, 8, 10, 12]
WIDTH = 384


def varint(number):
    out = b""
    while number >= 128:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def field(number, payload):
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def output_name(layer):
    return f"/encoder/layer.{layer - 1}/output/LayerNorm/Add_1_output_0" \
        if layer < 12 else "last_hidden_state"


def open_session(folder):
    """The pinned network, its inner layers named as outputs: protobuf messages
    merge when their bytes are joined. ModelProto.graph = 7, GraphProto.output =
    12, ValueInfoProto.name = 1."""
    manifest = json.loads((folder / "manifest.json").read_text())
    network = (folder / manifest["model"]).read_bytes()
    if hashlib.sha256(network).hexdigest() != manifest["sha256"][manifest["model"]]:
        sys.exit(f"{folder}: the network is not the one of the manifest")
    for layer in LAYERS:
        if layer < 12:
            network += field(7, field(12, field(1, output_name(layer).encode())))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(network, options,
                                        providers=["CPUExecutionProvider"])


def cut_pairs(paragraphs, tokenizer, negatives, seed):
    cutter = pairs_module.Cutter(tokenizer)
    pairs, row = [], 0
    for pair in pairs_module.make_pairs(paragraphs, negatives, seed):
        paragraph = paragraphs[pair["paragraph"]]
        q_words, q_ids = cutter.cut(pair["question"], pairs_module.QUESTION_PIECES_MAX)
        _, t_ids = cutter.cut(paragraph["title"], pairs_module.TITLE_PIECES_MAX)
        used = sum(map(len, q_ids)) + sum(map(len, t_ids)) + 4
        words, ids = cutter.cut(paragraph["text"], pairs_module.PIECES_MAX - used)
        pair.update(id=paragraph["id"], title=paragraph["title"], question_words=q_words,
                    words=words, row=row, ids=(q_ids, t_ids, ids),
                    spans=pairs_module.answer_spans(paragraph["text"], words,
                                                    pair["answers"]))
        row += 1 + len(q_words) + len(words)
        pairs.append(pair)
    return pairs, row


def frame(pair, start=101, separator=102):
    """Ids of the network and, for each kept row, its pieces' range."""
    q_ids, t_ids, ids = pair["ids"]
    tokens, ranges = [start], [(0, 1)]
    for part, kept in ((q_ids, True), (t_ids, False), (ids, True)):
        for pieces in part:
            if kept:
                ranges.append((len(tokens), len(tokens) + len(pieces)))
            tokens += pieces
        tokens.append(separator)
    return tokens, ranges


def states_of(session, pair):
    tokens, ranges = frame(pair)
    ids = np.array([tokens], np.int64)
    outputs = session.run([output_name(layer) for layer in LAYERS], {
        "input_ids": ids, "attention_mask": np.ones_like(ids),
        "token_type_ids": np.zeros_like(ids)})
    starts = [begin for begin, _ in ranges]
    sizes = np.array([[end - begin] for begin, end in ranges], np.float32)
    kept = np.zeros(len(tokens), bool)
    for begin, end in ranges:
        kept[begin:end] = True
    starts = np.cumsum([0] + [end - begin for begin, end in ranges])[:-1]
    return [np.add.reduceat(output[0][kept], starts, axis=0) / sizes
            for output in outputs]


def work(job):
    folder, out, pairs, rows, index = job
    session = open_session(pathlib.Path(folder))
    files = [np.memmap(f"{out}/layer-{layer}.f16", np.float16, "r+", shape=(rows, WIDTH))
             for layer in LAYERS]
    begun = time.time()
    for done, pair in enumerate(pairs):
        for file, states in zip(files, states_of(session, pair)):
            file[pair["row"]:pair["row"] + len(states)] = states
        if index == 0 and done % 200 == 0:
            print(f"{done} of {len(pairs)}, {time.time() - begun:.0f} s",
                  file=sys.stderr, flush=True)
            open(f"{out}/progress", "w").write(str(done))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--negatives", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(options.model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    paragraphs = pairs_module.read_paragraphs(options.data)
    pairs, rows = cut_pairs(paragraphs, tokenizer, options.negatives, options.seed)
    with open(options.out / "pairs.jsonl", "w", encoding="utf-8") as out:
        for pair in pairs:
            out.write(json.dumps({key: value for key, value in pair.items()
                                  if key != "ids"}) + "\n")
    for layer in LAYERS:
        with open(options.out / f"layer-{layer}.f16", "wb") as file:
            file.truncate(rows * WIDTH * 2)
    print(f"{len(pairs)} pairs, {rows} rows", file=sys.stderr)
    jobs = [(str(options.model), str(options.out), pairs[at::options.processes], rows, at)
            for at in range(options.processes)]
    with multiprocessing.Pool(options.processes) as pool:
        pool.map(work, jobs, chunksize=1)


if __name__ == "__main__":
    main()
