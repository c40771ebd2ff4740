// Weights: the trained numbers of the reader's head.
//
// Place: models/reader/weights/ in the source tree, compiled into the program;
// written by tools/reader/train_reader.py.
// Format: manifest.json names the encoder, the layers, the sizes and the
// SHA-256 of weights.f16, which holds the matrices of `Weights` one after the
// other in the order of the manifest's "matrices": rows of IEEE halves, low
// byte first.
// Errors: DATA_LOSS, reason READER_DAMAGED: the two files do not fit together.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "models/reader/matrix.h"

namespace cairn::reader {

struct Weights {
  std::string id;       // "name@first eight digits of the SHA-256".
  std::string encoder;  // Model id of the embedder whose states it knows.
  std::vector<std::size_t> layers;
  std::size_t blocks = 0;
  std::map<std::string, Matrix, std::less<>> matrices;

  // `name` must be one of the names of the head (checked when parsed).
  const Matrix& Get(std::string_view name) const;
};

StatusOr<Weights> ParseWeights(std::string_view manifest_json,
                               std::string_view halves);

// The files that are compiled in.
std::string_view EmbeddedManifest();
std::string_view EmbeddedHalves();

}  // namespace cairn::reader
