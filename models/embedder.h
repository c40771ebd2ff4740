// Embedder: text to a unit vector.
//
// Place: ingestion embeds chunks, queries embed questions. Implementations:
// onnx/OnnxEmbedder, fake/FakeEmbedder (deterministic, for tests).
// Threads: safe; calls from several threads use as many cores.
// Promise: a text's vector does not depend on what else is embedded, nor on
// the number of threads: rebuilding an index gives the same bytes.
// Errors: INTERNAL with the runtime's words; DEADLINE_EXCEEDED never (a text
// takes milliseconds; callers check deadlines between texts).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "models/token_states.h"
#include "models/tokenizer.h"

namespace cairn {

enum class EmbedKind { kPassage, kQuery };

class Embedder {
 public:
  virtual ~Embedder() = default;
  // Identity of the vectors, "bge-small-en-v1.5-int8@6c9c6101": a collection
  // keeps it, and vectors of another model are refused.
  virtual const std::string& model_id() const = 0;
  virtual std::size_t dimension() const = 0;
  // Tokens of a text that count; the rest is cut off (special ones excluded).
  virtual std::size_t max_tokens() const = 0;
  virtual const Tokenizer& tokenizer() const = 0;
  // What computes the vectors, for people: "ONNX Runtime".
  virtual std::string engine() const { return model_id(); }
  // L2-normalised; `dimension()` floats.
  virtual StatusOr<std::vector<float>> Embed(std::string_view text,
                                             EmbedKind kind) const = 0;
  // As Embed of each, to the bit; several short texts at once cost less.
  // `threads`: how many may work on it, for one who waits (at most two are
  // used); who has more texts than cores gives 1.
  virtual StatusOr<std::vector<std::vector<float>>> EmbedMany(
      std::span<const std::string> texts, EmbedKind kind,
      std::size_t threads) const {
    static_cast<void>(threads);
    std::vector<std::vector<float>> vectors;
    for (const std::string& text : texts) {
      CAIRN_ASSIGN_OR_RETURN(std::vector<float> vector, Embed(text, kind));
      vectors.push_back(std::move(vector));
    }
    return vectors;
  }
  // The states after the given layers (from 1) of "[CLS] part [SEP] part
  // [SEP] ...", where a part is the tokenizer's ids; no more than max_tokens()
  // ids with all but two of the special ones. UNIMPLEMENTED: this embedder
  // does not show them.
  virtual StatusOr<TokenStates> EncodeTokens(
      std::span<const std::vector<std::int32_t>> parts,
      std::span<const std::size_t> layers) const {
    static_cast<void>(parts);
    static_cast<void>(layers);
    return UnimplementedError(model_id() + " shows no states of tokens");
  }
};

}  // namespace cairn
