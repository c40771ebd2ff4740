#include "models/reader/weights.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace cairn::reader {
namespace {

TEST(Weights, AreThoseOfTheManifest) {
  const auto weights = ParseWeights(EmbeddedManifest(), EmbeddedHalves());
  ASSERT_TRUE(weights.ok()) << weights.status().ToString();
  EXPECT_LT(EmbeddedHalves().size(), std::size_t{1} << 20);
  EXPECT_EQ(weights->encoder, "bge-small-en-v1.5-int8@6c9c6101");
  EXPECT_EQ(weights->Get("length.b").columns, 20u);
}

TEST(Weights, AreRefusedWhenTheBytesAreOthers) {
  std::string halves(EmbeddedHalves());
  halves[halves.size() / 2] = static_cast<char>(halves[halves.size() / 2] ^ 1);
  const auto changed = ParseWeights(EmbeddedManifest(), halves);
  EXPECT_EQ(ReasonOf(changed.status()), "READER_DAMAGED");
  halves.resize(100);
  EXPECT_EQ(ReasonOf(ParseWeights(EmbeddedManifest(), halves).status()),
            "READER_DAMAGED");
}

TEST(Weights, AreRefusedWhenTheManifestLies) {
  auto manifest = nlohmann::json::parse(EmbeddedManifest());
  manifest["matrices"][0]["rows"] = std::size_t{1} << 62;
  EXPECT_EQ(ReasonOf(ParseWeights(manifest.dump(), EmbeddedHalves()).status()),
            "READER_DAMAGED");
  manifest.erase("matrices");
  EXPECT_FALSE(ParseWeights(manifest.dump(), EmbeddedHalves()).ok());
  EXPECT_FALSE(ParseWeights("{", EmbeddedHalves()).ok());
}

}  // namespace
}  // namespace cairn::reader
