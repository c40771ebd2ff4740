#include "services/server/make_transcriber.h"

#include <chrono>
#include <utility>

#include "models/remote/remote_transcriber.h"
#include "services/server/model_key.h"

namespace cairn {

StatusOr<std::unique_ptr<const Transcriber>> MakeTranscriber(
    const TranscriberConfig& config, const Limits& limits) {
  if (config.url.empty()) {
    if (config.model.empty() && config.key_file.empty()) return nullptr;
    return InvalidArgumentError(
        "model and key are those of a transcriber; name it with --transcriber "
        "https://HOST/v1/audio/transcriptions",
        "BAD_CONFIGURATION");
  }
  RemoteTranscriberOptions options;
  options.http.url = config.url;
  CAIRN_ASSIGN_OR_RETURN(
      options.http.key, ReadModelKey(config.key_file, "CAIRN_TRANSCRIBER_KEY"));
  options.http.attempt_max =
      std::chrono::seconds(limits.transcription_seconds_max);
  options.http.backoff = std::chrono::milliseconds(1000);
  options.http.reply_bytes_max = limits.text_bytes_max;
  options.model = config.model;
  CAIRN_ASSIGN_OR_RETURN(std::unique_ptr<Transcriber> made,
                         MakeRemoteTranscriber(options));
  return made;
}

}  // namespace cairn
