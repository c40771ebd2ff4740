// Values of the domain to messages of cairn.v1 and back.
//
// Place: the handlers' only knowledge of both sides. Pure functions.
// Names: a function that needs it takes the collection's id, since resource
// names carry it and the domain's values do not.
// Errors: INVALID_ARGUMENT with the field, from the messages' side.
#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"
#include "domain/answer.h"
#include "domain/document.h"
#include "domain/entity.h"
#include "domain/search.h"
#include "storage/records.h"
#include "tables/cell_value.h"

namespace cairn {

namespace v1 {
class AnswerQuestionRequest;
class Box;
class Cell;
class CellValue;
class Citation;
class Collection;
class Document;
class Entity;
class Hit;
class Mention;
class RetrieveRequest;
class RetrieveResponse;
class Span;
class TimeRange;
class UploadMetadata;
class Usage;
}  // namespace v1

void ToProto(const ByteSpan& span, v1::Span* out);
void ToProto(const Box& box, v1::Box* out);
void ToProto(const TimeRange& time, v1::TimeRange* out);
Box FromProto(const v1::Box& box);
// `text`: the whole canonical text; empty leaves the cell's text out.
void ToProto(const Cell& cell, std::string_view text, v1::Cell* out);
Cell FromProto(const v1::Cell& cell);
// Text leaves `out` as it is.
void ToProto(const CellValue& value, v1::CellValue* out);

void ToProto(const CollectionRecord& collection, const CollectionStats& stats,
             v1::Collection* out);

void ToProto(const Document& document, std::string_view collection,
             v1::Document* out);
Document FromProto(const v1::Document& document);
// Adds blocks, tables and warnings.
void AddStructure(const ParsedDocument& parsed, v1::Document* out);

// Without bytes.
StatusOr<DocumentSource> FromProto(const v1::UploadMetadata& metadata,
                                   const Limits& limits);
Status CheckDocumentId(std::string_view id, std::string_view field,
                       const Limits& limits);

// Without deadline.
StatusOr<SearchRequest> FromProto(const v1::RetrieveRequest& request,
                                  const Limits& limits);
StatusOr<AnswerRequest> FromProto(const v1::AnswerQuestionRequest& request,
                                  const Limits& limits);

struct HitFields {
  bool text = true;
  bool scores = false;
};
void ToProto(const Hit& hit, std::string_view collection,
             const HitFields& fields, v1::Hit* out);
void ToProto(const SearchResult& result, std::string_view collection,
             const HitFields& fields, v1::RetrieveResponse* out);
void ToProto(const Citation& citation, std::string_view collection,
             v1::Citation* out);
void ToProto(const Usage& usage, v1::Usage* out);

void ToProto(const Entity& entity, std::string_view collection,
             v1::Entity* out);
// Without document, chunk and surface.
void ToProto(const Mention& mention, v1::Mention* out);

}  // namespace cairn
