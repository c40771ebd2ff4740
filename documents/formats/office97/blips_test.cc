#include "documents/formats/office97/blips.h"

#include <gtest/gtest.h>

#include <vector>

#include "documents/formats/figures/bitmap_head.h"
#include "documents/formats/figures/picture_for_test.h"
#include "documents/formats/figures/picture_size.h"
#include "documents/formats/office97/blips_for_test.h"
#include "documents/formats/office97/drawing.h"

namespace cairn {
namespace {

TEST(Blips, PicturesStandInTheListOrInTheStream) {
  const std::string stream =
      "before" + ArtBlip(kArtPng, "third", /*two_sums=*/true) + "after";
  const std::string list = ArtEntry(ArtBlip(kArtPng, "first")) +
                           ArtBlip(kArtBitmap, "second") + ArtEntry("", 6) +
                           ArtEntry("") + ArtEntry(ArtBlip(kArtEmf, "x"));
  BlipStore store(list, stream);
  EXPECT_EQ(store.Take(1).picture.bytes, "first");
  const Blip second = store.Take(2);
  EXPECT_EQ(second.picture.bytes, "second");
  EXPECT_TRUE(second.picture.bitmap);
  EXPECT_EQ(store.Take(3).picture.bytes, "third");
  EXPECT_EQ(store.Take(4).kind, Blip::Kind::kNone);
  EXPECT_EQ(store.Take(5).kind, Blip::Kind::kDrawing);
  EXPECT_EQ(store.Take(6).kind, Blip::Kind::kDamaged);
  EXPECT_EQ(store.Take(1).kind, Blip::Kind::kNone) << "each once";
  EXPECT_EQ(store.Take(0).kind, Blip::Kind::kNone);
}

TEST(Blips, PlacesOutsideOfTheStreamAreDamage) {
  const std::string stream = ArtBlip(kArtPng, "picture");
  const std::string cut = stream.substr(0, 4) + "\xff\xff\xff\x7f" + "tail";
  const std::string far = ArtEntry("", 100'000) + ArtEntry("", 0xfffffffe);
  BlipStore outside(far, stream);
  EXPECT_EQ(outside.Take(1).kind, Blip::Kind::kDamaged);
  EXPECT_EQ(outside.Take(2).kind, Blip::Kind::kDamaged);
  const std::string first = ArtEntry("", 0);
  BlipStore short_one(first, cut);
  EXPECT_EQ(short_one.Take(1).kind, Blip::Kind::kDamaged);
  const std::string nested = ArtEntry(ArtEntry(ArtEntry("")));
  BlipStore itself(nested, "");
  EXPECT_EQ(itself.Take(1).kind, Blip::Kind::kDamaged);
}

// Each place is a picture of nearly the whole stream.
TEST(Blips, EntriesThatShareTheirBytesDoNotMultiplyThem) {
  std::string stream;
  for (int i = 0; i < 1'000; ++i) {
    PutU32(stream, kArtPng << 16);
    PutU32(stream, 0x7fffffff);
  }
  stream.resize(1'000'000, 'x');
  std::string list;
  for (std::uint32_t i = 0; i < 1'000; ++i) list += ArtEntry("", 8 * i);
  BlipStore store(list, stream);
  std::size_t given = 0;
  for (std::uint32_t i = 1; i <= 1'000; ++i) {
    given += store.Take(i).picture.bytes.size();
  }
  EXPECT_GT(given, 0U);
  EXPECT_LE(given, stream.size());
}

TEST(Blips, OfAMillionTheFirstAreKept) {
  std::string list;
  for (int i = 0; i < 1'000'000; ++i) list += ArtRecord(kArtPng, "");
  BlipStore store(list, "");
  EXPECT_EQ(store.Take(1).kind, Blip::Kind::kDamaged) << "empty";
  EXPECT_EQ(store.Take(1'000'000).kind, Blip::Kind::kDamaged);
}

TEST(Drawing, ShapesOfAGroupHaveItsNumber) {
  const std::string group = ArtContainer(
      0xf003, ArtShape(7, 0, "The group") + ArtShape(8, 2) + ArtShape(9, 0));
  const Drawing drawing =
      ReadDrawing(ArtContainer(0xf003, ArtShape(1, 5, "The drawing itself") +
                                           ArtShape(3, 1, " A  barn ") + group),
                  100);
  ASSERT_EQ(drawing.shapes.size(), 3U);
  EXPECT_EQ(drawing.shapes[0].id, 3U);
  EXPECT_EQ(drawing.shapes[0].picture, 1U);
  EXPECT_EQ(drawing.shapes[0].description, "A barn");
  EXPECT_EQ(drawing.shapes[1].id, 7U);
  EXPECT_EQ(drawing.shapes[1].description, "The group");
  EXPECT_EQ(drawing.shapes[2].id, 7U);
  EXPECT_EQ(drawing.shapes[2].picture, 2U);
}

TEST(Drawing, TheNameOfAFileIsNoDescription) {
  const auto said = [](const std::string& description,
                       const std::string& file) {
    std::string list;
    std::string data;
    const auto add = [&](unsigned id, const std::string& text) {
      PutU16(list, id);
      PutU32(list, static_cast<std::uint32_t>(Utf16(text).size()));
      data += Utf16(text);
    };
    add(0xc105, file);
    add(0xc381, description);
    const std::string shape = ArtRecord(0xf00b, list + data, 2);
    return DescriptionOf(ShapeProperties(shape));
  };
  EXPECT_EQ(said("PICT12", "C:\\photos\\PICT12.JPG"), "");
  EXPECT_EQ(said("barn.png", "barn.png"), "");
  EXPECT_EQ(said("A barn", "C:\\photos\\barn.png"), "A barn");
  EXPECT_EQ(said("A barn", ""), "A barn");
}

TEST(Drawing, GroupsInsideOfGroupsEnd) {
  std::string inner = ArtShape(5, 1);
  for (int i = 0; i < 5'000; ++i) {
    inner = ArtContainer(0xf003, ArtShape(4, 0) + inner);
  }
  const Drawing drawing = ReadDrawing(inner, 100);
  EXPECT_TRUE(drawing.shapes.empty());
  EXPECT_EQ(drawing.left_out, 1U);
}

TEST(BitmapHead, TellsWhereThePixelsBegin) {
  const std::string file = pdf::ToBitmap(
      {.width = 300,
       .height = 200,
       .grey = std::vector<std::uint8_t>(std::size_t{300} * 200)});
  const std::string bitmap = WithoutBitmapHead(file);
  EXPECT_EQ(BitmapHead(bitmap), file.substr(0, 14));
  EXPECT_EQ(PictureSizeOf(BitmapHead(bitmap) + bitmap),
            (PictureSize{.width = 300, .height = 200}));
  EXPECT_EQ(BitmapHead("").size(), 14U);
  EXPECT_EQ(BitmapHead(std::string(40, '\xff')).size(), 14U);
}

}  // namespace
}  // namespace cairn
