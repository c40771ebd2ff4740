// CodecLibraries: the functions of FFmpeg that decoding of a frame needs.
//
// Place: frame_codec.cc calls them; nothing else of Cairn knows these
// libraries. They are opened while the program runs, not linked, so that only
// the jailed parser process ever maps them and a machine without them loses the
// frames of films only.
// Versions: libavcodec 59 to 61 (FFmpeg 5 to 7; Debian 12 has 59, Debian 13 has
// 61). The declarations below are written from the documented C interfaces.
// Their structs grow from version to version; the fields named here are the
// first ones, which are the same in these three. Whatever else is needed is set
// by name (av_opt_set). Other versions are refused.
// Libraries: $CAIRN_AVCODEC and $CAIRN_SWSCALE, else where the loader finds
// them.
// Threads: LoadCodecs is safe; what it gives is for one thread at a time.
// Errors: FAILED_PRECONDITION (NO_AVCODEC) without the libraries.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/status.h"

namespace cairn::frames {

struct Codec;         // AVCodec
struct CodecContext;  // AVCodecContext
struct Scaler;        // SwsContext

constexpr std::size_t kPlanesMax = 8;
// A decoder may read so many bytes behind what it is given
// (AV_INPUT_BUFFER_PADDING_SIZE).
constexpr std::size_t kPaddingBytes = 64;

// Begin of AVCodecDescriptor.
struct CodecDescriptor {
  int id;
};

// Begin of AVCodecParameters; made by ParametersAlloc only.
struct CodecParameters {
  int type;  // 0: pictures.
  int id;
  std::uint32_t tag;
  std::uint8_t* setup;  // Of Malloc.
  int setup_bytes;
};

// Begin of AVPacket; made by PacketAlloc only.
struct Packet {
  void* buffer;
  std::int64_t shown_at, decoded_at;
  std::uint8_t* data;
  int size;
  int stream;
  int flags;  // 1: a key frame.
};

// Begin of AVFrame; made by FrameAlloc only.
struct Frame {
  std::uint8_t* planes[kPlanesMax];
  int line_bytes[kPlanesMax];
  std::uint8_t** more_planes;
  int width, height;
  int sound_samples;
  int pixel_format;
};

struct CodecLibraries {
  // Of libavcodec.
  unsigned (*Version)() = nullptr;
  const CodecDescriptor* (*DescriptorByName)(const char*) = nullptr;
  const Codec* (*FindDecoder)(const char*) = nullptr;
  const Codec* (*FindEncoder)(const char*) = nullptr;
  CodecContext* (*ContextAlloc)(const Codec*) = nullptr;
  void (*ContextFree)(CodecContext**) = nullptr;
  CodecParameters* (*ParametersAlloc)() = nullptr;
  void (*ParametersFree)(CodecParameters**) = nullptr;
  int (*UseParameters)(CodecContext*, const CodecParameters*) = nullptr;
  int (*Open)(CodecContext*, const Codec*, void** options) = nullptr;
  int (*SendPacket)(CodecContext*, const Packet*) = nullptr;
  int (*ReceiveFrame)(CodecContext*, Frame*) = nullptr;
  int (*SendFrame)(CodecContext*, const Frame*) = nullptr;
  int (*ReceivePacket)(CodecContext*, Packet*) = nullptr;
  Packet* (*PacketAlloc)() = nullptr;
  void (*PacketFree)(Packet**) = nullptr;
  int (*PacketReserve)(Packet*, int bytes) = nullptr;

  // Of libavutil.
  void (*LogSetLevel)(int level) = nullptr;
  void* (*MallocZeroed)(std::size_t) = nullptr;
  int (*SetOption)(void* object, const char* name, const char* value,
                   int search) = nullptr;
  int (*PixelFormat)(const char* name) = nullptr;
  Frame* (*FrameAlloc)() = nullptr;
  void (*FrameFree)(Frame**) = nullptr;
  int (*FrameReserve)(Frame*, int alignment) = nullptr;

  // Of libswscale.
  Scaler* (*ScalerMake)(int width, int height, int format, int to_width,
                        int to_height, int to_format, int how,
                        void* source_filter, void* target_filter,
                        const double* parameters) = nullptr;
  void (*ScalerFree)(Scaler*) = nullptr;
  int (*Scale)(Scaler*, const std::uint8_t* const planes[],
               const int line_bytes[], int from_row, int rows,
               std::uint8_t* const to_planes[],
               const int to_line_bytes[]) = nullptr;
};

// Opens the libraries at the first call; the answer is kept for the life of the
// process. Never null on OK.
StatusOr<const CodecLibraries*> LoadCodecs();

}  // namespace cairn::frames
