// RemotePictureDescriber: a model that sees, behind HTTP.
//
// Place: the PictureDescriber that `--describer URL` names, such as
// https://HOST/v1/chat/completions of OpenAI, vLLM, llama.cpp, Ollama, Gemini's
// compatible endpoint. The picture is sent inside of a question, in base64;
// README.md shows both ways.
// Privacy: the picture leaves the machine, with all that its file holds (place,
// camera); its name does not.
// Time: the whole deadline may be spent in one request.
// Threads: safe.
// Errors: those of HttpClient; FAILED_PRECONDITION (BAD_REPLY) for a reply that
// is no answer of a chat, (PICTURE_DECLINED) when the model would not answer.
// Limits: an answer is cut at kDescriptionBytesMax.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/status.h"
#include "models/picture_describer.h"
#include "models/remote/http_client.h"

namespace cairn {

inline constexpr std::size_t kDescriptionBytesMax = 8 << 10;

struct RemotePictureDescriberOptions {
  HttpClientOptions http;
  std::string model;  // Must be named: no name is known by all servers.
};

// BAD_CONFIGURATION: no model, or control signs in its name.
StatusOr<std::unique_ptr<PictureDescriber>> MakeRemotePictureDescriber(
    const RemotePictureDescriberOptions& options);

}  // namespace cairn
