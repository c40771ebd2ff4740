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
constexpr std::size_t kBatchMax = 64;
// Of the encoder, which set-up fetches, and of what users bring themselves.
constexpr std::string_view kEncoderRemedy = "run ./run setup";
constexpr std::string_view kOwnRemedy =
    "put the file there, and its SHA-256 into the manifest";

Status Mismatch(const std::string& path, std::string_view what,
                std::string_view remedy) {
  return DataLossError(
      path + ": " + std::string(what) + "; " + std::string(remedy),
      "MODEL_MISMATCH");
}

Status BadManifest(const std::string& path, std::string_view what,
                   std::string_view remedy) {
  return InvalidArgumentError(
      path + ": " + std::string(what) + "; " + std::string(remedy),
      "BAD_MANIFEST");
}

// ReadFile, with the words that a user without models needs.
StatusOr<std::string> ReadOrTellRemedy(const std::string& path,
                                       std::size_t bytes_max,
                                       std::string_view remedy) {
  auto bytes = ReadFile(path, bytes_max);
  if (bytes.ok()) return bytes;
  if (bytes.status().code() == StatusCode::kNotFound) {
    return NotFoundError(
        path + ": the model is missing; " + std::string(remedy),
        "MODEL_MISSING");
  }
  if (ReasonOf(bytes.status()) == "FILE_TOO_LARGE") {
    return Mismatch(path, "larger than a model's file may be", remedy);
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

// Empty when the files can be used, else what is wrong.
std::string Fault(const ModelFiles& files) {
  if (files.name.empty()) return "the name is empty";
  for (const std::string& file : {files.model, files.tokenizer}) {
    if (!IsPlainName(file)) return "not a file name: \"" + file + '"';
    const auto found = files.sha256.find(file);
    if (found == files.sha256.end() || !IsSha256(found->second)) {
      return "no SHA-256 of " + file;
    }
  }
  if (files.max_tokens == 0 || files.max_tokens > 1'000'000) {
    return "max_tokens is not in 1..1000000";
  }
  return {};
}

// Negative or broken: 0, which is refused. Throws when it is absent.
std::size_t ReadCount(const Json& json, const char* field) {
  const Json& value = json.at(field);
  return value.is_number_unsigned() ? value.get<std::size_t>() : 0;
}

// Throws what nlohmann throws.
void ParseFiles(const Json& json, ModelFiles& files) {
  json.at("name").get_to(files.name);
  files.licence = json.value("licence", "");
  json.at("model").get_to(files.model);
  json.at("tokenizer").get_to(files.tokenizer);
  json.at("sha256").get_to(files.sha256);
  files.max_tokens = ReadCount(json, "max_tokens");
  json.at("output").get_to(files.output);
}

std::string ParseEncoder(const Json& json, ModelManifest& manifest) {
  manifest.dimension = ReadCount(json, "dimension");
  manifest.query_prefix = json.value("query_prefix", "");
  manifest.passage_prefix = json.value("passage_prefix", "");
  const auto pooling = json.at("pooling").get<std::string>();
  if (pooling != "cls" && pooling != "mean") {
    return "pooling is neither cls nor mean";
  }
  manifest.pooling = pooling == "cls" ? Pooling::kFirst : Pooling::kMean;
  if (manifest.dimension == 0 || manifest.dimension > 65'536) {
    return "dimension is not in 1..65536";
  }
  return {};
}

std::string ParseCrossEncoder(const Json& json,
                              CrossEncoderManifest& manifest) {
  if (json.value("kind", "") != "cross-encoder") {
    return "the kind is not cross-encoder";
  }
  const std::string scores = json.value("scores", "logits");
  if (scores != "logits" && scores != "probabilities") {
    return "scores are neither logits nor probabilities";
  }
  manifest.probabilities = scores == "probabilities";
  if (json.contains("batch_passages")) {
    manifest.batch_passages = ReadCount(json, "batch_passages");
  }
  if (manifest.batch_passages == 0 || manifest.batch_passages > kBatchMax) {
    return "batch_passages is not in 1..64";
  }
  return {};
}

// `parse` reads what the kind has beside its files, and says what is wrong.
template <typename Manifest, typename Parse>
StatusOr<Manifest> Read(const std::string& folder, std::string_view remedy,
                        std::string_view manifest_remedy, const Parse& parse) {
  const std::string path = folder + "/manifest.json";
  CAIRN_ASSIGN_OR_RETURN(const std::string text,
                         ReadOrTellRemedy(path, kManifestBytesMax, remedy));
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    return BadManifest(path, "not JSON", manifest_remedy);
  }
  try {
    Manifest manifest;
    manifest.remedy = remedy;
    ParseFiles(json, manifest);
    std::string fault = parse(json, manifest);
    if (fault.empty()) fault = Fault(manifest);
    if (!fault.empty()) return BadManifest(path, fault, manifest_remedy);
    return manifest;
  } catch (const std::exception& error) {
    return BadManifest(path, error.what(), manifest_remedy);
  }
}

}  // namespace

std::string ModelFiles::model_id() const {
  const auto found = sha256.find(model);
  const std::string digits = found == sha256.end() ? "" : found->second;
  return name + '@' + digits.substr(0, kShaDigitsOfId);
}

StatusOr<ModelManifest> ReadManifest(const std::string& folder) {
  return Read<ModelManifest>(folder, kEncoderRemedy,
                             "correct it, or run ./run setup for ours",
                             ParseEncoder);
}

StatusOr<CrossEncoderManifest> ReadCrossEncoderManifest(
    const std::string& folder) {
  return Read<CrossEncoderManifest>(
      folder, kOwnRemedy,
      "correct it; models/onnx/README.md describes the fields",
      ParseCrossEncoder);
}

StatusOr<std::string> ReadModelFile(const std::string& folder,
                                    const ModelFiles& files,
                                    const std::string& file) {
  const std::string path = folder + '/' + file;
  const auto expected = files.sha256.find(file);
  if (expected == files.sha256.end()) {
    return Mismatch(path, "the manifest has no SHA-256 of it", files.remedy);
  }
  CAIRN_ASSIGN_OR_RETURN(std::string bytes,
                         ReadOrTellRemedy(path, kFileBytesMax, files.remedy));
  const std::string actual = Sha256Hex(bytes);
  if (actual != expected->second) {
    return Mismatch(
        path,
        "SHA-256 is " + actual + ", the manifest says " + expected->second,
        files.remedy);
  }
  return bytes;
}

}  // namespace cairn
