#include "documents/frames/codec_libraries.h"

#include <cstdlib>
#include <string>
#include <string_view>

#include "base/function_binder.h"

namespace cairn::frames {
namespace {

constexpr unsigned kVersionMin = 59, kVersionMax = 61;
// A release of FFmpeg counts both libraries up.
constexpr unsigned kScalerIsOlderBy = 53;
constexpr int kSilence = -8;  // AV_LOG_QUIET.

Status NoCodecs(std::string_view why) {
  return FailedPreconditionError(
      "frames of films are decoded with libavcodec and libswscale of FFmpeg 5, "
      "6 or 7: " +
          std::string(why) +
          "; install them, on Debian 12 with apt-get install libavcodec59 "
          "libswscale6, on Debian 13 with apt-get install libavcodec61 "
          "libswscale8, or set CAIRN_AVCODEC and CAIRN_SWSCALE to their paths",
      "NO_AVCODEC");
}

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

void BindCodecs(FunctionBinder& binder, CodecLibraries& codecs) {
  binder.Bind("avcodec_version", codecs.Version);
  binder.Bind("avcodec_descriptor_get_by_name", codecs.DescriptorByName);
  binder.Bind("avcodec_find_decoder_by_name", codecs.FindDecoder);
  binder.Bind("avcodec_find_encoder_by_name", codecs.FindEncoder);
  binder.Bind("avcodec_alloc_context3", codecs.ContextAlloc);
  binder.Bind("avcodec_free_context", codecs.ContextFree);
  binder.Bind("avcodec_parameters_alloc", codecs.ParametersAlloc);
  binder.Bind("avcodec_parameters_free", codecs.ParametersFree);
  binder.Bind("avcodec_parameters_to_context", codecs.UseParameters);
  binder.Bind("avcodec_open2", codecs.Open);
  binder.Bind("avcodec_send_packet", codecs.SendPacket);
  binder.Bind("avcodec_receive_frame", codecs.ReceiveFrame);
  binder.Bind("avcodec_send_frame", codecs.SendFrame);
  binder.Bind("avcodec_receive_packet", codecs.ReceivePacket);
  binder.Bind("av_packet_alloc", codecs.PacketAlloc);
  binder.Bind("av_packet_free", codecs.PacketFree);
  binder.Bind("av_new_packet", codecs.PacketReserve);
}

void BindUtilities(FunctionBinder& binder, CodecLibraries& codecs) {
  binder.Bind("av_log_set_level", codecs.LogSetLevel);
  binder.Bind("av_mallocz", codecs.MallocZeroed);
  binder.Bind("av_opt_set", codecs.SetOption);
  binder.Bind("av_get_pix_fmt", codecs.PixelFormat);
  binder.Bind("av_frame_alloc", codecs.FrameAlloc);
  binder.Bind("av_frame_free", codecs.FrameFree);
  binder.Bind("av_frame_get_buffer", codecs.FrameReserve);
}

void BindScaler(FunctionBinder& binder, CodecLibraries& codecs) {
  binder.Bind("sws_getContext", codecs.ScalerMake);
  binder.Bind("sws_freeContext", codecs.ScalerFree);
  binder.Bind("sws_scale", codecs.Scale);
}

// The newest that is there.
void* OpenCodecs(std::string& why) {
  const std::string named = Environment("CAIRN_AVCODEC");
  if (!named.empty()) return OpenLibrary(named, why);
  for (unsigned version = kVersionMax; version >= kVersionMin; --version) {
    void* library =
        OpenLibrary("libavcodec.so." + std::to_string(version), why);
    if (library != nullptr) return library;
  }
  why = "none of libavcodec.so." + std::to_string(kVersionMin) + " to ." +
        std::to_string(kVersionMax) + " is installed";
  return nullptr;
}

StatusOr<const CodecLibraries*> Load() {
  std::string why;
  void* library = OpenCodecs(why);
  if (library == nullptr) return NoCodecs(why);
  static CodecLibraries codecs;
  // Libavutil is looked up in the same: the one that libavcodec uses.
  FunctionBinder binder(library);
  BindCodecs(binder, codecs);
  BindUtilities(binder, codecs);
  if (!binder.missing().empty()) {
    return NoCodecs("libavcodec lacks the function " + binder.missing());
  }
  const unsigned version = codecs.Version() >> 16;
  if (version < kVersionMin || version > kVersionMax) {
    return NoCodecs("libavcodec is of version " + std::to_string(version));
  }
  const std::string named = Environment("CAIRN_SWSCALE");
  void* scaler = OpenLibrary(
      named.empty()
          ? "libswscale.so." + std::to_string(version - kScalerIsOlderBy)
          : named,
      why);
  if (scaler == nullptr) return NoCodecs(why);
  FunctionBinder scaler_binder(scaler);
  BindScaler(scaler_binder, codecs);
  if (!scaler_binder.missing().empty()) {
    return NoCodecs("libswscale lacks the function " + scaler_binder.missing());
  }
  codecs.LogSetLevel(kSilence);
  return &codecs;
}

}  // namespace

StatusOr<const CodecLibraries*> LoadCodecs() {
  // Kept for ever: the process ends instead.
  static const auto* const loaded = new StatusOr<const CodecLibraries*>(Load());
  return *loaded;
}

}  // namespace cairn::frames
