// What a taken-over parser process could write to the service.
#include "documents/sandbox/codec.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace cairn;
  const std::string_view bytes = fuzz::TextOf(data, size);
  (void)DecodeRequest(bytes);
  (void)FramedBodyBytes(bytes.substr(0, kFrameHeaderBytes), 1 << 20);
  const auto frames = DecodeFramesReply(bytes, Limits());
  fuzz::Require(!frames.ok() || EncodeFramesReply(frames) ==
                                    EncodeFramesReply(DecodeFramesReply(
                                        EncodeFramesReply(frames), Limits())),
                "accepted frames survive the way");
  const auto reply = DecodeReply(bytes, Limits());
  if (!reply.ok()) return 0;
  const std::string breach = FindBreach(*reply);
  fuzz::Require(breach.empty(), breach);
  fuzz::Require(EncodeReply(reply) ==
                    EncodeReply(DecodeReply(EncodeReply(reply), Limits())),
                "an accepted document survives the way");
  return 0;
}
