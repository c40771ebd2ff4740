#include "services/server/make_reranker.h"

#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file.h"
#include "models/onnx/onnx_cross_encoder.h"
#include "models/remote/remote_reranker.h"

namespace cairn {
namespace {

constexpr std::size_t kKeyBytesMax = 64 << 10;

// A cross-encoder that is loaded at its first use. Threads: the first users
// wait for one load; a load that failed is not tried again.
class LazyCrossEncoder final : public Reranker {
 public:
  LazyCrossEncoder(std::string folder, std::string id)
      : folder_(std::move(folder)), id_(std::move(id)) {}

  const std::string& id() const override { return id_; }
  StatusOr<std::vector<double>> Score(std::string_view query,
                                      std::span<const std::string> passages,
                                      const Deadline& deadline) const override {
    std::call_once(once_, [this] {
      auto opened = OpenOnnxCrossEncoder(folder_);
      status_ = opened.status();
      if (opened.ok()) model_ = std::move(opened).value();
    });
    CAIRN_RETURN_IF_ERROR(status_);
    return model_->Score(query, passages, deadline);
  }

 private:
  const std::string folder_;
  const std::string id_;
  mutable std::once_flag once_;
  // Written once under once_, then read only.
  mutable Status status_;
  mutable std::unique_ptr<Reranker> model_;
};

bool IsUrl(std::string_view place) {
  return place.find("://") != std::string_view::npos;
}

StatusOr<std::string> ReadKey(const std::string& key_file) {
  if (key_file.empty()) {
    const char* key = std::getenv("CAIRN_RERANKER_KEY");
    return std::string(key == nullptr ? "" : key);
  }
  CAIRN_ASSIGN_OR_RETURN(std::string key, ReadFile(key_file, kKeyBytesMax));
  while (!key.empty() &&
         (key.back() == '\n' || key.back() == '\r' || key.back() == ' ')) {
    key.pop_back();
  }
  return key;
}

}  // namespace

StatusOr<std::unique_ptr<const Reranker>> MakeReranker(
    const RerankerConfig& config) {
  const bool url = IsUrl(config.place);
  if (!url && !(config.model.empty() && config.key_file.empty() &&
                !config.texts_form && !config.logits)) {
    return InvalidArgumentError(
        "model, key, form and logits are those of a reranker behind an "
        "address; name it with --reranker https://HOST/PATH",
        "BAD_CONFIGURATION");
  }
  if (config.place.empty()) return nullptr;
  if (!url) {
    CAIRN_ASSIGN_OR_RETURN(const CrossEncoderManifest manifest,
                           ReadCrossEncoderManifest(config.place));
    return std::make_unique<LazyCrossEncoder>(config.place,
                                              manifest.model_id());
  }
  RemoteRerankerOptions options;
  options.http.url = config.place;
  CAIRN_ASSIGN_OR_RETURN(options.http.key, ReadKey(config.key_file));
  options.model = config.model;
  options.form =
      config.texts_form ? RerankForm::kTexts : RerankForm::kDocuments;
  options.logits = config.logits;
  return MakeRemoteReranker(options);
}

}  // namespace cairn
