#include "documents/formats/pdf/table_columns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace cairn::pdf {
namespace {

TextRow RowOf(const std::vector<std::pair<float, float>>& spans) {
  TextRow row;
  for (const auto& [left, right] : spans) {
    Item item;
    item.box = {left, 0, right, 10};
    item.size = 10;
    row.items.push_back(item);
  }
  return row;
}

std::vector<const TextRow*> Pointers(const std::vector<TextRow>& rows) {
  std::vector<const TextRow*> out;
  for (const TextRow& row : rows) out.push_back(&row);
  return out;
}

TEST(TableColumnsTest, ARiverRunsWhereAllRowsLeaveRoom) {
  const std::vector<TextRow> rows = {RowOf({{0, 40}, {100, 120}, {150, 170}}),
                                     RowOf({{0, 60}, {95, 120}, {155, 170}}),
                                     RowOf({{0, 30}, {110, 120}, {150, 170}})};
  const std::vector<float> rivers = FindRivers(Pointers(rows), {0, 200, 2});
  ASSERT_EQ(rivers.size(), 2U);
  EXPECT_NEAR(rivers[0], 77.5F, 1);
  EXPECT_NEAR(rivers[1], 135, 1);
}

TEST(TableColumnsTest, ATitleAcrossTheColumnsHasNoSay) {
  const std::vector<TextRow> rows = {RowOf({{20, 150}}),
                                     RowOf({{0, 40}, {100, 120}, {150, 170}}),
                                     RowOf({{0, 60}, {95, 120}, {155, 170}})};
  EXPECT_EQ(FindRivers(Pointers(rows), {0, 200, 2}).size(), 2U);
}

// The meaning, with no sums of differences: at every river no row that has a
// say is crossed, and enough have text on both sides; between two columns that
// all rows respect there is a river.
TEST(TableColumnsTest, RiversAreWhatALookAtEveryRowFinds) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    std::vector<TextRow> rows;
    const std::size_t columns = 2 + random() % 5;
    for (std::size_t r = 0, count = 2 + random() % 6; r < count; ++r) {
      std::vector<std::pair<float, float>> spans;
      for (std::size_t c = 0; c < columns; ++c) {
        const float left = static_cast<float>(c * 60 + random() % 15);
        spans.emplace_back(left, left + 16 + static_cast<float>(random() % 20));
      }
      rows.push_back(RowOf(spans));
    }
    const std::vector<float> rivers =
        FindRivers(Pointers(rows), {0, 400, rows.size(), 1});
    ASSERT_EQ(rivers.size(), columns - 1);
    for (const float river : rivers) {
      for (const TextRow& row : rows) {
        std::size_t before = 0;
        for (const Item& item : row.items) {
          EXPECT_FALSE(item.box.left < river - 1 && item.box.right > river + 1);
          before += item.box.right <= river + 1 ? 1 : 0;
        }
        EXPECT_GT(before, 0U);
        EXPECT_LT(before, row.items.size());
      }
    }
  }
}

}  // namespace
}  // namespace cairn::pdf
