#include "models/remote/remote_transcriber.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/hash.h"

namespace cairn {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kSegmentsMax = 1'000'000;
constexpr double kSecondsMax = 4e6;  // So that milliseconds fit.

// Servers name languages in English, or by their tag.
std::string LanguageTag(std::string name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14>
      kNames = {{{"english", "en"},
                 {"german", "de"},
                 {"french", "fr"},
                 {"spanish", "es"},
                 {"italian", "it"},
                 {"portuguese", "pt"},
                 {"dutch", "nl"},
                 {"polish", "pl"},
                 {"swedish", "sv"},
                 {"russian", "ru"},
                 {"chinese", "zh"},
                 {"japanese", "ja"},
                 {"korean", "ko"},
                 {"arabic", "ar"}}};
  for (char& sign : name) {
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign + 32);
  }
  for (const auto& [known, tag] : kNames) {
    if (name == known) return std::string(tag);
  }
  const bool letters = std::all_of(name.begin(), name.end(), [](char sign) {
    return sign >= 'a' && sign <= 'z';
  });
  return letters && (name.size() == 2 || name.size() == 3) ? name : "";
}

std::optional<std::uint32_t> Milliseconds(const Json& object,
                                          const char* field) {
  const auto found = object.find(field);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  const double seconds = found->get<double>();
  if (!(seconds >= 0 && seconds < kSecondsMax)) return std::nullopt;
  return static_cast<std::uint32_t>(std::llround(seconds * 1000));
}

std::string TextOf(const Json& object, const char* field) {
  const auto found = object.find(field);
  return found != object.end() && found->is_string() ? found->get<std::string>()
                                                     : std::string();
}

// Fields and the file, as browsers send forms.
class Form {
 public:
  explicit Form(std::string_view bytes)
      // What holds such a line by chance would be another fingerprint.
      : boundary_("cairn-" + Sha256Hex(bytes)) {}

  void Add(std::string_view name, std::string_view value) {
    body_ += "--" + boundary_ + "\r\nContent-Disposition: form-data; name=\"" +
             std::string(name) + "\"\r\n\r\n" + std::string(value) + "\r\n";
  }
  std::string Finish(const Recording& recording) && {
    body_.reserve(body_.size() + recording.bytes.size() + 512);
    body_ += "--" + boundary_ +
             "\r\nContent-Disposition: form-data; name=\"file\"; "
             "filename=\"recording." +
             std::string(recording.ending) +
             "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    body_ += recording.bytes;
    body_ += "\r\n--" + boundary_ + "--\r\n";
    return std::move(body_);
  }
  std::string media_type() const {
    return "multipart/form-data; boundary=" + boundary_;
  }

 private:
  const std::string boundary_;
  std::string body_;
};

class RemoteTranscriber final : public Transcriber {
 public:
  RemoteTranscriber(const RemoteTranscriberOptions& options,
                    std::unique_ptr<HttpClient> client)
      : model_(options.model.empty() ? "whisper-1" : options.model),
        client_(std::move(client)),
        id_(model_ + " at " + client_->url().shown) {}

  const std::string& id() const override { return id_; }

  StatusOr<Transcript> Transcribe(const Recording& recording,
                                  const Deadline& deadline) const override {
    Form form(recording.bytes);
    form.Add("model", model_);
    form.Add("response_format", "verbose_json");
    form.Add("timestamp_granularities[]", "segment");
    const std::string media_type = form.media_type();
    CAIRN_ASSIGN_OR_RETURN(
        const std::string reply,
        client_->Post(media_type, std::move(form).Finish(recording), deadline));
    return Read(reply);
  }

 private:
  Status BadReply(std::string_view what) const {
    return FailedPreconditionError(
        client_->url().shown + ": the reply " + std::string(what) +
            "; is this the address of a transcription endpoint that knows "
            "verbose_json?",
        "BAD_REPLY");
  }

  StatusOr<Transcript> Read(const std::string& text) const {
    const Json reply = Json::parse(text, nullptr, false);
    if (!reply.is_object()) return BadReply("is no JSON object");
    Transcript transcript;
    transcript.language = LanguageTag(TextOf(reply, "language"));
    const auto segments = reply.find("segments");
    if (segments == reply.end() || !segments->is_array()) {
      return ReadWhole(reply, std::move(transcript));
    }
    if (segments->size() > kSegmentsMax) return BadReply("has no end");
    for (const Json& segment : *segments) {
      if (!segment.is_object()) return BadReply("has a segment that is none");
      const auto begin = Milliseconds(segment, "start");
      const auto end = Milliseconds(segment, "end");
      if (!begin || !end) return BadReply("has a segment without times");
      transcript.segments.push_back({{*begin, std::max(*begin, *end)},
                                     TextOf(segment, "text"),
                                     TextOf(segment, "speaker")});
    }
    std::stable_sort(transcript.segments.begin(), transcript.segments.end(),
                     [](const SpokenSegment& a, const SpokenSegment& b) {
                       return a.time.begin_ms < b.time.begin_ms;
                     });
    return transcript;
  }

  // Servers that know no segments say how long the recording is, at best.
  StatusOr<Transcript> ReadWhole(const Json& reply,
                                 Transcript transcript) const {
    if (!reply.contains("text")) return BadReply("has no text");
    std::string said = TextOf(reply, "text");
    const auto end = Milliseconds(reply, "duration");
    if (!end) return BadReply("has neither segments nor a duration");
    if (said.find_first_not_of(" \n\t\r") != std::string::npos) {
      transcript.segments.push_back({{0, *end}, std::move(said), {}});
    }
    return transcript;
  }

  const std::string model_;
  const std::unique_ptr<HttpClient> client_;
  const std::string id_;
};

}  // namespace

StatusOr<std::unique_ptr<Transcriber>> MakeRemoteTranscriber(
    const RemoteTranscriberOptions& options) {
  const bool plain =
      std::all_of(options.model.begin(), options.model.end(), [](char sign) {
        return static_cast<unsigned char>(sign) >= ' ' && sign != '\x7f';
      });
  if (!plain) {
    return InvalidArgumentError("the name of the model holds control signs",
                                "BAD_CONFIGURATION");
  }
  CAIRN_ASSIGN_OR_RETURN(std::unique_ptr<HttpClient> client,
                         HttpClient::Make(options.http));
  return std::make_unique<RemoteTranscriber>(options, std::move(client));
}

}  // namespace cairn
