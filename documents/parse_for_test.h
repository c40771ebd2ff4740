// ParseOk: parses for tests, and checks every promise of the result.
#pragma once

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "documents/parser.h"

namespace cairn {

inline ParsedDocument ParseOk(std::string_view bytes,
                              std::string_view media_type,
                              std::string_view file_name = {}) {
  const ParseInput input{
      .bytes = bytes, .media_type = media_type, .file_name = file_name};
  StatusOr<ParsedDocument> document = ParseInProcess(input, Limits());
  EXPECT_TRUE(document.ok()) << document.status();
  if (!document.ok()) return {};
  EXPECT_EQ(FindBreach(*document), "");
  return *std::move(document);
}

// The reason of the failure; "OK" when it did not fail.
inline std::string ParseReason(std::string_view bytes,
                               std::string_view media_type,
                               std::string_view file_name = {},
                               const Limits& limits = Limits()) {
  const ParseInput input{
      .bytes = bytes, .media_type = media_type, .file_name = file_name};
  const StatusOr<ParsedDocument> document = ParseInProcess(input, limits);
  return document.ok() ? "OK" : ReasonOf(document.status());
}

// "heading1 Title|paragraph Text|..." with line breaks as spaces.
inline std::string Outline(const ParsedDocument& document) {
  std::string out;
  for (const Block& block : document.blocks) {
    if (!out.empty()) out += "|";
    out += NameOf(block.type);
    if (block.level > 0) out += std::to_string(block.level);
    out += " ";
    out += block.span.Of(document.text);
  }
  for (char& sign : out) {
    if (sign == '\n') sign = ' ';
  }
  return out;
}

// "a,b;c,d" of a table's cells in their order, ";" where the row changes.
inline std::string CellsOf(const ParsedDocument& document,
                           std::size_t table = 0) {
  std::string out;
  if (table >= document.tables.size()) return "no table";
  std::uint32_t row = 0;
  for (const Cell& cell : document.tables[table].cells) {
    if (cell.row != row) {
      out += ";";
    } else if (!out.empty()) {
      out += ",";
    }
    row = cell.row;
    out += cell.span.Of(document.text);
  }
  return out;
}

// Changes bytes behind the first 512, the head of a compound file, in `count`
// ways: each is parsed, or refused with a reason.
inline void ExpectPromisesKept(const FormatParser& parser,
                               const std::string& seed, unsigned count) {
  for (unsigned number = 0; number < count; ++number) {
    SCOPED_TRACE("seed " + std::to_string(number));
    std::mt19937 random(number);
    std::string bytes = seed;
    for (unsigned i = 1 + random() % 10; i > 0; --i) {
      bytes[512 + random() % (bytes.size() - 512)] =
          static_cast<char>(random() % 3 == 0 ? random() : random() % 16);
    }
    const auto document = parser.Parse({.bytes = bytes}, Limits());
    if (document.ok()) {
      ASSERT_EQ(FindBreach(*document), "");
    } else {
      ASSERT_NE(ReasonOf(document.status()), "");
    }
  }
}

}  // namespace cairn
