#include "documents/formats/rtf/rtf_row.h"

#include <cstddef>
#include <utility>

#include "documents/document_builder.h"

namespace cairn {

bool RtfRow::Word(const RtfToken& token) {
  if (token.text == "trowd") {
    definitions_.clear();
    definition_ = RtfCellDefinition();
    header_ = false;
  } else if (token.text == "trhdr") {
    header_ = true;
  } else if (token.text == "clmrg") {
    definition_.joins_left = true;
  } else if (token.text == "clvmrg") {
    definition_.joins_above = true;
  } else if (token.text == "cellx") {
    definition_.right_edge = token.number;
    if (definitions_.size() < kRtfColumnsMax) {
      definitions_.push_back(definition_);
    }
    definition_ = RtfCellDefinition();
  } else {
    return false;
  }
  return true;
}

void RtfRow::AddParagraph(std::string_view text) {
  cell_ += text;
  cell_ += '\n';
}

void RtfRow::EndCell(std::string_view rest) {
  cell_ += rest;
  constexpr std::size_t kCellsMax = 2 * kRtfColumnsMax;
  if (cells_.size() < kCellsMax) {
    cells_.push_back(CollapseWhiteSpace(cell_));
  } else {
    cells_.back() += " " + CollapseWhiteSpace(cell_);
  }
  cell_.clear();
}

void RtfRow::End(std::string_view rest, RtfTable& table) {
  if (!TrimWhiteSpace(cell_).empty() || !rest.empty()) EndCell(rest);
  cell_.clear();
  if (!cells_.empty()) {
    table.AddRow(definitions_, std::exchange(cells_, {}), header_);
  }
}

}  // namespace cairn
