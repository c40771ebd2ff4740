#include "models/onnx/manifest.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/hash.h"

namespace cairn {
namespace {

constexpr std::size_t kManifestBytesMax = 1 << 16;
constexpr std::size_t kModelBytesMax = std::size_t{4} << 30;

Status BadManifest(const std::string& path, std::string_view what) {
  return InvalidArgumentError(path + ": " + std::string(what), "BAD_MANIFEST");
}

bool IsFileName(const std::string& name) {
  return !name.empty() && name.find('/') == std::string::npos && name != "..";
}

}  // namespace

std::string ModelManifest::model_id() const {
  const auto hash = sha256.find(model);
  return name + "@" +
         (hash == sha256.end() ? std::string("unknown")
                               : hash->second.substr(0, 8));
}

StatusOr<ModelManifest> ReadManifest(const std::string& folder) {
  const std::string path = folder + "/manifest.json";
  const auto bytes = ReadFile(path, kManifestBytesMax);
  if (!bytes.ok()) {
    return NotFoundError("no model at " + folder + " (" +
                             MessageOf(bytes.status()) +
                             "); run ./run setup, or name a model folder with "
                             "--models",
                         "MODEL_MISSING");
  }
  const auto json = nlohmann::json::parse(*bytes, nullptr, false);
  if (!json.is_object()) return BadManifest(path, "is not a JSON object");
  ModelManifest manifest;
  const auto text = [&](const char* field, const char* fallback) {
    const auto found = json.find(field);
    return found != json.end() && found->is_string() ? found->get<std::string>()
                                                     : std::string(fallback);
  };
  const auto number = [&](const char* field) -> std::size_t {
    const auto found = json.find(field);
    return found != json.end() && found->is_number_unsigned()
               ? found->get<std::size_t>()
               : 0;
  };
  manifest.name = text("name", "");
  manifest.model = text("model", "model.onnx");
  manifest.tokenizer = text("tokenizer", "tokenizer.json");
  manifest.query_prefix = text("query_prefix", "");
  manifest.passage_prefix = text("passage_prefix", "");
  manifest.output = text("output", "last_hidden_state");
  const std::string pooling = text("pooling", "");
  manifest.mean_pooling = pooling == "mean";
  manifest.dimension = number("dimension");
  manifest.max_tokens = number("max_tokens");
  if (const auto hashes = json.find("sha256");
      hashes != json.end() && hashes->is_object()) {
    for (const auto& [file, hash] : hashes->items()) {
      if (hash.is_string()) manifest.sha256[file] = hash.get<std::string>();
    }
  }
  if (manifest.name.empty()) return BadManifest(path, "name is missing");
  if (!IsFileName(manifest.model) || !IsFileName(manifest.tokenizer)) {
    return BadManifest(path, "model and tokenizer are file names");
  }
  if (pooling != "cls" && pooling != "mean") {
    return BadManifest(path, "pooling is cls or mean");
  }
  if (manifest.dimension == 0 || manifest.dimension > 8192 ||
      manifest.max_tokens < 8 || manifest.max_tokens > 32768) {
    return BadManifest(path, "dimension or max_tokens is out of range");
  }
  return manifest;
}

StatusOr<std::string> ReadModelFile(const std::string& folder,
                                    const ModelManifest& manifest,
                                    const std::string& file) {
  const std::string path = folder + "/" + file;
  auto bytes = ReadFile(path, kModelBytesMax);
  if (!bytes.ok()) {
    return NotFoundError(MessageOf(bytes.status()) + "; run ./run setup",
                         "MODEL_MISSING");
  }
  const auto wanted = manifest.sha256.find(file);
  if (wanted == manifest.sha256.end() || Sha256Hex(*bytes) != wanted->second) {
    return DataLossError(path +
                             " does not match the SHA-256 of its manifest; "
                             "delete it and run ./run setup",
                         "MODEL_MISMATCH");
  }
  return bytes;
}

}  // namespace cairn
