// Shapes: messages of cairn.v1 as the JSON that scripts rely on.
//
// Documents and entities appear by their ids, without the collection; a page
// that does not exist is null. Fields may be added, never renamed.
// Pure functions.
#pragma once

#include <cairn/v1/collection.pb.h>
#include <cairn/v1/document.pb.h>
#include <cairn/v1/entity.pb.h>
#include <cairn/v1/entity_service.pb.h>
#include <cairn/v1/query.pb.h>
#include <cairn/v1/query_service.pb.h>

#include <string>
#include <string_view>

#include "base/status.h"
#include "cli/output.h"

namespace cairn::cli {

// "collections/c/documents/d" to "d"; likewise for entities and collections.
std::string IdOf(std::string_view resource_name);
// "SEARCH_MODE_AUTO" with the prefix "SEARCH_MODE_" to "auto".
std::string ShortName(std::string_view enum_name, std::string_view prefix);
// "person"; "unknown".
std::string NameOfType(v1::EntityType type);

Json ShapeOf(const v1::Span& span);
Json ShapeOf(const v1::Box& box);
Json ShapeOf(const v1::TimeRange& time);
Json ShapeOf(const v1::Collection& collection);
// The record, without text.
Json ShapeOf(const v1::Document& document);
// The record with blocks and tables.
Json FullShapeOf(const v1::Document& document);
// What plans call the columns of a table and hold them for.
Json NamedColumnsOf(const v1::Table& table);
std::string KindOf(const v1::TableColumn& column);  // "number", "date", "text".
Json ShapeOf(const v1::Hit& hit);
Json ShapeOf(const v1::RetrieveResponse& response);
Json ShapeOf(const v1::Citation& citation);
Json ShapeOf(const v1::RunTablePlanResponse& computed);
Json ShapeOf(const v1::Usage& usage);
Json ShapeOf(const v1::Entity& entity);
Json ShapeOf(const v1::Mention& mention);
Json ShapeOf(const v1::Evidence& evidence);
// {"code","reason","message"}.
Json ShapeOf(const Status& status);

}  // namespace cairn::cli
