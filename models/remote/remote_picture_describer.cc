#include "models/remote/remote_picture_describer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "base/utf8.h"

namespace cairn {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kQuestion =
    "Write a description of this picture for people who search for it. Say "
    "what can be seen: things, people, places, actions, signs, numbers and the "
    "text on it, word for word where it can be read. Do not guess names and do "
    "not say what is not visible. Plain sentences, at most 120 words, no "
    "introduction.";

std::string Base64(std::string_view bytes) {
  constexpr std::string_view kSigns =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view part = bytes.substr(at, 3);
    unsigned group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8 |
              (i < part.size() ? static_cast<unsigned char>(part[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      const bool there = i <= part.size();
      out.push_back(there ? kSigns[group >> (18 - 6 * i) & 63] : '=');
    }
  }
  return out;
}

// A string, or the texts of a list of parts.
std::string TextOf(const Json& content) {
  if (content.is_string()) return content.get<std::string>();
  std::string out;
  if (!content.is_array()) return out;
  for (const Json& part : content) {
    if (!part.is_object()) continue;
    const auto text = part.find("text");
    if (text != part.end() && text->is_string()) {
      out += text->get<std::string>();
    }
  }
  return out;
}

class RemotePictureDescriber final : public PictureDescriber {
 public:
  RemotePictureDescriber(const RemotePictureDescriberOptions& options,
                         std::unique_ptr<HttpClient> client)
      : model_(options.model),
        client_(std::move(client)),
        id_(model_ + " at " + client_->url().shown) {}

  const std::string& id() const override { return id_; }
  const std::string& name() const override { return model_; }

  StatusOr<std::string> Describe(const PictureToDescribe& picture,
                                 const Deadline& deadline) const override {
    // Newer models refuse a temperature, and each server has its own name for
    // the length of an answer: neither is sent.
    const std::string url = "data:" + std::string(picture.media_type) +
                            ";base64," + Base64(picture.bytes);
    const Json content =
        Json::array({{{"type", "text"}, {"text", kQuestion}},
                     {{"type", "image_url"}, {"image_url", {{"url", url}}}}});
    const Json message = {{"role", "user"}, {"content", content}};
    const Json request = {{"model", model_},
                          {"messages", Json::array({message})}};
    CAIRN_ASSIGN_OR_RETURN(
        const std::string reply,
        client_->Post(
            "application/json",
            // A name that is no UTF-8 does not throw.
            request.dump(-1, ' ', false, Json::error_handler_t::replace),
            deadline));
    return Read(reply);
  }

 private:
  Status BadReply(std::string_view what) const {
    return FailedPreconditionError(
        client_->url().shown + ": the reply " + std::string(what) +
            "; is this the address of a chat completions endpoint whose model "
            "takes pictures?",
        "BAD_REPLY");
  }

  StatusOr<std::string> Read(const std::string& text) const {
    const Json reply = Json::parse(text, nullptr, false);
    if (!reply.is_object()) return BadReply("is no JSON object");
    const auto choices = reply.find("choices");
    if (choices == reply.end() || !choices->is_array() || choices->empty() ||
        !choices->front().is_object()) {
      return BadReply("has no choices");
    }
    const Json& choice = choices->front();
    const auto message = choice.find("message");
    if (message == choice.end() || !message->is_object()) {
      return BadReply("has no message");
    }
    const auto refusal = message->find("refusal");
    const bool refused = refusal != message->end() && refusal->is_string();
    const auto reason = choice.find("finish_reason");
    if (refused || (reason != choice.end() && *reason == "content_filter")) {
      return FailedPreconditionError("the model at " + client_->url().shown +
                                         " would not describe the picture",
                                     "PICTURE_DECLINED");
    }
    const auto content = message->find("content");
    if (content == message->end()) return BadReply("has no content");
    const std::string answer = TextOf(*content);
    return std::string(CutUtf8(answer, kDescriptionBytesMax));
  }

  const std::string model_;
  const std::unique_ptr<HttpClient> client_;
  const std::string id_;
};

}  // namespace

StatusOr<std::unique_ptr<PictureDescriber>> MakeRemotePictureDescriber(
    const RemotePictureDescriberOptions& options) {
  const bool plain =
      std::all_of(options.model.begin(), options.model.end(), [](char sign) {
        return static_cast<unsigned char>(sign) >= ' ' && sign != '\x7f';
      });
  if (options.model.empty() || !plain) {
    return InvalidArgumentError(
        "the describer needs the name of a model that takes pictures, without "
        "control signs; give it with --describer-model",
        "BAD_CONFIGURATION");
  }
  CAIRN_ASSIGN_OR_RETURN(std::unique_ptr<HttpClient> client,
                         HttpClient::Make(options.http));
  return std::make_unique<RemotePictureDescriber>(options, std::move(client));
}

}  // namespace cairn
