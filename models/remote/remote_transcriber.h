// RemoteTranscriber: speech recognition behind HTTP.
//
// Place: the Transcriber that `--transcriber URL` names, such as
// https://HOST/v1/audio/transcriptions of OpenAI, whisper.cpp, faster-whisper,
// vLLM. The recording is sent as a form with the fields file, model,
// response_format=verbose_json; README.md shows the reply.
// Privacy: the recording leaves the machine; its name does not.
// Time: the whole deadline may be spent in one request.
// Threads: safe.
// Errors: those of HttpClient; FAILED_PRECONDITION (BAD_REPLY) for a reply that
// is no transcript.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "models/remote/http_client.h"
#include "models/transcriber.h"

namespace cairn {

struct RemoteTranscriberOptions {
  HttpClientOptions http;
  std::string model;  // Empty: "whisper-1".
};

StatusOr<std::unique_ptr<Transcriber>> MakeRemoteTranscriber(
    const RemoteTranscriberOptions& options);

}  // namespace cairn
