// ExtractiveGenerator: answers that quote.
//
// Place: the embedded Generator. Scores the sentences and table rows of the
// evidence against the question, hands back the best ones byte for byte, with
// a name, date, number or cell as the short answer, and abstains when the
// evidence does not seem to answer.
// Cost: one encode of the question and at most 30 of sentences, on two threads.
// Threads: safe. Deterministic but for the deadline: sentences not encoded in
// time are judged by their words alone.
// Errors: the embedder's. No evidence is no error: the draft abstains.
// Limits: English question words; others get a sentence without short answer.
#pragma once

#include <memory>

#include "models/embedder.h"
#include "models/generator.h"

namespace cairn {

// `embedder` must outlive the generator. Its id is "extractive-1".
std::unique_ptr<Generator> MakeExtractiveGenerator(const Embedder& embedder);

}  // namespace cairn
