// Resource names and opaque tokens: "collections/c/documents/d" and back.
//
// Place: every handler parses the names of its request here, every conversion
// makes them here.
// Errors: INVALID_ARGUMENT with the field.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"
#include "domain/ids.h"

namespace cairn {

struct DocumentName {
  std::string collection;
  std::string document;  // May hold '/': it is the rest of the name.
};
struct EntityName {
  std::string collection;
  EntityId entity;
};

std::string MakeCollectionName(std::string_view collection);
std::string MakeDocumentName(std::string_view collection,
                             std::string_view document);
std::string MakeEntityName(std::string_view collection, EntityId entity);
std::string MakeOperationName(std::string_view id);

// `field` is the request field that errors name.
StatusOr<std::string> ParseCollectionName(std::string_view name,
                                          std::string_view field);
StatusOr<DocumentName> ParseDocumentName(std::string_view name,
                                         std::string_view field);
StatusOr<EntityName> ParseEntityName(std::string_view name,
                                     std::string_view field);
StatusOr<std::string> ParseOperationName(std::string_view name,
                                         std::string_view field);

// Read-your-writes tokens. An empty token is Sequence(0): any state.
std::string MakeWriteToken(Sequence sequence);
StatusOr<Sequence> ParseWriteToken(std::string_view token,
                                   std::string_view field);

// The reverse of ToHex64 (base/coding.h). INVALID_ARGUMENT unless `text` is
// exactly what that gives.
StatusOr<std::uint64_t> ParseHex64(std::string_view text,
                                   std::string_view field);

// A page size: 0 means `standard`; above `largest` is cut to it.
StatusOr<std::size_t> ParsePageSize(std::int32_t size, std::size_t standard,
                                    std::size_t largest,
                                    std::string_view field);

}  // namespace cairn
