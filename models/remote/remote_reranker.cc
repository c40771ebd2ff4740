#include "models/remote/remote_reranker.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cairn {
namespace {

using Json = nlohmann::json;

// The least that servers are known to take at a time (Text Embeddings
// Inference's default).
constexpr std::size_t kSlice = 32;
constexpr std::size_t kQueryBytesMax = 16 << 10;
constexpr std::size_t kPassageBytesMax = 32 << 10;

// A sign that is cut in two is replaced when the text is written.
std::string Cut(std::string_view text, std::size_t bytes_max) {
  return std::string(text.substr(0, bytes_max));
}

// The list of scores in a reply: bare, or a field of it.
const Json* ListOf(const Json& reply) {
  if (reply.is_array()) return &reply;
  if (!reply.is_object()) return nullptr;
  for (const char* field : {"results", "data"}) {
    const auto found = reply.find(field);
    if (found != reply.end() && found->is_array()) return &*found;
  }
  return nullptr;
}

std::optional<double> ScoreOf(const Json& entry) {
  for (const char* field : {"relevance_score", "score"}) {
    const auto found = entry.find(field);
    if (found != entry.end() && found->is_number()) {
      return found->get<double>();
    }
  }
  return std::nullopt;
}

class RemoteReranker final : public Reranker {
 public:
  RemoteReranker(const RemoteRerankerOptions& options,
                 std::unique_ptr<HttpClient> client)
      : model_(options.model),
        form_(options.form),
        logits_(options.logits),
        client_(std::move(client)),
        id_((model_.empty() ? "" : model_ + " at ") + client_->url().shown) {}

  const std::string& id() const override { return id_; }

  StatusOr<std::vector<double>> Score(std::string_view query,
                                      std::span<const std::string> passages,
                                      const Deadline& deadline) const override {
    std::vector<double> scores;
    while (scores.size() < passages.size() && !deadline.expired()) {
      const auto slice = passages.subspan(
          scores.size(), std::min(kSlice, passages.size() - scores.size()));
      const auto reply = client_->PostJson(RequestOf(query, slice), deadline);
      if (reply.status().code() == StatusCode::kDeadlineExceeded) break;
      CAIRN_RETURN_IF_ERROR(reply.status());
      CAIRN_ASSIGN_OR_RETURN(const std::vector<double> judged,
                             Read(*reply, slice.size()));
      scores.insert(scores.end(), judged.begin(), judged.end());
    }
    return scores;
  }

 private:
  std::string RequestOf(std::string_view query,
                        std::span<const std::string> passages) const {
    Json texts = Json::array();
    for (const std::string& passage : passages) {
      texts.push_back(Cut(passage, kPassageBytesMax));
    }
    Json request = {{"query", Cut(query, kQueryBytesMax)}};
    if (!model_.empty()) request["model"] = model_;
    if (form_ == RerankForm::kTexts) {
      request["texts"] = std::move(texts);
      request["truncate"] = true;
    } else {
      request["top_n"] = texts.size();
      request["documents"] = std::move(texts);
    }
    return request.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  Status BadReply(std::string_view what) const {
    return FailedPreconditionError(
        client_->url().shown + ": the reply " + std::string(what) +
            "; is this the address of a reranker, and its form right?",
        "BAD_REPLY");
  }

  // Scores by place; servers send them best first.
  StatusOr<std::vector<double>> Read(const std::string& text,
                                     std::size_t count) const {
    const Json reply = Json::parse(text, nullptr, false);
    const Json* list = reply.is_discarded() ? nullptr : ListOf(reply);
    if (list == nullptr) return BadReply("is no list of scores");
    std::vector<std::optional<double>> found(count);
    for (const Json& entry : *list) {
      const auto index = entry.is_object() ? entry.find("index") : entry.end();
      if (!entry.is_object() || index == entry.end() ||
          !index->is_number_unsigned() || index->get<std::size_t>() >= count) {
        return BadReply("names no passage that was sent");
      }
      const std::optional<double> score = ScoreOf(entry);
      if (!score) return BadReply("has an entry without a score");
      found[index->get<std::size_t>()] = *score;
    }
    std::vector<double> scores;
    for (const std::optional<double>& score : found) {
      if (!score) return BadReply("leaves passages out");
      CAIRN_ASSIGN_OR_RETURN(const double one, Normalized(*score));
      scores.push_back(one);
    }
    return scores;
  }

  StatusOr<double> Normalized(double score) const {
    if (logits_) return 1 / (1 + std::exp(-score));
    if (score >= 0 && score <= 1) return score;
    return FailedPreconditionError(
        client_->url().shown +
            " gives scores outside 0..1; if they are logits, say so "
            "(--reranker-logits)",
        "SCORES_OUT_OF_RANGE");
  }

  const std::string model_;
  const RerankForm form_;
  const bool logits_;
  const std::unique_ptr<HttpClient> client_;
  const std::string id_;
};

}  // namespace

StatusOr<std::unique_ptr<Reranker>> MakeRemoteReranker(
    const RemoteRerankerOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(std::unique_ptr<HttpClient> client,
                         HttpClient::Make(options.http));
  return std::make_unique<RemoteReranker>(options, std::move(client));
}

}  // namespace cairn
