#include "services/convert/convert.h"

#include <cairn/v1/document.pb.h>
#include <cairn/v1/document_service.pb.h>
#include <cairn/v1/query.pb.h>
#include <cairn/v1/query_service.pb.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/support/status.h>
#include <gtest/gtest.h>

#include "services/convert/resource_name.h"
#include "services/convert/status.h"

namespace cairn {
namespace {

TEST(StatusConversion, KeepsCodeMessageReasonAndField) {
  for (const Status& status :
       {NotFoundError("no such thing", "NO_THING"), DataLossError("file x"),
        InvalidFieldError("limit", "must be positive"),
        ResourceExhaustedError("busy", "SERVER_BUSY")}) {
    const Status back = FromGrpc(ToGrpc(status));
    EXPECT_EQ(back.code(), status.code());
    EXPECT_EQ(MessageOf(back), MessageOf(status));
    EXPECT_EQ(ReasonOf(back), ReasonOf(status));
    EXPECT_EQ(FieldOf(back), FieldOf(status));
  }
  EXPECT_TRUE(FromGrpc(ToGrpc(OkStatus())).ok());
}

TEST(StatusConversion, SendsRetryInfoWhenBusyAndMendsForeignBytes) {
  google::rpc::Status wire;
  ToProto(ResourceExhaustedError("bad \xff byte, \xc3\xa9 stays"), &wire);
  EXPECT_EQ(wire.message(), "bad ? byte, \xc3\xa9 stays");
  ASSERT_EQ(wire.details_size(), 2);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(wire.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "RESOURCE_EXHAUSTED");
  EXPECT_EQ(info.domain(), "cairn");
  google::rpc::RetryInfo retry;
  EXPECT_TRUE(wire.details(1).UnpackTo(&retry));
}

TEST(ResourceNames, ComeBackAndRefuseOthers) {
  const auto document = ParseDocumentName(MakeDocumentName("c", "a/b c"), "n");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->collection, "c");
  EXPECT_EQ(document->document, "a/b c");
  const auto entity = ParseEntityName(MakeEntityName("c", EntityId(0xab)), "n");
  ASSERT_TRUE(entity.ok());
  EXPECT_EQ(entity->entity, EntityId(0xab));
  for (const char* bad :
       {"", "collections", "collections/", "c/x", "collections/c/documents/",
        "collections//documents/d"}) {
    EXPECT_EQ(FieldOf(ParseDocumentName(bad, "name").status()), "name") << bad;
  }
  EXPECT_FALSE(ParseCollectionName("collections/a/b", "n").ok());
  EXPECT_FALSE(ParseEntityName("collections/c/entities/12", "n").ok());
}

TEST(WriteTokens, ComeBackAndEmptyMeansAnyState) {
  EXPECT_EQ(ParseWriteToken(MakeWriteToken(Sequence(77)), "t").value(),
            Sequence(77));
  EXPECT_EQ(ParseWriteToken("", "t").value(), Sequence(0));
  EXPECT_FALSE(ParseWriteToken("w12", "t").ok());
  EXPECT_FALSE(ParseWriteToken("w00000000000000zz", "t").ok());
}

TEST(DocumentConversion, RoundTrips) {
  const Document document{.id = "a~b.pdf",
                          .title = "T",
                          .version = "0123456789abcdef",
                          .source_sha256 = "s",
                          .text_sha256 = "t",
                          .format = "pdf",
                          .language = "en",
                          .source_uri = "u",
                          .metadata = {{"k", "v"}},
                          .source_bytes = 1,
                          .text_bytes = 2,
                          .pages = 3,
                          .chunks = 4,
                          .tables = 5,
                          .tokens = 6,
                          .create_time_micros = 1'700'000'000'123'456,
                          .update_time_micros = 1'700'000'000'654'321,
                          .fidelity = {.blocks = 7,
                                       .cells = 8,
                                       .characters = 9,
                                       .characters_kept = 10,
                                       .warnings = 11}};
  v1::Document wire;
  ToProto(document, "c", &wire);
  EXPECT_EQ(FromProto(wire), document);
}

TEST(CellConversion, RoundTripsWithAndWithoutABox) {
  Cell cell{.row = 1,
            .column = 2,
            .row_span = 3,
            .column_span = 4,
            .span = {5, 9},
            .header = true,
            .box = {}};
  for (const bool with_box : {false, true}) {
    if (with_box) cell.box = Box{1, 2, 3, 4, 5};
    v1::Cell wire;
    ToProto(cell, "01234cell9", &wire);
    EXPECT_EQ(FromProto(wire), cell);
    EXPECT_EQ(wire.text(), "cell");
  }
}

TEST(RetrieveConversion, TakesDefaultsAndEveryMode) {
  v1::RetrieveRequest request;
  request.set_query("q");
  EXPECT_EQ(FromProto(request, Limits())->limit, 10u);
  EXPECT_EQ(FromProto(request, Limits())->mode, SearchMode::kAuto);
  request.set_mode(v1::SEARCH_MODE_TABLE);
  EXPECT_EQ(FromProto(request, Limits())->mode, SearchMode::kTable);
  request.set_mode(static_cast<v1::SearchMode>(99));
  EXPECT_EQ(FieldOf(FromProto(request, Limits()).status()), "mode");
  request.clear_mode();
  request.set_limit(1001);
  EXPECT_EQ(FieldOf(FromProto(request, Limits()).status()), "limit");
  request.clear_limit();
  request.set_query(" \n");
  EXPECT_EQ(FieldOf(FromProto(request, Limits()).status()), "query");
}

TEST(UploadConversion, RefusesWhatIsTooLarge) {
  v1::UploadMetadata metadata;
  EXPECT_EQ(FieldOf(FromProto(metadata, Limits()).status()), "document_id");
  metadata.set_document_id(std::string(513, 'x'));
  EXPECT_EQ(FieldOf(FromProto(metadata, Limits()).status()), "document_id");
  metadata.set_document_id("d");
  (*metadata.mutable_metadata())["k"] = std::string(20'000, 'x');
  EXPECT_EQ(FieldOf(FromProto(metadata, Limits()).status()), "metadata");
  metadata.clear_metadata();
  EXPECT_TRUE(FromProto(metadata, Limits()).ok());
}

TEST(TableConversion, TellsWhatCellsMean) {
  ParsedDocument parsed;
  parsed.text = "Item\tIn USD\nRent\t(1,200)\nFood\tn/a";
  parsed.blocks.push_back(
      {.type = BlockType::kTable, .span = {0, 35}, .table = 0, .boxes = {}});
  parsed.tables.push_back(
      {.block = 0,
       .caption = {},
       .rows = 3,
       .columns = 2,
       .header_rows = 1,
       .cells = {{.span = {0, 4}, .header = true, .box = {}},
                 {.column = 1, .span = {5, 11}, .header = true, .box = {}},
                 {.row = 1, .column = 0, .span = {12, 16}, .box = {}},
                 {.row = 1, .column = 1, .span = {17, 24}, .box = {}},
                 {.row = 2, .column = 0, .span = {25, 29}, .box = {}},
                 {.row = 2, .column = 1, .span = {30, 33}, .box = {}}},
       .row_spans = {}});
  v1::Document wire;
  AddStructure(parsed, &wire);
  const auto& cells = wire.tables(0).cells();
  EXPECT_FALSE(cells[1].has_value());
  EXPECT_FALSE(cells[2].has_value());
  EXPECT_EQ(cells[3].value().kind(), v1::CellValue::KIND_NUMBER);
  EXPECT_EQ(cells[3].value().number(), -1200);
  EXPECT_EQ(cells[3].value().unit(), "USD");
  EXPECT_EQ(cells[5].value().kind(), v1::CellValue::KIND_MISSING);
  const auto& columns = wire.tables(0).named_columns();
  ASSERT_EQ(columns.size(), 2);
  EXPECT_EQ(columns[0].name(), "Item");
  EXPECT_FALSE(columns[0].has_kind());
  EXPECT_EQ(columns[1].name(), "In USD");
  EXPECT_EQ(columns[1].kind(), v1::CellValue::KIND_NUMBER);
  EXPECT_EQ(columns[1].unit(), "USD");
}

TEST(CitationConversion, GivesCellsTheirTextFromTheQuote) {
  Citation citation;
  citation.span = {10, 20};
  citation.quote = "0123456789";
  citation.cells.push_back(
      {.row = 0, .column = 0, .span = {12, 15}, .box = {}});
  v1::Citation wire;
  ToProto(citation, "c", &wire);
  EXPECT_EQ(wire.cells(0).text(), "234");
}

}  // namespace
}  // namespace cairn
