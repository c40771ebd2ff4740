// Manifests: what a model's folder says about itself.
//
// Place: OpenOnnxEmbedder and OpenOnnxCrossEncoder read theirs first; whoever
// opens a model lazily learns its identity from it, at the cost of one small
// file. The fields are described in models/onnx/README.md.
// Threads: a value; the functions are safe.
// Errors: NOT_FOUND, reason MODEL_MISSING, when the folder or a file is absent;
// INVALID_ARGUMENT, reason BAD_MANIFEST, when the manifest cannot be used;
// DATA_LOSS, reason MODEL_MISMATCH, when a file is not the one the manifest
// means. Each names the file and the remedy.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "base/status.h"

namespace cairn {

enum class Pooling {
  kFirst,  // The vector of the first token, "cls".
  kMean,   // The mean over all tokens, "mean".
};

// What both kinds of model have.
struct ModelFiles {
  std::string name;
  std::string licence;
  std::string model;                          // File in the folder.
  std::string tokenizer;                      // File in the folder.
  std::map<std::string, std::string> sha256;  // File to 64 hex digits.
  std::size_t max_tokens = 0;  // Without special ones; 1 to 1,000,000.
  std::string output;          // Of the network.
  // What to do about a file that is missing or another; for messages.
  std::string remedy;

  // "name@first eight digits of the network's SHA-256".
  std::string model_id() const;
};

// Of an encoder: text to vector.
struct ModelManifest : ModelFiles {
  Pooling pooling = Pooling::kFirst;
  std::size_t dimension = 0;  // 1 to 65,536.
  std::string query_prefix;
  std::string passage_prefix;
};

// Of a cross-encoder: question and passage to one score. `max_tokens` is that
// of both together.
struct CrossEncoderManifest : ModelFiles {
  // What the network gives is a probability already, no logit.
  bool probabilities = false;
  // Passages that go through the network at a time, padded to the longest; 1
  // to 64. More than 1 makes scores depend on their neighbours where
  // activations are quantised by what is in a batch.
  std::size_t batch_passages = 1;
};

// Both read folder/manifest.json and look at nothing else.
StatusOr<ModelManifest> ReadManifest(const std::string& folder);
StatusOr<CrossEncoderManifest> ReadCrossEncoderManifest(
    const std::string& folder);

// The bytes of one of the model's files, verified.
StatusOr<std::string> ReadModelFile(const std::string& folder,
                                    const ModelFiles& files,
                                    const std::string& file);

}  // namespace cairn
