#include "models/onnx/manifest.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/file.h"
#include "base/hash.h"

namespace cairn {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kManifestBytesMax = 1 << 20;
constexpr std::size_t kFileBytesMax = std::size_t{2} << 30;
constexpr std::size_t kShaDigits = 64;
constexpr std::size_t kShaDigitsOfId = 8;
constexpr std::string_view kRemedy = "; run ./run setup";

Status Mismatch(const std::string& path, std::string_view what) {
  return DataLossError(path + ": " + std::string(what) + std::string(kRemedy),
                       "MODEL_MISMATCH");
}

Status BadManifest(const std::string& path, std::string_view what) {
  return InvalidArgumentError(path + ": " + std::string(what) +
                                  "; correct it, or run ./run setup for ours",
                              "BAD_MANIFEST");
}

// ReadFile, with the words that a user without models needs.
StatusOr<std::string> ReadOrTellRemedy(const std::string& path,
                                       std::size_t bytes_max) {
  auto bytes = ReadFile(path, bytes_max);
  if (bytes.ok()) return bytes;
  if (bytes.status().code() == StatusCode::kNotFound) {
    return NotFoundError(path + ": the model is missing" + std::string(kRemedy),
                         "MODEL_MISSING");
  }
  if (ReasonOf(bytes.status()) == "FILE_TOO_LARGE") {
    return Mismatch(path, "larger than a model's file may be");
  }
  return bytes.status();
}

bool IsSha256(const std::string& digits) {
  return digits.size() == kShaDigits &&
         std::all_of(digits.begin(), digits.end(), [](char sign) {
           return (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'f');
         });
}

// A name in the folder, and in no other.
bool IsPlainName(const std::string& file) {
  return !file.empty() && file != "." && file != ".." &&
         file.find('/') == std::string::npos &&
         file.find('\0') == std::string::npos;
}

// Empty when the manifest can be used, else what is wrong.
std::string Fault(const ModelManifest& manifest) {
  if (manifest.name.empty()) return "the name is empty";
  for (const std::string& file : {manifest.model, manifest.tokenizer}) {
    if (!IsPlainName(file)) return "not a file name: \"" + file + '"';
    const auto found = manifest.sha256.find(file);
    if (found == manifest.sha256.end() || !IsSha256(found->second)) {
      return "no SHA-256 of " + file;
    }
  }
  if (manifest.dimension == 0 || manifest.dimension > 65'536) {
    return "dimension is not in 1..65536";
  }
  if (manifest.max_tokens == 0 || manifest.max_tokens > 1'000'000) {
    return "max_tokens is not in 1..1000000";
  }
  return {};
}

// Absent, negative or broken: 0, which Fault refuses.
std::size_t ReadCount(const Json& json, const char* field) {
  const Json& value = json.at(field);
  return value.is_number_unsigned() ? value.get<std::size_t>() : 0;
}

// Throws what nlohmann throws.
ModelManifest Parse(const Json& json) {
  ModelManifest manifest;
  json.at("name").get_to(manifest.name);
  manifest.licence = json.value("licence", "");
  json.at("model").get_to(manifest.model);
  json.at("tokenizer").get_to(manifest.tokenizer);
  json.at("sha256").get_to(manifest.sha256);
  manifest.dimension = ReadCount(json, "dimension");
  manifest.max_tokens = ReadCount(json, "max_tokens");
  manifest.query_prefix = json.value("query_prefix", "");
  manifest.passage_prefix = json.value("passage_prefix", "");
  json.at("output").get_to(manifest.output);
  return manifest;
}

}  // namespace

std::string ModelManifest::model_id() const {
  const auto found = sha256.find(model);
  const std::string digits = found == sha256.end() ? "" : found->second;
  return name + '@' + digits.substr(0, kShaDigitsOfId);
}

StatusOr<ModelManifest> ReadManifest(const std::string& folder) {
  const std::string path = folder + "/manifest.json";
  CAIRN_ASSIGN_OR_RETURN(const std::string text,
                         ReadOrTellRemedy(path, kManifestBytesMax));
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return BadManifest(path, "not JSON");
  try {
    ModelManifest manifest = Parse(json);
    const auto pooling = json.at("pooling").get<std::string>();
    if (pooling != "cls" && pooling != "mean") {
      return BadManifest(path, "pooling is neither cls nor mean");
    }
    manifest.pooling = pooling == "cls" ? Pooling::kFirst : Pooling::kMean;
    const std::string fault = Fault(manifest);
    if (!fault.empty()) return BadManifest(path, fault);
    return manifest;
  } catch (const std::exception& error) {
    return BadManifest(path, error.what());
  }
}

StatusOr<std::string> ReadModelFile(const std::string& folder,
                                    const ModelManifest& manifest,
                                    const std::string& file) {
  const std::string path = folder + '/' + file;
  const auto expected = manifest.sha256.find(file);
  if (expected == manifest.sha256.end()) {
    return Mismatch(path, "the manifest has no SHA-256 of it");
  }
  CAIRN_ASSIGN_OR_RETURN(std::string bytes,
                         ReadOrTellRemedy(path, kFileBytesMax));
  const std::string actual = Sha256Hex(bytes);
  if (actual != expected->second) {
    return Mismatch(path, "SHA-256 is " + actual + ", the manifest says " +
                              expected->second);
  }
  return bytes;
}

}  // namespace cairn
