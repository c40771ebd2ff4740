#include "cli/shapes.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <array>
#include <map>

namespace cairn::cli {
namespace {

using google::protobuf::util::TimeUtil;

Json PageOf(std::uint32_t page) { return page == 0 ? Json() : Json(page); }

template <typename Timings>
Json TimingsOf(const Timings& timings) {
  Json out = Json::object();
  for (const v1::StageTiming& timing : timings) {
    out[timing.stage()] = timing.ms();
  }
  return out;
}

template <typename Boxes>
Json BoxesOf(const Boxes& boxes) {
  Json out = Json::array();
  for (const v1::Box& box : boxes) out.push_back(ShapeOf(box));
  return out;
}

template <typename Values>
Json ListOf(const Values& values) {
  Json out = Json::array();
  for (const auto& value : values) out.push_back(value);
  return out;
}

Json ValueOf(const v1::CellValue& value) {
  switch (value.kind()) {
    case v1::CellValue::KIND_MISSING:
      return {{"kind", "missing"}};
    case v1::CellValue::KIND_NUMBER:
      return {{"kind", "number"},
              {"number", value.number()},
              {"unit", value.unit()}};
    case v1::CellValue::KIND_DATE:
      return {{"kind", "date"}, {"date", value.date()}};
    default:
      return nullptr;
  }
}

Json CellOf(const v1::Cell& cell) {
  return {{"row", cell.row()},
          {"col", cell.column()},
          {"row_span", cell.row_span()},
          {"col_span", cell.column_span()},
          {"text", cell.text()},
          {"value", cell.has_value() ? ValueOf(cell.value()) : Json()},
          {"header", cell.header()},
          {"box", cell.has_box() ? ShapeOf(cell.box()) : Json()},
          {"span", ShapeOf(cell.span())}};
}

// Around all boxes of the first page.
Json HullOf(const v1::Block& block) {
  if (block.boxes().empty()) return nullptr;
  v1::Box hull = block.boxes(0);
  for (const v1::Box& box : block.boxes()) {
    if (box.page() != hull.page()) continue;
    hull.set_left(std::min(hull.left(), box.left()));
    hull.set_top(std::min(hull.top(), box.top()));
    hull.set_right(std::max(hull.right(), box.right()));
    hull.set_bottom(std::max(hull.bottom(), box.bottom()));
  }
  return ShapeOf(hull);
}

Json TableOf(const v1::Table& table, const v1::Document& document) {
  const bool known =
      table.block() < static_cast<std::uint32_t>(document.blocks_size());
  const v1::Block& block =
      known ? document.blocks(static_cast<int>(table.block()))
            : v1::Block::default_instance();
  Json cells = Json::array();
  for (const v1::Cell& cell : table.cells()) cells.push_back(CellOf(cell));
  return {{"block", table.block()},
          {"page", PageOf(block.page())},
          {"box", HullOf(block)},
          {"caption", table.caption()},
          {"rows", table.rows()},
          {"columns", table.columns()},
          {"header_rows", table.header_rows()},
          {"named_columns", NamedColumnsOf(table)},
          {"cells", std::move(cells)}};
}

Json BlockOf(const v1::Block& block) {
  return {{"type", ShortName(v1::Block::Type_Name(block.type()), "TYPE_")},
          {"level", block.level()},
          {"span", ShapeOf(block.span())},
          {"section", ListOf(block.section())},
          {"page", PageOf(block.page())},
          {"boxes", BoxesOf(block.boxes())},
          {"time", block.has_time() ? ShapeOf(block.time()) : Json()}};
}

Json MapOf(const google::protobuf::Map<std::string, std::string>& map) {
  // Sorted: the map of protobuf has no order.
  const std::map<std::string, std::string> sorted(map.begin(), map.end());
  return sorted;
}

}  // namespace

Json NamedColumnsOf(const v1::Table& table) {
  Json columns = Json::array();
  for (const v1::TableColumn& column : table.named_columns()) {
    columns.push_back({{"name", column.name()},
                       {"kind", KindOf(column)},
                       {"unit", column.unit()}});
  }
  return columns;
}

std::string KindOf(const v1::TableColumn& column) {
  switch (column.kind()) {
    case v1::CellValue::KIND_NUMBER:
      return "number";
    case v1::CellValue::KIND_DATE:
      return "date";
    default:
      return "text";
  }
}

std::string IdOf(std::string_view resource_name) {
  constexpr std::array<std::string_view, 3> kKinds = {
      "/documents/", "/entities/", "collections/"};
  for (const std::string_view kind : kKinds) {
    // A document id may hold '/': the first match ends the collection.
    const std::size_t at = resource_name.find(kind);
    if (at != std::string_view::npos) {
      return std::string(resource_name.substr(at + kind.size()));
    }
  }
  return std::string(resource_name);
}

std::string ShortName(std::string_view enum_name, std::string_view prefix) {
  if (enum_name.substr(0, prefix.size()) == prefix) {
    enum_name.remove_prefix(prefix.size());
  }
  std::string out(enum_name);
  for (char& sign : out) {
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign + 32);
  }
  return out;
}

std::string NameOfType(v1::EntityType type) {
  if (type == v1::ENTITY_TYPE_UNSPECIFIED) return "unknown";
  return ShortName(v1::EntityType_Name(type), "ENTITY_TYPE_");
}

Json ShapeOf(const v1::Span& span) {
  return {{"begin", span.begin()}, {"end", span.end()}};
}

Json ShapeOf(const v1::Box& box) {
  return {{"page", box.page()},
          {"left", box.left()},
          {"top", box.top()},
          {"right", box.right()},
          {"bottom", box.bottom()}};
}

Json ShapeOf(const v1::TimeRange& time) {
  return {{"begin_s", time.begin_s()}, {"end_s", time.end_s()}};
}

Json ShapeOf(const v1::Collection& collection) {
  const v1::CollectionStats& stats = collection.stats();
  return {{"name", IdOf(collection.name())},
          {"description", collection.description()},
          {"embedder", collection.embedder()},
          {"dimension", collection.dimension()},
          {"extractor", collection.extractor()},
          {"sentence_vectors", collection.sentence_vectors()},
          {"create_time", TimeUtil::ToString(collection.create_time())},
          {"documents", stats.documents()},
          {"chunks", stats.chunks()},
          {"tokens", stats.tokens()},
          {"text_bytes", stats.text_bytes()},
          {"tables", stats.tables()},
          {"pages", stats.pages()}};
}

Json ShapeOf(const v1::Fidelity& fidelity) {
  return {{"blocks", fidelity.blocks()},
          {"cells", fidelity.cells()},
          {"characters", fidelity.characters()},
          {"characters_kept", fidelity.characters_kept()},
          {"warnings", fidelity.warnings()}};
}

Json ShapeOf(const v1::Document& document) {
  return {{"document", IdOf(document.name())},
          {"version", document.version()},
          {"title", document.title()},
          {"format", document.format()},
          {"language", document.language()},
          {"source_uri", document.source_uri()},
          {"metadata", MapOf(document.metadata())},
          {"source_sha256", document.source_sha256()},
          {"text_sha256", document.text_sha256()},
          {"source_bytes", document.source_bytes()},
          {"text_bytes", document.text_bytes()},
          {"pages", document.pages()},
          {"chunks", document.chunks()},
          {"table_count", document.table_count()},
          {"tokens", document.tokens()},
          {"fidelity", ShapeOf(document.fidelity())},
          {"create_time", TimeUtil::ToString(document.create_time())},
          {"update_time", TimeUtil::ToString(document.update_time())}};
}

Json FullShapeOf(const v1::Document& document) {
  Json out = ShapeOf(document);
  Json blocks = Json::array();
  for (const v1::Block& block : document.blocks()) {
    blocks.push_back(BlockOf(block));
  }
  Json tables = Json::array();
  for (const v1::Table& table : document.tables()) {
    tables.push_back(TableOf(table, document));
  }
  out["blocks"] = std::move(blocks);
  out["tables"] = std::move(tables);
  out["warnings"] = ListOf(document.warnings());
  return out;
}

Json ShapeOf(const v1::Hit& hit) {
  const std::map<std::string, double> scores(hit.scores().begin(),
                                             hit.scores().end());
  return {{"document", IdOf(hit.document())},
          {"version", hit.version()},
          {"chunk", hit.chunk()},
          {"title", hit.title()},
          {"score", hit.score()},
          {"scores", Json(scores)},
          {"context", hit.context()},
          {"text", hit.text()},
          {"span", ShapeOf(hit.span())},
          {"page", PageOf(hit.page())},
          {"table", hit.table()},
          {"chunks", hit.chunks()}};
}

Json ShapeOf(const v1::RetrieveResponse& response) {
  Json hits = Json::array();
  for (const v1::Hit& hit : response.hits()) hits.push_back(ShapeOf(hit));
  Json timings = TimingsOf(response.timings());
  timings["total"] = response.total_ms();
  return {{"hits", std::move(hits)},
          {"timings_ms", std::move(timings)},
          {"dropped_stages", ListOf(response.dropped_stages())},
          {"mended_query", response.mended_query()}};
}

Json ShapeOf(const v1::Citation& citation) {
  Json cells = Json::array();
  for (const v1::Cell& cell : citation.cells()) cells.push_back(CellOf(cell));
  return {{"document", IdOf(citation.document())},
          {"version", citation.version()},
          {"title", citation.title()},
          {"span", ShapeOf(citation.span())},
          {"quote", citation.quote()},
          {"quote_sha256", citation.quote_sha256()},
          {"page", PageOf(citation.page())},
          {"boxes", BoxesOf(citation.boxes())},
          {"time", citation.has_time() ? ShapeOf(citation.time()) : Json()},
          {"cells", std::move(cells)}};
}

Json ShapeOf(const v1::RunTablePlanResponse& computed) {
  const auto values = [](const auto& list) {
    Json out = Json::array();
    for (const v1::TableValue& value : list) {
      out.push_back(
          {{"text", value.text()},
           {"value", value.has_value() ? ValueOf(value.value()) : Json()},
           {"computed", value.computed()}});
    }
    return out;
  };
  Json citations = Json::array();
  for (const v1::Citation& citation : computed.citations()) {
    citations.push_back(ShapeOf(citation));
  }
  return {{"values", values(computed.values())},
          {"counts", values(computed.counts())},
          {"plan", computed.plan()},
          {"tables", ListOf(computed.tables())},
          {"probability",
           computed.has_probability() ? Json(computed.probability()) : Json()},
          {"notes", ListOf(computed.notes())},
          {"cell_count", computed.cell_count()},
          {"citations", std::move(citations)}};
}

Json ShapeOf(const v1::Usage& usage) {
  const auto bytes = static_cast<double>(usage.output_bytes());
  return {{"retrieved_chunks", usage.retrieved_chunks()},
          {"context_tokens", usage.context_tokens()},
          {"output_bytes", usage.output_bytes()},
          {"total_ms", usage.total_ms()},
          {"ms_per_output_byte",
           bytes > 0 ? Json(usage.total_ms() / bytes) : Json()},
          {"timings_ms", TimingsOf(usage.timings())}};
}

Json ShapeOf(const v1::Entity& entity) {
  Json titled = Json::array();
  for (const std::string& name : entity.titled_documents()) {
    titled.push_back(IdOf(name));
  }
  return {{"entity", IdOf(entity.name())},
          {"name", entity.display_name()},
          {"normalized_name", entity.normalized_name()},
          {"type", NameOfType(entity.type())},
          {"aliases", ListOf(entity.aliases())},
          {"mentions", entity.mentions()},
          {"chunks", entity.chunks()},
          {"documents", entity.documents()},
          {"titled_documents", std::move(titled)}};
}

Json ShapeOf(const v1::Mention& mention) {
  return {{"document", IdOf(mention.document())},
          {"chunk", mention.chunk()},
          {"span", ShapeOf(mention.span())},
          {"surface", mention.surface()},
          {"kind", ShortName(v1::Mention::Kind_Name(mention.kind()), "KIND_")},
          {"confidence", mention.confidence()}};
}

Json ShapeOf(const v1::Evidence& evidence) {
  return {{"document", IdOf(evidence.document())},
          {"chunk", evidence.chunk()},
          {"span", ShapeOf(evidence.span())},
          {"text", evidence.text()}};
}

Json ShapeOf(const Status& status) {
  return {{"code", static_cast<int>(status.code())},
          {"reason", ReasonOf(status)},
          {"message", MessageOf(status)}};
}

}  // namespace cairn::cli
