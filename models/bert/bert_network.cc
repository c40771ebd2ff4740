#include "models/bert/bert_network.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "models/bert/bert_pass.h"
#include "models/bert/crew.h"

namespace cairn {
namespace {

// Of the texts of one pass: enough to be bound by arithmetic and not by reading
// the weights, and few enough for the caches.
constexpr std::size_t kPassTokens = 256;

}  // namespace

StatusOr<std::unique_ptr<BertNetwork>> BertNetwork::FromOnnx(
    std::string_view network, std::string_view output, GemmKernel kernel) {
  if (!Runs(kernel)) {
    return UnimplementedError(std::string(NameOf(kernel)) +
                              " is not there on this CPU");
  }
  CAIRN_ASSIGN_OR_RETURN(BertWeights weights, ReadBertWeights(network, output));
  return std::unique_ptr<BertNetwork>(
      new BertNetwork(std::move(weights), kernel));
}

BertNetwork::BertNetwork(BertWeights weights, GemmKernel kernel)
    : weights_(std::move(weights)), kernel_(kernel) {}

BertNetwork::~BertNetwork() = default;

std::string BertNetwork::engine() const {
  return std::string(NameOf(kernel_)) + " kernels";
}

Status BertNetwork::Check(std::span<const std::int64_t> ids,
                          std::span<const std::size_t> layers) const {
  if (ids.empty() || ids.size() > weights_.positions.rows) {
    return InvalidArgumentError(std::to_string(ids.size()) +
                                " ids; the network takes 1 to " +
                                std::to_string(weights_.positions.rows));
  }
  for (const std::int64_t id : ids) {
    if (id < 0 || static_cast<std::size_t>(id) >= weights_.words.rows) {
      return InvalidArgumentError("the network has no id " +
                                  std::to_string(id));
    }
  }
  for (const std::size_t layer : layers) {
    if (layer > weights_.layers.size()) {
      return UnimplementedError("the network has no layer " +
                                std::to_string(layer));
    }
  }
  return OkStatus();
}

std::unique_ptr<BertWorkspace> BertNetwork::Take(std::size_t tokens) const {
  const std::size_t rows = PaddedRows(tokens);
  std::unique_ptr<BertWorkspace> work;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      work = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (work == nullptr || work->capacity < rows) {
    work = std::make_unique<BertWorkspace>(weights_, rows);
  }
  return work;
}

void BertNetwork::Return(std::unique_ptr<BertWorkspace> work) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(work));
}

StatusOr<std::vector<std::vector<float>>> BertNetwork::Run(
    std::span<const std::int64_t> ids,
    std::span<const std::size_t> layers) const {
  CAIRN_RETURN_IF_ERROR(Check(ids, layers));
  const auto number_of = [&](std::size_t layer) {
    return layer == kLastLayer ? weights_.layers.size() : layer;
  };
  std::size_t last = 0;
  for (const std::size_t layer : layers)
    last = std::max(last, number_of(layer));
  std::unique_ptr<BertWorkspace> work = Take(ids.size());
  Crew crew(1, kernel_);
  BertPass pass(weights_, kernel_, crew, *work);
  pass.Add(ids);
  std::vector<std::vector<float>> shown(layers.size());
  for (std::size_t number = 1; number <= last; ++number) {
    pass.RunLayer(weights_.layers[number - 1], BertPass::Rows::kAll);
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (number_of(layers[i]) != number) continue;
      shown[i].assign(pass.states(),
                      pass.states() + ids.size() * weights_.width);
    }
  }
  Return(std::move(work));
  return shown;
}

void BertNetwork::RunPass(std::span<const std::vector<std::int64_t>> texts,
                          Crew& crew,
                          std::vector<std::vector<float>>& firsts) const {
  std::size_t tokens = 0;
  for (const std::vector<std::int64_t>& ids : texts) tokens += ids.size();
  std::unique_ptr<BertWorkspace> work = Take(tokens);
  BertPass pass(weights_, kernel_, crew, *work);
  for (const std::vector<std::int64_t>& ids : texts) pass.Add(ids);
  for (const BertLayerWeights& layer : weights_.layers) {
    const bool last = &layer == &weights_.layers.back();
    pass.RunLayer(layer,
                  last ? BertPass::Rows::kFirstOfEach : BertPass::Rows::kAll);
  }
  for (std::size_t i = 0; i < pass.rows(); ++i) {
    const float* state = pass.states() + i * weights_.width;
    firsts.emplace_back(state, state + weights_.width);
  }
  Return(std::move(work));
}

StatusOr<std::vector<std::vector<float>>> BertNetwork::FirstStates(
    std::span<const std::vector<std::int64_t>> texts,
    std::size_t threads) const {
  for (const std::vector<std::int64_t>& ids : texts) {
    CAIRN_RETURN_IF_ERROR(Check(ids, {}));
  }
  // A second thread is of use while others do not want the cores.
  const bool alone = running_++ == 0;
  Crew crew(alone ? threads : 1, kernel_);
  std::vector<std::vector<float>> firsts;
  for (std::size_t begin = 0; begin < texts.size();) {
    std::size_t end = begin + 1;
    std::size_t tokens = texts[begin].size();
    while (end < texts.size() && tokens + texts[end].size() <= kPassTokens) {
      tokens += texts[end++].size();
    }
    RunPass(texts.subspan(begin, end - begin), crew, firsts);
    begin = end;
  }
  --running_;
  return firsts;
}

}  // namespace cairn
