#include "services/server/make_describer.h"

#include <chrono>
#include <utility>

#include "models/remote/remote_picture_describer.h"
#include "services/server/model_key.h"

namespace cairn {

StatusOr<std::unique_ptr<const PictureDescriber>> MakeDescriber(
    const DescriberConfig& config, const Limits& limits) {
  if (config.url.empty()) {
    if (config.model.empty() && config.key_file.empty()) return nullptr;
    return InvalidArgumentError(
        "model and key are those of a describer; name it with --describer "
        "https://HOST/v1/chat/completions",
        "BAD_CONFIGURATION");
  }
  RemotePictureDescriberOptions options;
  options.http.url = config.url;
  CAIRN_ASSIGN_OR_RETURN(options.http.key,
                         ReadModelKey(config.key_file, "CAIRN_DESCRIBER_KEY"));
  options.http.attempt_max =
      std::chrono::seconds(limits.description_seconds_max);
  options.http.backoff = std::chrono::milliseconds(1000);
  options.model = config.model;
  CAIRN_ASSIGN_OR_RETURN(std::unique_ptr<PictureDescriber> made,
                         MakeRemotePictureDescriber(options));
  return made;
}

}  // namespace cairn
