#include "documents/sandbox/codec.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

namespace cairn {
namespace {

ParsedDocument Sample() {
  ParsedDocument document;
  document.title = "Pr\xc3\xa4mien";
  document.text = "Head\n\na b\nc d";
  document.pages = 2;
  document.unread_speech = true;
  document.language = "de";
  document.format = "pdf";
  document.warnings = {"page 2 has no text"};
  document.properties = {{"author", "Ada"}, {"created", "2024-03-05"}};
  document.blocks.push_back({.type = BlockType::kHeading,
                             .level = 2,
                             .span = {0, 4},
                             .page = 1,
                             .boxes = {{1, 10, 20, 30.5F, 40}},
                             .time = TimeRange{1500, 2500}});
  document.blocks.push_back({.type = BlockType::kTable,
                             .span = {6, 13},
                             .heading = 0,
                             .table = 0,
                             .page = 2});
  Table table;
  table.block = 1;
  table.caption = {0, 4};
  table.rows = 2;
  table.columns = 2;
  table.header_rows = 1;
  table.cells = {
      {.row = 0, .column = 0, .span = {6, 7}, .header = true},
      {.row = 1, .column = 1, .span = {12, 13}, .box = Box{2, 1, 2, 3, 4}}};
  table.row_spans = {{6, 9}, {10, 13}};
  document.tables.push_back(table);
  return document;
}

std::string Encoded(const ParsedDocument& document) {
  std::string out;
  EncodeParsedDocument(document, out);
  return out;
}

bool Equal(const ParsedDocument& a, const ParsedDocument& b) {
  return a.title == b.title && a.text == b.text && a.blocks == b.blocks &&
         a.tables == b.tables && a.pages == b.pages &&
         a.language == b.language && a.format == b.format &&
         a.unread_speech == b.unread_speech && a.warnings == b.warnings &&
         a.properties == b.properties;
}

TEST(Codec, DocumentsComeBackAsTheyWere) {
  const ParsedDocument sample = Sample();
  ASSERT_EQ(FindBreach(sample), "");
  const auto back = DecodeParsedDocument(Encoded(sample), Limits{});
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_TRUE(Equal(*back, sample));
  const auto empty = DecodeParsedDocument(Encoded({}), Limits{});
  ASSERT_TRUE(empty.ok());
  EXPECT_TRUE(Equal(*empty, {}));
}

TEST(Codec, RequestsComeBackAsTheyWere) {
  ParseRequest request{.format = "pdf",
                       .input = {.bytes = "%PDF-",
                                 .media_type = "application/pdf",
                                 .file_name = "a.pdf"},
                       .limits = {}};
  request.limits.parser_cpu_seconds_max = 7;
  request.limits.title_bytes_max = 9;
  const std::string bytes =
      EncodeRequestHead(request) + std::string(request.input.bytes);
  const auto back = DecodeRequest(bytes);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->format, "pdf");
  EXPECT_EQ(back->input.bytes, "%PDF-");
  EXPECT_EQ(back->input.media_type, "application/pdf");
  EXPECT_EQ(back->input.file_name, "a.pdf");
  EXPECT_EQ(back->limits.parser_cpu_seconds_max, 7U);
  EXPECT_EQ(back->limits.title_bytes_max, 9U);
  EXPECT_FALSE(DecodeRequest(bytes.substr(0, bytes.size() - 1)).ok());
}

TEST(Codec, SoundsComeBackAsTheyWereOrAreRefused) {
  ParseRequest request{.format = "film", .wanted = Wanted::kSound};
  const std::string head = EncodeRequestHead(request);
  const auto asked = DecodeRequest(head);
  ASSERT_TRUE(asked.ok());
  EXPECT_EQ(asked->wanted, Wanted::kSound);
  const SoundTrack sound{
      .bytes = std::string("\0\xff", 2), .ending = "m4a", .begin_ms = 40};
  const auto back = DecodeSoundReply(EncodeSoundReply(sound), Limits());
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->bytes, sound.bytes);
  EXPECT_EQ(back->ending, "m4a");
  EXPECT_EQ(back->begin_ms, 40U);
  Limits small;
  small.document_bytes_max = 1;
  EXPECT_FALSE(DecodeSoundReply(EncodeSoundReply(sound), small).ok());
  const SoundTrack hostile{.bytes = "x", .ending = "a\r\nb", .begin_ms = 0};
  EXPECT_FALSE(DecodeSoundReply(EncodeSoundReply(hostile), Limits()).ok());
  EXPECT_EQ(
      ReasonOf(DecodeSoundReply(
                   EncodeSoundReply(InvalidArgumentError("x", "Y")), Limits())
                   .status()),
      "Y");
  EXPECT_FALSE(DecodeSoundReply("", Limits()).ok());
}

FilmFrames SampleFrames() {
  FilmFrames frames;
  frames.film.title = "Title";
  frames.film.format = "film";
  frames.frames = {{{1000, 5000}, "\xff\xd8\xff one"},
                   {{5000, 9000}, "\xff\xd8\xff two"}};
  frames.warnings = {"one was left out"};
  return frames;
}

TEST(Codec, FramesComeBackAsTheyWere) {
  ParseRequest request{.format = "film", .wanted = Wanted::kFrames};
  request.limits.film_frames_max = 7;
  std::string head = EncodeRequestHead(request);
  const auto asked = DecodeRequest(head);
  ASSERT_TRUE(asked.ok());
  EXPECT_EQ(asked->wanted, Wanted::kFrames);
  EXPECT_EQ(asked->limits.film_frames_max, 7U);
  head[5] = 3;  // Behind the name of the format and its length.
  EXPECT_FALSE(DecodeRequest(head).ok());
  const auto back = DecodeFramesReply(EncodeFramesReply(SampleFrames()), {});
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->film.title, "Title");
  ASSERT_EQ(back->frames.size(), 2U);
  EXPECT_EQ(back->frames[1].time, (TimeRange{5000, 9000}));
  EXPECT_EQ(back->frames[1].jpeg, "\xff\xd8\xff two");
  EXPECT_EQ(back->warnings, SampleFrames().warnings);
  EXPECT_EQ(ReasonOf(DecodeFramesReply(
                         EncodeFramesReply(InvalidArgumentError("x", "Y")), {})
                         .status()),
            "Y");
}

TEST(Codec, FramesThatBreakAPromiseAreRefused) {
  const auto refused = [](const FilmFrames& frames, const Limits& limits = {}) {
    const auto back = DecodeFramesReply(EncodeFramesReply(frames), limits);
    return !back.ok() && ReasonOf(back.status()) == "PARSER_CRASHED";
  };
  Limits limits;
  limits.film_frames_max = 1;
  EXPECT_TRUE(refused(SampleFrames(), limits));
  limits = {};
  limits.described_picture_bytes_max = 6;
  EXPECT_TRUE(refused(SampleFrames(), limits));
  FilmFrames frames = SampleFrames();
  frames.frames[1].jpeg = "GIF89a";
  EXPECT_TRUE(refused(frames)) << "no JPEG";
  frames = SampleFrames();
  frames.frames[1].time = {6000, 5000};
  EXPECT_TRUE(refused(frames)) << "ends before it begins";
  frames.frames[1].time = {10, 20};
  EXPECT_TRUE(refused(frames)) << "begins before the one before it";
  frames = SampleFrames();
  frames.film = Sample();
  EXPECT_TRUE(refused(frames)) << "text";
  frames = SampleFrames();
  frames.warnings = {"\xff"};
  EXPECT_TRUE(refused(frames)) << "no UTF-8";
  const std::string reply = EncodeFramesReply(SampleFrames());
  for (std::size_t size = 0; size < reply.size(); ++size) {
    EXPECT_FALSE(DecodeFramesReply(reply.substr(0, size), {}).ok()) << size;
  }
  EXPECT_FALSE(DecodeFramesReply(reply + "x", {}).ok());
}

TEST(Codec, ErrorsKeepCodeReasonAndText) {
  const std::string reply =
      EncodeReply(InvalidArgumentError("no text layer", "NO_TEXT_LAYER"));
  const auto back = DecodeReply(reply, Limits{});
  EXPECT_EQ(back.status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(back.status()), "NO_TEXT_LAYER");
  EXPECT_EQ(MessageOf(back.status()), "no text layer");
}

TEST(Codec, CodesThatNoParserMayGiveBecomeInternal) {
  for (const StatusCode code :
       {StatusCode::kUnauthenticated, StatusCode::kDataLoss}) {
    const auto back =
        DecodeReply(EncodeReply(MakeError(code, "x", "Y")), Limits{});
    EXPECT_EQ(back.status().code(), StatusCode::kInternal);
  }
}

TEST(Codec, EveryTruncationIsRefused) {
  const std::string reply = EncodeReply(Sample());
  for (std::size_t size = 0; size < reply.size(); ++size) {
    EXPECT_FALSE(DecodeReply(reply.substr(0, size), Limits{}).ok()) << size;
  }
  EXPECT_FALSE(DecodeReply(reply + "x", Limits{}).ok());
}

TEST(Codec, ChangedBytesGiveASoundDocumentOrAnError) {
  const std::uint32_t seed = 20261124;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string reply = EncodeReply(Sample());
  for (int round = 0; round < 50'000; ++round) {
    std::string changed = reply;
    for (int i = 0; i < 3; ++i) {
      changed[random() % changed.size()] = static_cast<char>(random());
    }
    const auto back = DecodeReply(changed, Limits{});
    if (!back.ok()) continue;
    EXPECT_EQ(FindBreach(*back), "");
  }
}

TEST(Codec, ValuesOutOfRangeAreRefused) {
  const auto refused = [](const ParsedDocument& document,
                          const Limits& limits = {}) {
    const auto back = DecodeParsedDocument(Encoded(document), limits);
    return !back.ok() && ReasonOf(back.status()) == "PARSER_CRASHED";
  };
  ParsedDocument document = Sample();
  document.text = "a\xffzzzzzzzzzzzzzzz";
  EXPECT_TRUE(refused(document)) << "text that is no UTF-8";
  document = Sample();
  document.text[2] = '\0';
  EXPECT_TRUE(refused(document)) << "NUL in the text";
  document = Sample();
  document.blocks[0].boxes[0].left = std::nanf("");
  EXPECT_TRUE(refused(document)) << "a box without a place";
  document = Sample();
  document.blocks[0].level = 7;
  EXPECT_TRUE(refused(document)) << "heading level";
  document = Sample();
  document.tables[0].cells[0].row_span = UINT32_MAX;
  EXPECT_TRUE(refused(document)) << "a span that wraps around";
  document = Sample();
  document.tables[0].header_rows = 3;
  EXPECT_TRUE(refused(document)) << "more header rows than rows";
  Limits limits;
  limits.text_bytes_max = 5;
  EXPECT_TRUE(refused(Sample(), limits)) << "text above the limit";
  limits = {};
  limits.blocks_max = 1;
  EXPECT_TRUE(refused(Sample(), limits)) << "blocks above the limit";
  limits = {};
  limits.cells_max = 1;
  EXPECT_TRUE(refused(Sample(), limits)) << "cells above the limit";
}

TEST(Codec, FramesAnnounceTheirLength) {
  const std::string frame = Framed("body");
  ASSERT_EQ(frame.size(), kFrameHeaderBytes + 4);
  const std::string header = frame.substr(0, kFrameHeaderBytes);
  EXPECT_EQ(FramedBodyBytes(header, 4).value(), 4U);
  EXPECT_FALSE(FramedBodyBytes(header, 3).ok());
  EXPECT_FALSE(FramedBodyBytes("XXXX" + header.substr(4), 4).ok());
  EXPECT_FALSE(FramedBodyBytes(header.substr(0, 8), 4).ok());
}

}  // namespace
}  // namespace cairn
