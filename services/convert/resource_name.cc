#include "services/convert/resource_name.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/coding.h"

namespace cairn {
namespace {

constexpr std::string_view kCollections = "collections/";
constexpr std::string_view kDocuments = "documents/";
constexpr std::string_view kEntities = "entities/";
constexpr std::string_view kOperations = "operations/";

bool Consume(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Splits "collections/{c}/{kind}{rest}"; empty collection: it does not fit.
std::string ConsumeParent(std::string_view& name, std::string_view kind) {
  if (!Consume(name, kCollections)) return {};
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return {};
  std::string collection(name.substr(0, slash));
  name.remove_prefix(slash + 1);
  return Consume(name, kind) ? collection : std::string();
}

}  // namespace

std::string MakeCollectionName(std::string_view collection) {
  return std::string(kCollections).append(collection);
}

std::string MakeDocumentName(std::string_view collection,
                             std::string_view document) {
  return MakeCollectionName(collection)
      .append("/")
      .append(kDocuments)
      .append(document);
}

std::string MakeEntityName(std::string_view collection, EntityId entity) {
  return MakeCollectionName(collection)
      .append("/")
      .append(kEntities)
      .append(ToHex64(entity.value()));
}

std::string MakeOperationName(std::string_view id) {
  return std::string(kOperations).append(id);
}

StatusOr<std::string> ParseCollectionName(std::string_view name,
                                          std::string_view field) {
  if (!Consume(name, kCollections) || name.empty() ||
      name.find('/') != std::string_view::npos) {
    return InvalidFieldError(field, "must look like collections/{collection}");
  }
  return std::string(name);
}

StatusOr<DocumentName> ParseDocumentName(std::string_view name,
                                         std::string_view field) {
  DocumentName parsed;
  parsed.collection = ConsumeParent(name, kDocuments);
  if (parsed.collection.empty() || name.empty()) {
    return InvalidFieldError(
        field, "must look like collections/{collection}/documents/{document}");
  }
  parsed.document = name;
  return parsed;
}

StatusOr<EntityName> ParseEntityName(std::string_view name,
                                     std::string_view field) {
  EntityName parsed;
  parsed.collection = ConsumeParent(name, kEntities);
  const auto id = ParseHex64(name, field);
  if (parsed.collection.empty() || !id.ok()) {
    return InvalidFieldError(field,
                             "must look like collections/{collection}/"
                             "entities/{16 hexadecimal digits}");
  }
  parsed.entity = EntityId(*id);
  return parsed;
}

StatusOr<std::string> ParseOperationName(std::string_view name,
                                         std::string_view field) {
  if (!Consume(name, kOperations) || name.empty() || name.size() > 128) {
    return InvalidFieldError(field, "must look like operations/{id}");
  }
  return std::string(name);
}

std::string MakeWriteToken(Sequence sequence) {
  return "w" + ToHex64(sequence.value());
}

StatusOr<Sequence> ParseWriteToken(std::string_view token,
                                   std::string_view field) {
  if (token.empty()) return Sequence(0);
  if (!Consume(token, "w")) {
    return InvalidFieldError(field, "is not a token that this server gave");
  }
  CAIRN_ASSIGN_OR_RETURN(const std::uint64_t value, ParseHex64(token, field));
  return Sequence(value);
}

StatusOr<std::uint64_t> ParseHex64(std::string_view text,
                                   std::string_view field) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value, 16);
  if (text.size() != 16 || result.ec != std::errc() || result.ptr != end ||
      std::any_of(text.begin(), text.end(),
                  [](char c) { return c >= 'A' && c <= 'F'; })) {
    return InvalidFieldError(field, "is malformed; give it back unchanged");
  }
  return value;
}

StatusOr<std::size_t> ParsePageSize(std::int32_t size, std::size_t standard,
                                    std::size_t largest,
                                    std::string_view field) {
  if (size < 0) return InvalidFieldError(field, "must not be negative");
  if (size == 0) return standard;
  return std::min(static_cast<std::size_t>(size), largest);
}

}  // namespace cairn
