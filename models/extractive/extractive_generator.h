// ExtractiveGenerator: answers that quote.
//
// Place: the embedded Generator. Scores the sentences, list items and table
// rows of the evidence against the question, hands back the best ones byte for
// byte, with a few words or a cell as the short answer where one stands out,
// and abstains when the evidence does not seem to answer. Cost: with a reader
// at most 8 readings of passages and 8 encodes of units (a question that wants
// an explanation: 4 and 24), without one 30 encodes; on two threads. Threads:
// safe. Deterministic but for the deadline: what was not read or encoded in
// time is judged by its words alone. Errors: those of the models. No evidence
// is no error: the draft abstains. Limits: English question words; others get a
// sentence without short answer.
#pragma once

#include <memory>

#include "models/answer_reader.h"
#include "models/embedder.h"
#include "models/generator.h"

namespace cairn {

// `embedder` and `reader` must outlive the generator. Without a reader rules
// find the short answer, and its id is "extractive-1".
std::unique_ptr<Generator> MakeExtractiveGenerator(
    const Embedder& embedder, const AnswerReader* reader = nullptr);

}  // namespace cairn
