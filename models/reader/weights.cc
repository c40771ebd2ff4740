#include "models/reader/weights.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <nlohmann/json.hpp>

#include "base/half.h"
#include "base/hash.h"

namespace cairn::reader {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kShaDigitsOfId = 8;

Status Damaged(std::string_view what) {
  return DataLossError(
      "the reader's weights are damaged: " + std::string(what) +
          "; restore models/reader/weights and build again",
      "READER_DAMAGED");
}

Matrix FromHalves(std::string_view bytes, std::size_t rows,
                  std::size_t columns) {
  Matrix matrix(rows, columns);
  for (std::size_t at = 0; at < matrix.values.size(); ++at) {
    const auto low = static_cast<unsigned char>(bytes[2 * at]);
    const auto high = static_cast<unsigned char>(bytes[2 * at + 1]);
    matrix.values[at] = FromHalf(static_cast<std::uint16_t>(high << 8 | low));
  }
  return matrix;
}

// May throw what the JSON library throws.
StatusOr<Weights> Parse(std::string_view manifest_json,
                        std::string_view halves) {
  const Json manifest = Json::parse(manifest_json);
  const std::string sha256 = Sha256Hex(halves);
  if (manifest.at("sha256").get<std::string>() != sha256) {
    return Damaged("their SHA-256 is " + sha256);
  }
  Weights weights{.id = manifest.at("name").get<std::string>() + "@" +
                        sha256.substr(0, kShaDigitsOfId),
                  .encoder = manifest.at("encoder").get<std::string>(),
                  .layers = manifest.at("layers"),
                  .blocks = manifest.at("blocks"),
                  .matrices = {}};
  std::size_t offset = 0;
  for (const Json& entry : manifest.at("matrices")) {
    const auto name = entry.at("name").get<std::string>();
    const auto rows = entry.at("rows").get<std::size_t>();
    const auto columns = entry.at("columns").get<std::size_t>();
    const std::size_t room = (halves.size() - offset) / 2;
    if (rows == 0 || columns == 0 || rows > room || columns > room / rows) {
      return Damaged("too short for " + name);
    }
    weights.matrices[name] = FromHalves(halves.substr(offset), rows, columns);
    offset += 2 * rows * columns;
  }
  if (offset != halves.size()) return Damaged("they are too long");
  return weights;
}

}  // namespace

const Matrix& Weights::Get(std::string_view name) const {
  return matrices.find(name)->second;
}

StatusOr<Weights> ParseWeights(std::string_view manifest_json,
                               std::string_view halves) {
  try {
    return Parse(manifest_json, halves);
  } catch (const std::exception& error) {
    return Damaged(error.what());
  }
}

}  // namespace cairn::reader
