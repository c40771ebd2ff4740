#!/usr/bin/env python3
"""Trains the reader's head on kept states and writes its weights.

  train_reader.py --data paragraphs.jsonl --states DIR --out DIR [--held-out N]
"""
import argparse
import collections
import json
import pathlib
import random
import re
import string
import sys
import time

import os

os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=1 --xla_llvm_disable_expensive_passes=true")
import jax
import jax.numpy as jnp
import numpy as np

import features as features_module
from pairs import SPAN_WORDS_MAX, read_paragraphs

WIDTH = 384
QUESTION_WORDS_MAX = 40
BUCKETS = [144, 208, 384]
NEGATIVE = -1e9


# ---------------------------------------------------------------- data
class Data:
    """Pairs with features in memory and states on disk."""

    def __init__(self, options):
        paragraphs = read_paragraphs(options.data)
        self.text = {p["id"]: p["text"] for p in paragraphs}
        with open(options.states / "pairs.jsonl", encoding="utf-8") as lines:
            self.pairs = [json.loads(line) for line in lines]
        self.layers = options.layers
        rows = max(p["row"] + 1 + len(p["question_words"]) + len(p["words"])
                   for p in self.pairs)
        self.files = [np.memmap(options.states / f"layer-{layer}.f16", np.float16, "r",
                                shape=(rows, WIDTH)) for layer in self.layers]
        if options.pairs:
            done = options.pairs
            self.pairs = self.pairs[:done]
        for pair in self.pairs:
            text = self.text[pair["id"]]
            q_words = [pair["question"][b:e] for b, e in pair["question_words"]]
            words = [text[b:e] for b, e in pair["words"]]
            pair["features"] = tuple(
                rows.astype(np.float16)
                for rows in features_module.features(q_words, words))

    def batch(self, chosen):
        """Arrays of one batch, padded to a bucket."""
        longest = max(len(p["words"]) for p in chosen)
        size = next(b for b in BUCKETS if b >= longest)
        count, parts = len(chosen), len(self.files)
        q = np.zeros((count, QUESTION_WORDS_MAX + 1, parts * WIDTH), np.float16)
        t = np.zeros((count, size, parts * WIDTH), np.float16)
        qf = np.zeros((count, QUESTION_WORDS_MAX + 1, features_module.COUNT), np.float32)
        tf = np.zeros((count, size, features_module.COUNT), np.float32)
        q_mask = np.zeros((count, QUESTION_WORDS_MAX + 1), np.float32)
        mask = np.zeros((count, size), np.float32)
        gold = np.zeros((count, size, SPAN_WORDS_MAX), np.float32)
        null = np.zeros(count, np.float32)
        for at, pair in enumerate(chosen):
            n_q, n_t = len(pair["question_words"]), len(pair["words"])
            kept = min(n_q, QUESTION_WORDS_MAX)
            for part, file in enumerate(self.files):
                rows = file[pair["row"]:pair["row"] + 1 + n_q + n_t]
                columns = slice(part * WIDTH, (part + 1) * WIDTH)
                q[at, :kept + 1, columns] = rows[:kept + 1]
                t[at, :n_t, columns] = rows[1 + n_q:]
            qf[at, 1:kept + 1] = pair["features"][0][:kept]
            tf[at, :n_t] = pair["features"][1]
            q_mask[at, :kept + 1] = 1
            mask[at, :n_t] = 1
            for first, last, weight in pair["spans"]:
                gold[at, first, last - first] = weight
            null[at] = not pair["spans"]
        return dict(q=q, t=t, qf=qf, tf=tf, q_mask=q_mask, mask=mask, gold=gold, null=null)


def batches(data, pairs, size, rng=None):
    order = list(pairs)
    if rng:
        rng.shuffle(order)
        # Lengths alike inside a batch, batches in any order.
        chunk = size * 24
        order = [pair for at in range(0, len(order), chunk)
                 for pair in sorted(order[at:at + chunk], key=lambda p: len(p["words"]))]
        groups = [order[at:at + size] for at in range(0, len(order), size)]
        groups = [group for group in groups if len(group) == size]
        rng.shuffle(groups)
    else:
        order.sort(key=lambda p: len(p["words"]))
        groups = [order[at:at + size] for at in range(0, len(order), size)]
    for group in groups:
        yield group, data.batch(group)


# ---------------------------------------------------------------- model
def init(seed, parts, width, blocks, pair_width):
    rng = np.random.default_rng(seed)

    def dense(rows, columns, scale=1.0):
        return (rng.standard_normal((rows, columns)) * scale / np.sqrt(rows)).astype(np.float32)

    p = {"project.w": dense(parts * WIDTH, width), "project.b": np.zeros(width, np.float32),
         "features.w": dense(features_module.COUNT, width, 0.5),
         "question_features.w": dense(features_module.COUNT, width, 0.5),
         "question.b": np.zeros(width, np.float32),
         "pool.w": dense(width, 1), "query.w": dense(width, width), "key.w": dense(width, width),
         "mix.w": dense(4 * width, width), "mix.b": np.zeros(width, np.float32)}
    for block in range(blocks):
        p |= {f"block{block}.norm.g": np.ones(width, np.float32),
              f"block{block}.norm.b": np.zeros(width, np.float32),
              f"block{block}.depth.w": (rng.standard_normal((7, width)) * 0.2).astype(np.float32),
              f"block{block}.point.w": dense(width, width), f"block{block}.point.b": np.zeros(width, np.float32)}
    p |= {"norm.g": np.ones(width, np.float32), "norm.b": np.zeros(width, np.float32),
          "start.w": dense(width, 1), "end.w": dense(width, 1),
          "start_asked.w": dense(width, width, 0.3), "end_asked.w": dense(width, width, 0.3),
          "left.w": dense(width, pair_width), "right.w": dense(width, pair_width),
          "length.b": np.zeros(SPAN_WORDS_MAX, np.float32),
          "null_hidden.w": dense(4 * width, 64), "null_hidden.b": np.zeros(64, np.float32),
          "null.w": dense(64, 1), "null.b": np.zeros(1, np.float32)}
    return p


def norm(x, gain, bias):
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(spread + 1e-5) * gain + bias


def depthwise(x, w):
    reach = w.shape[0] // 2
    padded = jnp.pad(x, ((0, 0), (reach, reach), (0, 0)))
    return sum(padded[:, at:at + x.shape[1]] * w[at] for at in range(w.shape[0]))


def band(scores):
    """[count, words, SPAN_WORDS_MAX]: of first and last word, first and length."""
    count, size, _ = scores.shape
    reach = SPAN_WORDS_MAX
    flat = jnp.pad(scores, ((0, 0), (0, 0), (0, reach)), constant_values=2 * NEGATIVE)
    flat = jnp.pad(flat.reshape(count, -1), ((0, 0), (0, size)))
    return flat.reshape(count, size, size + reach + 1)[:, :, :reach]


def forward(p, b, blocks, key=None, rate=0.0):
    """Scores of all spans [count, words, SPAN_WORDS_MAX] and of "no answer"."""
    def drop(x, at, share=rate):
        """The same columns at all words of a pair: cheap, and no worse."""
        if key is None or share == 0:
            return x
        shape = (x.shape[0],) + (1,) * (x.ndim - 2) + x.shape[-1:]
        kept = jax.random.bernoulli(jax.random.fold_in(key, at), 1 - share, shape)
        return x * (kept / (1 - share))

    mask, q_mask = b["mask"][..., None], b["q_mask"][..., None]
    h = drop(b["t"].astype(jnp.float32), 1, rate / 2) @ p["project.w"] + p["project.b"] + b["tf"] @ p["features.w"]
    q = drop(b["q"].astype(jnp.float32), 2, rate / 2) @ p["project.w"] + p["question.b"] + b["qf"] @ p["question_features.w"]
    h, q = jax.nn.relu(h) * mask, jax.nn.relu(q) * q_mask
    h, q = drop(h, 3), drop(q, 4)
    # The question in one vector.
    weight = jax.nn.softmax((q @ p["pool.w"])[..., 0] + (1 - b["q_mask"]) * NEGATIVE, -1)
    asked = jnp.einsum("bj,bjd->bd", weight, q)
    # What of the question each word is about.
    look = jnp.einsum("bid,bjd->bij", h @ p["query.w"], q @ p["key.w"]) / np.sqrt(h.shape[-1])
    look = jax.nn.softmax(look + (1 - b["q_mask"])[:, None] * NEGATIVE, -1)
    seen = look @ q
    x = jnp.concatenate([h, seen, h * seen, h * asked[:, None]], -1) @ p["mix.w"] + p["mix.b"]
    x = drop(jax.nn.relu(x), 5) * mask
    for block in range(blocks):
        y = norm(x, p[f"block{block}.norm.g"], p[f"block{block}.norm.b"]) * mask
        y = depthwise(y, p[f"block{block}.depth.w"])
        y = jax.nn.relu(y @ p[f"block{block}.point.w"] + p[f"block{block}.point.b"])
        x = (x + drop(y, 10 + block)) * mask
    x = norm(x, p["norm.g"], p["norm.b"]) * mask
    start = (x @ p["start.w"])[..., 0] + jnp.einsum("bid,bd->bi", x, asked @ p["start_asked.w"])
    end = (x @ p["end.w"])[..., 0] + jnp.einsum("bid,bd->bi", x, asked @ p["end_asked.w"])
    left, right = x @ p["left.w"], x @ p["right.w"]
    both = jnp.einsum("bid,bjd->bij", left, right) / np.sqrt(left.shape[-1])
    spans = band(start[:, :, None] + (end + (1 - b["mask"]) * NEGATIVE)[:, None] + both) + p["length.b"]
    highest = jnp.max(jnp.where(mask > 0, x, NEGATIVE), 1)
    mean = (x * mask).sum(1) / jnp.maximum(mask.sum(1), 1)
    whole = jnp.concatenate([asked, q[:, 0], highest, mean], -1)
    null = jax.nn.relu(drop(whole, 6) @ p["null_hidden.w"] + p["null_hidden.b"])
    return spans, (null @ p["null.w"] + p["null.b"])[:, 0]


def loss_of(p, b, blocks, key, rate):
    spans, null = forward(p, b, blocks, key, rate)
    flat = jnp.concatenate([spans.reshape(spans.shape[0], -1), null[:, None]], 1)
    total = jax.nn.logsumexp(flat, 1)
    gold = jnp.concatenate([b["gold"].reshape(spans.shape[0], -1), b["null"][:, None]], 1)
    right = jax.nn.logsumexp(jnp.where(gold > 0, flat + jnp.log(jnp.maximum(gold, 1e-9)), NEGATIVE), 1)
    return (total - right).mean()


def make_step(blocks, rate, decay):
    @jax.jit
    def step(p, m, v, average, b, at, lr, key):
        loss, g = jax.value_and_grad(loss_of)(p, b, blocks, key, rate)
        scale = jnp.minimum(1.0, 1.0 / (1e-6 + jnp.sqrt(sum((x ** 2).sum() for x in g.values()))))
        out, new_m, new_v, new_average = {}, {}, {}, {}
        keep = jnp.minimum(0.998, (1 + at) / (10 + at))
        for name in p:
            new_m[name] = 0.9 * m[name] + 0.1 * g[name] * scale
            new_v[name] = 0.98 * v[name] + 0.02 * (g[name] * scale) ** 2
            change = new_m[name] / (1 - 0.9 ** at) / (jnp.sqrt(new_v[name] / (1 - 0.98 ** at)) + 1e-8)
            if name.endswith(".w"):
                change = change + decay * p[name]
            out[name] = p[name] - lr * change
            new_average[name] = keep * average[name] + (1 - keep) * out[name]
        return out, new_m, new_v, new_average, loss
    return step


# ---------------------------------------------------------------- measures
def normalize(text):
    text = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def f1(a, b):
    a, b = normalize(a).split(), normalize(b).split()
    same = sum((collections.Counter(a) & collections.Counter(b)).values())
    return 2 * same / (len(a) + len(b)) if same else float(a == b)


def auc(positive, negative):
    both = sorted([(s, 1) for s in positive] + [(s, 0) for s in negative])
    rank, total = 0, 0
    for _, label in both:
        if label:
            total += rank
        else:
            rank += 1
    return total / max(len(positive) * len(negative), 1)


def predict(p, data, pairs, blocks):
    run = jax.jit(lambda p, b: forward(p, b, blocks))
    out = {}
    for group, b in batches(data, pairs, 32):
        count = len(group)
        if count < 32:
            b = {k: np.concatenate([v, np.zeros((32 - count,) + v.shape[1:], v.dtype)])
                 for k, v in b.items()}
        spans, null = map(np.asarray, run(p, b))
        for at, pair in enumerate(group):
            best = int(spans[at].argmax())
            first, length = divmod(best, SPAN_WORDS_MAX)
            text = data.text[pair["id"]]
            words = pair["words"]
            answer = text[words[first][0]:words[first + length][1]]
            out[id(pair)] = (answer, float(spans[at].max()), float(null[at]))
    return out


def evaluate(p, data, pairs, blocks):
    found = predict(p, data, pairs, blocks)
    exact = overlap = count = 0
    margins = {"answerable": [], "adversarial": [], "other": []}
    for pair in pairs:
        answer, score, null = found[id(pair)]
        kind = "other" if pair.get("negative") else \
            "answerable" if pair["answers"] else "adversarial"
        margins[kind].append(score - null)
        if kind == "answerable":
            count += 1
            exact += any(normalize(answer) == normalize(a) for a in pair["answers"])
            overlap += max(f1(answer, a) for a in pair["answers"])
    return {"questions": count, "exact": exact / max(count, 1), "f1": overlap / max(count, 1),
            "auc_adversarial": auc(margins["answerable"], margins["adversarial"]),
            "auc_other": auc(margins["answerable"], margins["other"])}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--states", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--layers", type=int, nargs="+", default=[4, 8, 12])
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--blocks", type=int, default=3)
    parser.add_argument("--pair-width", type=int, default=24)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--decay", type=float, default=0.02)
    parser.add_argument("--pairs", type=int, default=0, help="only the first ones")
    parser.add_argument("--held-out", type=int, default=1, help="which sixth of the articles; 0: none")
    parser.add_argument("--init", type=pathlib.Path, help="go on from these weights")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    jax.config.update("jax_compilation_cache_dir", str(options.out.parent / "compiled"))
    data = Data(options)
    titles = sorted({p["title"] for p in data.pairs})
    random.Random(7).shuffle(titles)
    held = set(titles[6 * (options.held_out - 1):6 * options.held_out]) if options.held_out else set()
    source = {p["id"]: p["title"] for p in read_paragraphs(options.data)}
    paragraph_ids = [p["id"] for p in read_paragraphs(options.data)]

    def is_held(pair):
        return source[paragraph_ids[pair["source"]]] in held or pair["title"] in held
    train = [p for p in data.pairs if not is_held(p) and (p["spans"] or not p["answers"])]
    test = [p for p in data.pairs if pair_is_test(p, held, source, paragraph_ids)]
    print(f"held out: {sorted(held)}\n{len(train)} pairs to train, {len(test)} to test", flush=True)
    p = init(options.seed, len(options.layers), options.width, options.blocks, options.pair_width)
    print(sum(x.size for x in p.values()), "weights", flush=True)
    if options.init:
        with np.load(options.init / "weights.npz") as file:
            p = {k: file[k] for k in p}
    zero = {k: np.zeros_like(x) for k, x in p.items()}
    m, v, average = zero, zero, p
    step = make_step(options.blocks, options.dropout, options.decay)
    rng, key = random.Random(options.seed), jax.random.PRNGKey(options.seed)
    total = options.epochs * (len(train) // options.batch)
    at, begun = 0, time.time()
    for epoch in range(options.epochs):
        losses = []
        for _, b in batches(data, train, options.batch, rng):
            at += 1
            lr = options.rate * min(1.0, at / 200) * 0.5 * (1 + np.cos(np.pi * at / (total + 1)))
            p, m, v, average, loss = step(p, m, v, average, b, at, lr, jax.random.fold_in(key, at))
            losses.append(loss)
            if at % 25 == 0:
                print(f"  {at}/{total} {np.mean([float(x) for x in losses[-25:]]):.3f} {time.time() - begun:.0f} s",
                      file=sys.stderr, flush=True)
        line = {"epoch": epoch + 1, "loss": float(np.mean([float(x) for x in losses])),
                "seconds": round(time.time() - begun)}
        if test and (epoch + 1 == options.epochs or (epoch + 1) % 2 == 0):
            line |= evaluate(average, data, test, options.blocks)
        print(json.dumps({k: round(x, 4) for k, x in line.items()}), flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    np.savez(options.out / "weights.npz", **{k: np.asarray(x) for k, x in average.items()})
    (options.out / "options.json").write_text(json.dumps(
        {k: str(x) if isinstance(x, pathlib.Path) else x for k, x in vars(options).items()}))


def pair_is_test(pair, held, source, paragraph_ids):
    return bool(held) and source[paragraph_ids[pair["source"]]] in held


if __name__ == "__main__":
    main()
