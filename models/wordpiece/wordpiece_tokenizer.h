// WordPieceTokenizer: the ids of BERT's uncased models.
//
// Place: the tokenizer of models/onnx; ingestion counts chunk tokens with it.
// Promise: ids equal those of the reference library for every valid UTF-8
// text, names of special tokens inside the text ("[SEP]") included. Invalid
// bytes are dropped, as the reference drops U+FFFD.
// Threads: safe; immutable after FromJson.
// Errors: FromJson gives INVALID_ARGUMENT for what is no tokenizer.json, and
// UNIMPLEMENTED, naming the part, for one of another kind.
// Limits: 1,000,000 pieces; a word over 100 signs is one unknown token.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "models/tokenizer.h"
#include "models/wordpiece/word_pieces.h"

namespace cairn {

// Ids that frame or stand for text.
struct SpecialIds {
  std::int32_t start = -1;      // [CLS]
  std::int32_t separator = -1;  // [SEP]
  std::int32_t padding = -1;    // [PAD]
  std::int32_t unknown = -1;    // [UNK]
};

class WordPieceTokenizer final : public Tokenizer {
 public:
  // The text of a tokenizer.json with BertNormalizer (uncased),
  // BertPreTokenizer and WordPiece.
  static StatusOr<std::unique_ptr<WordPieceTokenizer>> FromJson(
      std::string_view tokenizer_json);

  std::vector<std::int32_t> Encode(
      std::string_view text, std::size_t max_tokens = SIZE_MAX) const override;
  std::size_t CountTokens(std::string_view text) const override;
  bool Knows(std::string_view word) const override {
    return pieces_.Find(word) >= 0;
  }

  const SpecialIds& special_ids() const { return special_ids_; }

 private:
  // Found in the raw text, before anything else.
  struct AddedToken {
    std::string content;
    std::int32_t id = -1;
  };
  friend class TokenizerReader;
  template <typename Sink>
  friend class TextWalk;

  explicit WordPieceTokenizer(std::size_t pieces) : pieces_(pieces) {}

  WordPieces pieces_;
  std::vector<AddedToken> added_;  // Longest first.
  SpecialIds special_ids_;
};

}  // namespace cairn
