#include "documents/frames/frame_codec.h"

#include <algorithm>
#include <climits>
#include <cstring>
#include <memory>
#include <utility>

namespace cairn::frames {
namespace {

constexpr int kKeyFrame = 1;
constexpr int kByArea = 0x20;  // SWS_AREA: every pixel counts.
constexpr const char* kSmallFormat = "yuvj420p";
// Of 1 (best) to 31: some 60 KB for a frame of 768 x 432.
constexpr const char* kQuality = "4";

// Frees what the libraries made.
template <typename Object, void (*CodecLibraries::*Free)(Object**)>
struct Freer {
  const CodecLibraries* codecs = nullptr;
  void operator()(Object* object) const { (codecs->*Free)(&object); }
};
template <typename Object, void (*CodecLibraries::*Free)(Object**)>
using Owner = std::unique_ptr<Object, Freer<Object, Free>>;
using ContextOwner = Owner<CodecContext, &CodecLibraries::ContextFree>;
using ParametersOwner = Owner<CodecParameters, &CodecLibraries::ParametersFree>;
using PacketOwner = Owner<Packet, &CodecLibraries::PacketFree>;
using FrameOwner = Owner<Frame, &CodecLibraries::FrameFree>;

template <typename Owned>
Owned Own(const CodecLibraries& codecs, typename Owned::element_type* object) {
  return Owned(object, typename Owned::deleter_type{&codecs});
}

struct ScalerFreer {
  const CodecLibraries* codecs = nullptr;
  void operator()(Scaler* scaler) const { codecs->ScalerFree(scaler); }
};

Status Damaged(std::string_view what) {
  return InvalidArgumentError("a frame of the film " + std::string(what),
                              "DAMAGED_FRAME");
}

Status Lacks(std::string_view what) {
  return FailedPreconditionError(
      "the installed libavcodec was built without " + std::string(what) +
          "; install that of the distribution (on Debian 12 libavcodec59, on "
          "Debian 13 libavcodec61)",
      "NO_AVCODEC");
}

using Options = std::initializer_list<std::pair<const char*, const char*>>;

bool SetOptions(const CodecLibraries& codecs, CodecContext* context,
                Options options) {
  for (const auto& [name, value] : options) {
    if (codecs.SetOption(context, name, value, 0) < 0) return false;
  }
  return true;
}

// What stands in avcC, CodecPrivate and their like.
bool GiveSetup(const CodecLibraries& codecs, CodecContext* context,
               const CodecDescriptor& descriptor, std::string_view setup) {
  const auto parameters =
      Own<ParametersOwner>(codecs, codecs.ParametersAlloc());
  if (parameters == nullptr || setup.size() > INT_MAX / 2) return false;
  parameters->type = 0;
  parameters->id = descriptor.id;
  parameters->setup = static_cast<std::uint8_t*>(
      codecs.MallocZeroed(setup.size() + kPaddingBytes));
  if (parameters->setup == nullptr) return false;
  std::memcpy(parameters->setup, setup.data(), setup.size());
  parameters->setup_bytes = static_cast<int>(setup.size());
  return codecs.UseParameters(context, parameters.get()) >= 0;
}

StatusOr<ContextOwner> OpenDecoder(const CodecLibraries& codecs,
                                   const CodedFrame& coded) {
  const std::string name(coded.codec);
  // FFmpeg's own decoder of AV1 works on graphics cards only.
  const std::string decoder = name == "av1" ? "libdav1d" : name;
  const Codec* codec = codecs.FindDecoder(decoder.c_str());
  const CodecDescriptor* descriptor = codecs.DescriptorByName(name.c_str());
  if (codec == nullptr || descriptor == nullptr) {
    return Lacks("the decoder " + decoder);
  }
  auto context = Own<ContextOwner>(codecs, codecs.ContextAlloc(codec));
  if (context == nullptr) return Damaged("found no memory for its decoder");
  if (!coded.setup.empty() &&
      !GiveSetup(codecs, context.get(), *descriptor, coded.setup)) {
    return Damaged("has a description that is damaged");
  }
  const std::string pixels_max =
      std::to_string(std::uint64_t{kSideMax} * kSideMax);
  if (!SetOptions(codecs, context.get(),
                  {{"threads", "1"},
                   {"max_pixels", pixels_max.c_str()},
                   {"err_detect", "explode"}})) {
    return Lacks("the options threads, max_pixels and err_detect");
  }
  if (codecs.Open(context.get(), codec, nullptr) < 0) {
    return Damaged("has a description that is damaged");
  }
  return context;
}

StatusOr<FrameOwner> Decoded(const CodecLibraries& codecs,
                             const CodedFrame& coded) {
  CAIRN_ASSIGN_OR_RETURN(const ContextOwner context,
                         OpenDecoder(codecs, coded));
  const auto packet = Own<PacketOwner>(codecs, codecs.PacketAlloc());
  auto frame = Own<FrameOwner>(codecs, codecs.FrameAlloc());
  if (packet == nullptr || frame == nullptr || coded.bytes.empty() ||
      coded.bytes.size() > INT_MAX / 2 ||
      codecs.PacketReserve(packet.get(), static_cast<int>(coded.bytes.size())) <
          0) {
    return Damaged("is empty or too large");
  }
  std::memcpy(packet->data, coded.bytes.data(), coded.bytes.size());
  packet->flags |= kKeyFrame;
  // Null: there is nothing more to come, so that it gives what it has.
  if (codecs.SendPacket(context.get(), packet.get()) < 0 ||
      codecs.SendPacket(context.get(), nullptr) < 0 ||
      codecs.ReceiveFrame(context.get(), frame.get()) < 0) {
    return Damaged("cannot be decoded");
  }
  if (frame->width <= 0 || frame->height <= 0 || frame->width > INT_MAX / 2 ||
      frame->height > INT_MAX / 2) {
    return Damaged("has no size");
  }
  return frame;
}

// Even, and large enough for a thumbnail.
int SmallSide(int side, int longest) {
  const double scale =
      std::min(1.0, double{kSmallSide} / static_cast<double>(longest));
  const int small = static_cast<int>(side * scale) & ~1;
  return std::max(small, static_cast<int>(kCellsAcross));
}

// Another frame with room for its pixels; null: no memory.
FrameOwner MakeFrame(const CodecLibraries& codecs, int width, int height) {
  auto frame = Own<FrameOwner>(codecs, codecs.FrameAlloc());
  if (frame == nullptr) return frame;
  frame->width = width;
  frame->height = height;
  frame->pixel_format = codecs.PixelFormat(kSmallFormat);
  if (codecs.FrameReserve(frame.get(), 0) < 0) frame.reset();
  return frame;
}

// Planes of a frame are rows with gaps, those of a picture have none.
template <typename CopyRow>
void ForEachRow(const Frame& frame, CopyRow copy_row) {
  const auto width = static_cast<std::size_t>(frame.width);
  const auto height = static_cast<std::size_t>(frame.height);
  for (const std::size_t plane : {0U, 1U, 2U}) {
    const std::size_t part = plane == 0 ? 1 : 2;
    for (std::size_t y = 0; y < height / part; ++y) {
      copy_row(plane,
               frame.planes[plane] +
                   static_cast<std::ptrdiff_t>(y) * frame.line_bytes[plane],
               width / part, y * (width / part));
    }
  }
}

}  // namespace

StatusOr<FramePicture> DecodeFrame(const CodecLibraries& codecs,
                                   const CodedFrame& coded) {
  CAIRN_ASSIGN_OR_RETURN(const FrameOwner frame, Decoded(codecs, coded));
  const int longest = std::max(frame->width, frame->height);
  const int width = SmallSide(frame->width, longest);
  const int height = SmallSide(frame->height, longest);
  const FrameOwner small = MakeFrame(codecs, width, height);
  const std::unique_ptr<Scaler, ScalerFreer> scaler(
      codecs.ScalerMake(frame->width, frame->height, frame->pixel_format, width,
                        height, codecs.PixelFormat(kSmallFormat), kByArea,
                        nullptr, nullptr, nullptr),
      ScalerFreer{&codecs});
  if (small == nullptr || scaler == nullptr ||
      codecs.Scale(scaler.get(), frame->planes, frame->line_bytes, 0,
                   frame->height, small->planes, small->line_bytes) <= 0) {
    return Damaged("has pixels of a form that is not known");
  }
  FramePicture picture;
  picture.width = static_cast<std::uint32_t>(width);
  picture.height = static_cast<std::uint32_t>(height);
  const std::size_t pixels = std::size_t{picture.width} * picture.height;
  picture.light.resize(pixels);
  picture.blue.resize(pixels / 4);
  picture.red.resize(pixels / 4);
  std::uint8_t* const planes[] = {picture.light.data(), picture.blue.data(),
                                  picture.red.data()};
  ForEachRow(*small, [&](std::size_t plane, const std::uint8_t* row,
                         std::size_t bytes, std::size_t at) {
    std::memcpy(planes[plane] + at, row, bytes);
  });
  return picture;
}

StatusOr<std::string> EncodeJpeg(const CodecLibraries& codecs,
                                 const FramePicture& picture) {
  const Codec* codec = codecs.FindEncoder("mjpeg");
  if (codec == nullptr) return Lacks("the encoder mjpeg");
  const auto context = Own<ContextOwner>(codecs, codecs.ContextAlloc(codec));
  const std::string size =
      std::to_string(picture.width) + "x" + std::to_string(picture.height);
  if (context == nullptr ||
      !SetOptions(codecs, context.get(),
                  {{"threads", "1"},
                   {"video_size", size.c_str()},
                   {"pixel_format", kSmallFormat},
                   {"time_base", "1/1"},
                   {"qmin", kQuality},
                   {"qmax", kQuality}}) ||
      codecs.Open(context.get(), codec, nullptr) < 0) {
    return Lacks("an encoder mjpeg that takes " + std::string(kSmallFormat));
  }
  const FrameOwner frame = MakeFrame(codecs, static_cast<int>(picture.width),
                                     static_cast<int>(picture.height));
  const auto packet = Own<PacketOwner>(codecs, codecs.PacketAlloc());
  if (frame == nullptr || packet == nullptr) {
    return Damaged("found no memory for its picture");
  }
  const std::uint8_t* const planes[] = {
      picture.light.data(), picture.blue.data(), picture.red.data()};
  ForEachRow(*frame, [&](std::size_t plane, std::uint8_t* row,
                         std::size_t bytes, std::size_t at) {
    std::memcpy(row, planes[plane] + at, bytes);
  });
  if (codecs.SendFrame(context.get(), frame.get()) < 0 ||
      codecs.SendFrame(context.get(), nullptr) < 0 ||
      codecs.ReceivePacket(context.get(), packet.get()) < 0 ||
      packet->size <= 0) {
    return Damaged("could not be made a JPEG");
  }
  return std::string(reinterpret_cast<const char*>(packet->data),
                     static_cast<std::size_t>(packet->size));
}

}  // namespace cairn::frames
