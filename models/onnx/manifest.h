// ModelManifest: what a model's folder says about itself.
//
// Place: OpenOnnxEmbedder reads it first; whoever opens a model lazily learns
// its identity and dimension from it, at the cost of one small file.
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

struct ModelManifest {
  std::string name;
  std::string licence;
  std::string model;                          // File in the folder.
  std::string tokenizer;                      // File in the folder.
  std::map<std::string, std::string> sha256;  // File to 64 hex digits.
  Pooling pooling = Pooling::kFirst;
  std::size_t dimension = 0;   // 1 to 65,536.
  std::size_t max_tokens = 0;  // Without special ones; 1 to 1,000,000.
  std::string query_prefix;
  std::string passage_prefix;
  std::string output;  // Of the network.

  // "name@first eight digits of the network's SHA-256".
  std::string model_id() const;
};

// Reads folder/manifest.json and looks at nothing else.
StatusOr<ModelManifest> ReadManifest(const std::string& folder);

// The bytes of one of the manifest's files, verified.
StatusOr<std::string> ReadModelFile(const std::string& folder,
                                    const ModelManifest& manifest,
                                    const std::string& file);

}  // namespace cairn
