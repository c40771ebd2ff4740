#include "services/server/make_reranker.h"

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/onnx/onnx_cross_encoder.h"
#include "models/remote/remote_reranker.h"
#include "services/server/model_key.h"

namespace cairn {
namespace {

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
  CAIRN_ASSIGN_OR_RETURN(options.http.key,
                         ReadModelKey(config.key_file, "CAIRN_RERANKER_KEY"));
  options.model = config.model;
  options.form =
      config.texts_form ? RerankForm::kTexts : RerankForm::kDocuments;
  options.logits = config.logits;
  return MakeRemoteReranker(options);
}

}  // namespace cairn
