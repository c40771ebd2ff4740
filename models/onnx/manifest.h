// ModelManifest: what a folder with an encoder says of itself.
//
// Place: read before the model is loaded, so that commands that embed nothing
// know the model's identity without paying for it. One manifest.json a folder;
// models/manifests/ holds those of the models that set-up fetches.
// Errors: NOT_FOUND (MODEL_MISSING) with the remedy; INVALID_ARGUMENT
// (BAD_MANIFEST) naming the field; DATA_LOSS (MODEL_MISMATCH) naming the file.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "base/status.h"

namespace cairn {

struct ModelManifest {
  std::string name;       // "bge-small-en-v1.5-int8"
  std::string model;      // File name of the ONNX graph.
  std::string tokenizer;  // File name of the tokenizer.json.
  std::map<std::string, std::string> sha256;  // Of both files.
  bool mean_pooling = false;                  // Else the first token.
  std::size_t dimension = 0;
  std::size_t max_tokens = 0;  // Without the two special ones.
  std::string query_prefix, passage_prefix;
  std::string output;  // Name of the output of token vectors.

  // "name@first 8 digits of the model's SHA-256".
  std::string model_id() const;
};

StatusOr<ModelManifest> ReadManifest(const std::string& folder);

// The bytes of one of the manifest's files, checked against its hash.
StatusOr<std::string> ReadModelFile(const std::string& folder,
                                    const ModelManifest& manifest,
                                    const std::string& file);

}  // namespace cairn
