#include "documents/formats/jsonl/jsonl_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace cairn {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kWhite = " \t\r\n\f\v";

std::string AtLine(std::size_t number) {
  return "line " + std::to_string(number);
}

Status FieldError(std::size_t number, std::string_view what) {
  return InvalidArgumentError(AtLine(number) + ": " + std::string(what),
                              "INVALID_FIELD");
}

// Brackets within brackets; what stands in strings does not count.
std::size_t NestingOf(std::string_view json) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char sign = json[i];
    if (in_string) {
      if (sign == '\\') ++i;
      if (sign == '"') in_string = false;
    } else if (sign == '"') {
      in_string = true;
    } else if (sign == '{' || sign == '[') {
      deepest = std::max(deepest, ++depth);
    } else if ((sign == '}' || sign == ']') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

std::string Stringified(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Status ReadId(const Json& json, std::size_t number, DocumentSource& source) {
  const auto id = json.find("id");
  if (id == json.end() || id->is_null()) {
    source.id = "line-" + std::to_string(number);
    return OkStatus();
  }
  if (!id->is_string() && !id->is_number()) {
    return FieldError(number, "\"id\" is neither a string nor a number");
  }
  source.id = Stringified(*id);
  if (source.id.empty()) source.id = "line-" + std::to_string(number);
  return OkStatus();
}

Status ReadMetadata(const Json& json, std::size_t number,
                    DocumentSource& source) {
  const auto metadata = json.find("metadata");
  if (metadata == json.end() || metadata->is_null()) return OkStatus();
  if (!metadata->is_object()) {
    return FieldError(number, "\"metadata\" is not an object");
  }
  for (const auto& [key, value] : metadata->items()) {
    if (!value.is_null()) source.metadata[key] = Stringified(value);
  }
  return OkStatus();
}

StatusOr<DocumentSource> ReadLine(std::string_view line, std::size_t number,
                                  const Limits& limits) {
  if (NestingOf(line) > limits.nesting_max) {
    return InvalidArgumentError(
        AtLine(number) +
            ": JSON is nested deeper than the limit nesting_max "
            "of " +
            std::to_string(limits.nesting_max) + ": flatten the line",
        "BAD_JSON");
  }
  const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded() || !json.is_object()) {
    return InvalidArgumentError(
        AtLine(number) +
            (json.is_discarded() ? ": not valid JSON" : ": not a JSON object") +
            "; a line is {\"id\":...,\"title\":...,\"text\":...}",
        "BAD_JSON");
  }
  DocumentSource source;
  source.media_type = "text/plain";
  CAIRN_RETURN_IF_ERROR(ReadId(json, number, source));
  const auto text = json.find("text");
  if (text == json.end() || !text->is_string()) {
    return FieldError(number, "\"text\" is missing or not a string");
  }
  source.bytes = text->get<std::string>();
  const auto title = json.find("title");
  if (title != json.end() && !title->is_null()) {
    if (!title->is_string()) {
      return FieldError(number, "\"title\" is not a string");
    }
    source.title = title->get<std::string>();
  }
  CAIRN_RETURN_IF_ERROR(ReadMetadata(json, number, source));
  return source;
}

}  // namespace

JsonlReader::JsonlReader(const Limits& limits) : limits_(limits) {}

void JsonlReader::Append(std::string_view part) {
  if (dropped_ == 0 && line_.size() + part.size() <= limits_.line_bytes_max) {
    line_ += part;
    return;
  }
  dropped_ += line_.size() + part.size();
  std::string().swap(line_);
}

void JsonlReader::EndLine(std::string_view line, const Emit& emit) {
  if (line_number_ == 1 && line.starts_with("\xef\xbb\xbf")) {
    line.remove_prefix(3);
  }
  const std::size_t number = line_number_++;
  if (dropped_ > 0 || line.size() > limits_.line_bytes_max) {
    const std::size_t size = dropped_ > 0 ? dropped_ : line.size();
    dropped_ = 0;
    emit(InvalidArgumentError(
             AtLine(number) + " has " + std::to_string(size) +
                 " bytes, above the limit line_bytes_max of " +
                 std::to_string(limits_.line_bytes_max) +
                 ": give the document as a file of its own, or raise the limit",
             "LINE_TOO_LONG"),
         number);
    return;
  }
  if (line.find_first_not_of(kWhite) == std::string_view::npos) return;
  emit(ReadLine(line, number, limits_), number);
}

void JsonlReader::Feed(std::string_view bytes, const Emit& emit) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) {
      Append(bytes);
      return;
    }
    const std::string_view part = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    if (line_.empty() && dropped_ == 0) {
      EndLine(part, emit);  // No copy for a line that lies in one piece.
      continue;
    }
    Append(part);
    EndLine(line_, emit);
    line_.clear();
  }
}

void JsonlReader::Finish(const Emit& emit) {
  if (line_.empty() && dropped_ == 0) return;
  EndLine(line_, emit);
  line_.clear();
}

}  // namespace cairn
