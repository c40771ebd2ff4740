#include "documents/frames/frame_codec.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>

#include "documents/frames/coded_frame_for_test.h"

namespace cairn::frames {
namespace {

class FrameCodecTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto loaded = LoadCodecs();
    if (!loaded.ok()) {
      GTEST_SKIP() << "no libavcodec: decoding of frames was NOT tested: "
                   << loaded.status();
    }
    codecs_ = *loaded;
  }
  StatusOr<FramePicture> Decode(std::string_view codec, std::string_view setup,
                                std::string_view bytes) const {
    return DecodeFrame(*codecs_,
                       {.codec = codec, .setup = setup, .bytes = bytes});
  }
  std::string Reason(std::string_view codec, std::string_view setup,
                     std::string_view bytes) const {
    return ReasonOf(Decode(codec, setup, bytes).status());
  }

  const CodecLibraries* codecs_ = nullptr;
};

TEST_F(FrameCodecTest, AFrameOfH264IsDecoded) {
  const auto picture = Decode("h264", H264Setup(), H264Frame());
  ASSERT_TRUE(picture.ok()) << picture.status();
  EXPECT_EQ(picture->width, 64U);
  EXPECT_EQ(picture->height, 48U);
  EXPECT_LT(picture->light[8 * 64 + 8], 10);
  EXPECT_GT(picture->light[8 * 64 + 40], 245);
  EXPECT_NEAR(picture->light[40 * 64 + 56], 76, 8);
  EXPECT_NEAR(picture->red[20 * 32 + 28], 255, 16);
  EXPECT_NEAR(picture->red[4 * 32 + 20], 128, 4);
}

TEST_F(FrameCodecTest, AJpegShowsThePicture) {
  const FramePicture picture = PictureWithCorner(2);
  const auto jpeg = EncodeJpeg(*codecs_, picture);
  ASSERT_TRUE(jpeg.ok()) << jpeg.status();
  EXPECT_EQ(jpeg->substr(0, 3), "\xff\xd8\xff");
  const auto back = Decode("mjpeg", "", *jpeg);
  ASSERT_TRUE(back.ok()) << back.status();
  ASSERT_EQ(back->light.size(), picture.light.size());
  for (std::size_t i = 0; i < picture.light.size(); ++i) {
    ASSERT_NEAR(back->light[i], picture.light[i], 24) << i;
  }
}

TEST_F(FrameCodecTest, LargePicturesAreMadeSmall) {
  const auto jpeg = EncodeJpeg(*codecs_, PictureWithCorner(1, 1600, 900));
  ASSERT_TRUE(jpeg.ok()) << jpeg.status();
  const auto small = Decode("mjpeg", "", *jpeg);
  ASSERT_TRUE(small.ok()) << small.status();
  EXPECT_EQ(small->width, kSmallSide);
  EXPECT_EQ(small->height, 432U);
  EXPECT_TRUE(LooksTheSame(ThumbnailOf(*small),
                           ThumbnailOf(PictureWithCorner(1, 1600, 900))));
}

TEST_F(FrameCodecTest, ClaimsOfHugePicturesAreRefused) {
  auto jpeg = EncodeJpeg(*codecs_, PictureWithCorner(0));
  ASSERT_TRUE(jpeg.ok()) << jpeg.status();
  // The head of a frame: a length, eight bits, height and width.
  const std::size_t head = jpeg->find("\xff\xc0");
  ASSERT_NE(head, std::string::npos);
  jpeg->replace(head + 5, 4, "\xea\x60\xea\x60");  // 60,000 x 60,000.
  EXPECT_EQ(Reason("mjpeg", "", *jpeg), "DAMAGED_FRAME");
}

TEST_F(FrameCodecTest, WhatIsNoFrameIsRefused) {
  for (const char* codec :
       {"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mjpeg"}) {
    EXPECT_EQ(Reason(codec, "", ""), "DAMAGED_FRAME") << codec;
    EXPECT_EQ(Reason(codec, "", std::string(500, 'v')), "DAMAGED_FRAME")
        << codec;
  }
  EXPECT_EQ(Reason("h264", "\x01garbage", H264Frame()), "DAMAGED_FRAME");
  EXPECT_EQ(Reason("h264", H264Setup(), H264Frame().substr(0, 20)),
            "DAMAGED_FRAME");
  EXPECT_EQ(Reason("cinepak?", "", "x"), "NO_AVCODEC");
}

TEST_F(FrameCodecTest, ChangedBytesGiveAPictureOrAReason) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string setup = H264Setup();
    std::string frame = H264Frame();
    std::string& changed = seed % 2 == 0 ? setup : frame;
    for (unsigned i = 1 + random() % 4; i > 0; --i) {
      changed[random() % changed.size()] = static_cast<char>(random());
    }
    const auto picture = Decode("h264", setup, frame);
    if (!picture.ok()) {
      ASSERT_EQ(ReasonOf(picture.status()), "DAMAGED_FRAME");
      continue;
    }
    ASSERT_LE(picture->width, kSmallSide);
    ASSERT_EQ(picture->light.size(),
              std::size_t{picture->width} * picture->height);
  }
}

}  // namespace
}  // namespace cairn::frames
