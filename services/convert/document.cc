#include <cairn/v1/collection.pb.h>
#include <cairn/v1/document.pb.h>
#include <cairn/v1/document_service.pb.h>
#include <google/protobuf/util/time_util.h>

#include <optional>
#include <string>
#include <vector>

#include "services/convert/convert.h"
#include "services/convert/resource_name.h"
#include "tables/scale_around.h"
#include "tables/table_grid.h"
#include "tables/typed_table.h"

namespace cairn {
namespace {

using google::protobuf::util::TimeUtil;

constexpr std::size_t kSourceUriBytesMax = 2048;

Status CheckMetadata(const Metadata& metadata, const Limits& limits) {
  std::size_t bytes = 0;
  for (const auto& [key, value] : metadata) bytes += key.size() + value.size();
  if (metadata.size() > limits.metadata_entries_max ||
      bytes > limits.metadata_bytes_max) {
    return InvalidFieldError(
        "metadata", "has more than " +
                        std::to_string(limits.metadata_entries_max) +
                        " entries or " +
                        std::to_string(limits.metadata_bytes_max) + " bytes");
  }
  return OkStatus();
}

// The enumerations differ by one: 0 is UNSPECIFIED on the wire.
v1::Block::Type TypeOf(BlockType type) {
  return static_cast<v1::Block::Type>(static_cast<int>(type) + 1);
}

// The unit of all numbers of a column; empty: none, or several.
std::string UnitOf(const TableGrid& grid, std::size_t column) {
  std::optional<std::string> unit;
  for (const GridRow& row : grid.rows) {
    const CellValue& value = row.slots[column].value;
    if (value.kind != CellKind::kNumber) continue;
    if (unit && *unit != value.unit) return {};
    unit = value.unit;
  }
  return unit.value_or("");
}

void AddColumns(const Table& table, std::string_view text, double scale,
                v1::Table* out) {
  const StatusOr<TableGrid> grid = MakeGrid(table, text, 0, scale);
  if (!grid.ok()) return;  // Too large to compute over.
  for (std::size_t i = 0; i < grid->columns.size(); ++i) {
    auto* const column = out->add_named_columns();
    column->set_name(grid->ColumnName(i));
    if (grid->columns[i].kind == CellKind::kNumber) {
      column->set_kind(v1::CellValue::KIND_NUMBER);
      column->set_unit(UnitOf(*grid, i));
    } else if (grid->columns[i].kind == CellKind::kDate) {
      column->set_kind(v1::CellValue::KIND_DATE);
    }
  }
}

void AddTable(const Table& table, const ParsedDocument& parsed,
              v1::Document* out) {
  auto* message = out->add_tables();
  message->set_block(table.block);
  if (!table.caption.empty()) {
    ToProto(table.caption, message->mutable_caption_span());
    message->set_caption(std::string(table.caption.Of(parsed.text)));
  }
  message->set_rows(table.rows);
  message->set_columns(table.columns);
  message->set_header_rows(table.header_rows);
  const double scale = ScaleAround(parsed, table);
  const std::vector<CellValue> values = TypeTable(table, parsed.text, scale);
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    v1::Cell* const cell = message->add_cells();
    ToProto(table.cells[i], parsed.text, cell);
    if (values[i].kind != CellKind::kText) {
      ToProto(values[i], cell->mutable_value());
    }
  }
  for (const ByteSpan& span : table.row_spans) {
    ToProto(span, message->add_row_spans());
  }
  AddColumns(table, parsed.text, scale, message);
}

}  // namespace

void ToProto(const CellValue& value, v1::CellValue* out) {
  switch (value.kind) {
    case CellKind::kText:
      return;
    case CellKind::kMissing:
      out->set_kind(v1::CellValue::KIND_MISSING);
      return;
    case CellKind::kNumber:
      out->set_kind(v1::CellValue::KIND_NUMBER);
      out->set_number(value.number);
      out->set_unit(value.unit);
      return;
    case CellKind::kDate:
      out->set_kind(v1::CellValue::KIND_DATE);
      out->set_date(value.date);
      return;
  }
}

void ToProto(const ByteSpan& span, v1::Span* out) {
  out->set_begin(span.begin);
  out->set_end(span.end);
}

void ToProto(const TimeRange& time, v1::TimeRange* out) {
  out->set_begin_s(time.begin_ms / 1000.0);
  out->set_end_s(time.end_ms / 1000.0);
}

void ToProto(const Box& box, v1::Box* out) {
  out->set_page(box.page);
  out->set_left(box.left);
  out->set_top(box.top);
  out->set_right(box.right);
  out->set_bottom(box.bottom);
}

Box FromProto(const v1::Box& box) {
  return {.page = box.page(),
          .left = box.left(),
          .top = box.top(),
          .right = box.right(),
          .bottom = box.bottom()};
}

void ToProto(const Cell& cell, std::string_view text, v1::Cell* out) {
  out->set_row(cell.row);
  out->set_column(cell.column);
  out->set_row_span(cell.row_span);
  out->set_column_span(cell.column_span);
  ToProto(cell.span, out->mutable_span());
  out->set_header(cell.header);
  if (cell.box) ToProto(*cell.box, out->mutable_box());
  out->set_text(std::string(cell.span.Of(text)));
}

Cell FromProto(const v1::Cell& cell) {
  Cell out{.row = cell.row(),
           .column = cell.column(),
           .row_span = cell.row_span(),
           .column_span = cell.column_span(),
           .span = {cell.span().begin(), cell.span().end()},
           .header = cell.header(),
           .box = {}};
  if (cell.has_box()) out.box = FromProto(cell.box());
  return out;
}

void ToProto(const CollectionRecord& collection, const CollectionStats& stats,
             v1::Collection* out) {
  out->set_name(MakeCollectionName(collection.name));
  out->set_description(collection.description);
  out->set_embedder(collection.embedder);
  out->set_dimension(collection.dimension);
  out->set_extractor(collection.extractor);
  out->set_sentence_vectors(collection.sentence_vectors);
  *out->mutable_create_time() =
      TimeUtil::MicrosecondsToTimestamp(collection.create_time_micros);
  auto* sums = out->mutable_stats();
  sums->set_documents(stats.documents);
  sums->set_chunks(stats.chunks);
  sums->set_tokens(stats.tokens);
  sums->set_text_bytes(stats.text_bytes);
  sums->set_tables(stats.tables);
  sums->set_pages(stats.pages);
}

void ToProto(const Document& document, std::string_view collection,
             v1::Document* out) {
  out->set_name(MakeDocumentName(collection, document.id));
  out->set_title(document.title);
  out->set_version(document.version);
  out->set_etag(document.version);
  out->set_source_sha256(document.source_sha256);
  out->set_text_sha256(document.text_sha256);
  out->set_format(document.format);
  out->set_language(document.language);
  out->set_source_uri(document.source_uri);
  out->mutable_metadata()->insert(document.metadata.begin(),
                                  document.metadata.end());
  out->set_source_bytes(document.source_bytes);
  out->set_text_bytes(document.text_bytes);
  out->set_pages(document.pages);
  out->set_chunks(document.chunks);
  out->set_table_count(document.tables);
  out->set_tokens(document.tokens);
  *out->mutable_create_time() =
      TimeUtil::MicrosecondsToTimestamp(document.create_time_micros);
  *out->mutable_update_time() =
      TimeUtil::MicrosecondsToTimestamp(document.update_time_micros);
  const Fidelity& fidelity = document.fidelity;
  if (fidelity == Fidelity()) return;
  out->mutable_fidelity()->set_blocks(fidelity.blocks);
  out->mutable_fidelity()->set_cells(fidelity.cells);
  out->mutable_fidelity()->set_characters(fidelity.characters);
  out->mutable_fidelity()->set_characters_kept(fidelity.characters_kept);
  out->mutable_fidelity()->set_warnings(fidelity.warnings);
}

Document FromProto(const v1::Document& document) {
  Document out;
  if (const auto name = ParseDocumentName(document.name(), "name"); name.ok()) {
    out.id = name->document;
  }
  out.title = document.title();
  out.version = document.version();
  out.source_sha256 = document.source_sha256();
  out.text_sha256 = document.text_sha256();
  out.format = document.format();
  out.language = document.language();
  out.source_uri = document.source_uri();
  out.metadata = {document.metadata().begin(), document.metadata().end()};
  out.source_bytes = document.source_bytes();
  out.text_bytes = document.text_bytes();
  out.pages = document.pages();
  out.chunks = document.chunks();
  out.tables = document.table_count();
  out.tokens = document.tokens();
  out.create_time_micros =
      TimeUtil::TimestampToMicroseconds(document.create_time());
  out.update_time_micros =
      TimeUtil::TimestampToMicroseconds(document.update_time());
  out.fidelity = {.blocks = document.fidelity().blocks(),
                  .cells = document.fidelity().cells(),
                  .characters = document.fidelity().characters(),
                  .characters_kept = document.fidelity().characters_kept(),
                  .warnings = document.fidelity().warnings()};
  return out;
}

void AddStructure(const ParsedDocument& parsed, v1::Document* out) {
  for (std::size_t i = 0; i < parsed.blocks.size(); ++i) {
    const Block& block = parsed.blocks[i];
    auto* message = out->add_blocks();
    message->set_type(TypeOf(block.type));
    message->set_level(block.level);
    ToProto(block.span, message->mutable_span());
    for (std::string& title :
         SectionPath(parsed, static_cast<std::uint32_t>(i))) {
      message->add_section(std::move(title));
    }
    if (block.heading != Block::kNone) message->set_heading(block.heading);
    if (block.table != Block::kNone) message->set_table(block.table);
    message->set_page(block.page);
    for (const Box& box : block.boxes) ToProto(box, message->add_boxes());
    if (block.time.has_value()) ToProto(*block.time, message->mutable_time());
  }
  for (const Table& table : parsed.tables) AddTable(table, parsed, out);
  for (const std::string& warning : parsed.warnings) out->add_warnings(warning);
}

Status CheckDocumentId(std::string_view id, std::string_view field,
                       const Limits& limits) {
  if (id.empty()) return InvalidFieldError(field, "must not be empty");
  if (id.size() > limits.document_id_bytes_max) {
    return InvalidFieldError(
        field, "is longer than " +
                   std::to_string(limits.document_id_bytes_max) + " bytes");
  }
  for (const char c : id) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      return InvalidFieldError(field, "holds a control character");
    }
  }
  if (id.front() == ' ' || id.back() == ' ') {
    return InvalidFieldError(field, "starts or ends with a space");
  }
  return OkStatus();
}

StatusOr<DocumentSource> FromProto(const v1::UploadMetadata& metadata,
                                   const Limits& limits) {
  CAIRN_RETURN_IF_ERROR(
      CheckDocumentId(metadata.document_id(), "document_id", limits));
  if (metadata.title().size() > limits.title_bytes_max) {
    return InvalidFieldError(
        "title",
        "is longer than " + std::to_string(limits.title_bytes_max) + " bytes");
  }
  if (metadata.source_uri().size() > kSourceUriBytesMax) {
    return InvalidFieldError("source_uri", "is longer than 2048 bytes");
  }
  DocumentSource source;
  source.id = metadata.document_id();
  source.title = metadata.title();
  source.media_type = metadata.media_type();
  source.file_name = metadata.file_name();
  source.source_uri = metadata.source_uri();
  source.metadata = {metadata.metadata().begin(), metadata.metadata().end()};
  CAIRN_RETURN_IF_ERROR(CheckMetadata(source.metadata, limits));
  return source;
}

}  // namespace cairn
