#include "services/ingestion/fidelity.h"

#include <gtest/gtest.h>

namespace cairn {
namespace {

TEST(Fidelity, CountsWhatStandsInSomeChunkOnceAndNoWhiteSpace) {
  ParsedDocument parsed;
  parsed.text =
      "caf\xc3\xa9\xc2\xa0"
      "au lait\n\nlost";
  parsed.blocks.resize(3);
  parsed.tables.resize(2);
  parsed.tables[0].cells.resize(4);
  parsed.tables[1].cells.resize(1);
  parsed.warnings = {"w"};
  std::vector<Chunk> chunks(3);
  chunks[0].span = {7, 14};  // "au lait"
  chunks[1].span = {0, 9};   // "café au", overlapping.
  chunks[2].span = {8, 9};
  const Fidelity fidelity = MeasureFidelity(parsed, chunks);
  EXPECT_EQ(fidelity, (Fidelity{.blocks = 3,
                                .cells = 5,
                                .characters = 14,
                                .characters_kept = 10,
                                .warnings = 1}));
}

TEST(Fidelity, OfNothingIsNothing) {
  EXPECT_EQ(MeasureFidelity({}, {}), Fidelity());
}

}  // namespace
}  // namespace cairn
