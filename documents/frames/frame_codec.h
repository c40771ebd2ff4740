// FrameCodec: a key frame of a film to a small picture, and that to JPEG.
//
// Place: documents/formats/film/film_frames.cc, in the jailed parser process.
// Each frame has a decoder of its own, so that a damaged one spoils no other.
// Decoders run without threads, which the jail forbids, and refuse what they
// find damaged: half of a picture would be described as if it were whole.
// Threads: one at a time.
// Limits: 8192 x 8192 pixels; a decoder's memory and time are the jail's.
// Errors: INVALID_ARGUMENT with DAMAGED_FRAME (also: too large, or a form of
// the codec that is not known); FAILED_PRECONDITION with NO_AVCODEC when the
// library was built without that codec.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"
#include "documents/frames/codec_libraries.h"
#include "documents/frames/frame_picture.h"

namespace cairn::frames {

constexpr std::uint32_t kSideMax = 8192;
// Longest side of what is made: models that see look at about as many pixels,
// whatever they are sent, and a letter of a slide is still readable.
constexpr std::uint32_t kSmallSide = 768;

struct CodedFrame {
  std::string_view codec;  // "h264", "hevc", "vp8", "vp9", "av1", "mpeg4",
                           // "mjpeg".
  std::string_view setup;  // What the container says to the decoder once.
  std::string_view bytes;  // One sample.
};

StatusOr<FramePicture> DecodeFrame(const CodecLibraries& codecs,
                                   const CodedFrame& coded);

StatusOr<std::string> EncodeJpeg(const CodecLibraries& codecs,
                                 const FramePicture& picture);

}  // namespace cairn::frames
