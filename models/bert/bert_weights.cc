#include "models/bert/bert_weights.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "models/bert/onnx_graph.h"

namespace cairn {
namespace {

constexpr std::size_t kLayersMax = 64;
constexpr std::size_t kWidthMax = 8192;

Status OtherForm(std::string_view what) {
  return UnimplementedError("not a quantised BERT encoder: " +
                            std::string(what));
}

// Products of one left side and weights of the same depth, columns joined.
struct JoinedColumns {
  std::size_t depth = 0;
  std::vector<std::vector<std::int8_t>> parts;
  std::vector<float> scales;
  std::vector<float> bias;
};

class Reader {
 public:
  explicit Reader(const OnnxGraph& graph) : graph_(graph) {}

  StatusOr<std::vector<float>> Floats(const std::string& name) const {
    CAIRN_ASSIGN_OR_RETURN(const OnnxTensor* tensor, Tensor(name));
    return tensor->Floats();
  }

  StatusOr<float> Number(const std::string& name) const {
    CAIRN_ASSIGN_OR_RETURN(const std::vector<float> numbers, Floats(name));
    if (numbers.size() != 1) return OtherForm(name + " is not one number");
    return numbers[0];
  }

  // The second input of the node that makes `output`: the constant of a
  // division or addition.
  StatusOr<float> ConstantOf(const std::string& output) const {
    const OnnxNode* node = graph_.Maker(output);
    if (node == nullptr || node->inputs.size() != 2) {
      return OtherForm("no " + output);
    }
    return Number(std::string(node->inputs[1]));
  }

  StatusOr<NormWeights> Norm(const std::string& name, std::size_t width) const {
    NormWeights norm;
    CAIRN_ASSIGN_OR_RETURN(norm.weight, Floats(name + ".LayerNorm.weight"));
    CAIRN_ASSIGN_OR_RETURN(norm.bias, Floats(name + ".LayerNorm.bias"));
    if (norm.weight.size() != width || norm.bias.size() != width) {
      return OtherForm("the width of " + name);
    }
    return norm;
  }

  StatusOr<EmbeddingTable> Embeddings(const std::string& kind) const {
    const std::string name = "embeddings." + kind + "_embeddings.weight_";
    EmbeddingTable table;
    CAIRN_ASSIGN_OR_RETURN(table.scale, Number(name + "scale"));
    CAIRN_ASSIGN_OR_RETURN(const OnnxTensor* zero, Tensor(name + "zero_point"));
    CAIRN_ASSIGN_OR_RETURN(const std::vector<std::int32_t> zeros,
                           zero->Integers());
    CAIRN_ASSIGN_OR_RETURN(const OnnxTensor* codes, Tensor(name + "quantized"));
    if (zeros.size() != 1 || codes->type != OnnxTensor::Type::kUint8 ||
        codes->shape.size() != 2 || codes->raw.size() != codes->count()) {
      return OtherForm("the embeddings of a " + kind);
    }
    table.zero = zeros[0];
    table.rows = codes->shape[0];
    table.codes.assign(codes->raw.begin(), codes->raw.end());
    return table;
  }

  // Adds the columns of the linear layer whose product makes `output`.
  Status Join(const std::string& output, const std::string& bias,
              JoinedColumns& joined) const {
    const OnnxNode* node = graph_.Maker(output + "_output_quantized");
    if (node == nullptr || node->operation != "MatMulInteger" ||
        node->inputs.size() != 4) {
      return OtherForm("no product " + output);
    }
    std::string name(node->inputs[1]);
    constexpr std::string_view kEnding = "_quantized";
    if (!name.ends_with(kEnding)) return OtherForm("weights " + name);
    name.resize(name.size() - kEnding.size());
    CAIRN_ASSIGN_OR_RETURN(const OnnxTensor* weights,
                           Tensor(name + "_quantized"));
    CAIRN_RETURN_IF_ERROR(CheckZeros(name + "_zero_point"));
    CAIRN_ASSIGN_OR_RETURN(const std::vector<float> scales,
                           Floats(name + "_scale"));
    CAIRN_ASSIGN_OR_RETURN(const std::vector<float> biases, Floats(bias));
    CAIRN_RETURN_IF_ERROR(CheckWeights(*weights, name, joined));
    if (scales.size() != weights->shape[1] || biases.size() != scales.size()) {
      return OtherForm("the columns of " + name);
    }
    joined.scales.insert(joined.scales.end(), scales.begin(), scales.end());
    joined.bias.insert(joined.bias.end(), biases.begin(), biases.end());
    return OkStatus();
  }

 private:
  StatusOr<const OnnxTensor*> Tensor(const std::string& name) const {
    const auto found = graph_.tensors.find(name);
    if (found == graph_.tensors.end()) return OtherForm("no tensor " + name);
    return &found->second;
  }

  Status CheckZeros(const std::string& name) const {
    CAIRN_ASSIGN_OR_RETURN(const OnnxTensor* tensor, Tensor(name));
    CAIRN_ASSIGN_OR_RETURN(const std::vector<std::int32_t> zeros,
                           tensor->Integers());
    if (std::any_of(zeros.begin(), zeros.end(),
                    [](std::int32_t zero) { return zero != 0; })) {
      return OtherForm(name + " is not 0");
    }
    return OkStatus();
  }

  static Status CheckWeights(const OnnxTensor& weights, const std::string& name,
                             JoinedColumns& joined) {
    if (weights.type != OnnxTensor::Type::kInt8 || weights.shape.size() != 2 ||
        weights.raw.size() != weights.count() || weights.raw.empty() ||
        weights.shape[0] % kGemmDepthStep != 0 ||
        weights.shape[1] % kPanelColumns != 0) {
      return OtherForm("the shape of " + name);
    }
    if (joined.depth != 0 && joined.depth != weights.shape[0]) {
      return OtherForm("the depth of " + name);
    }
    joined.depth = weights.shape[0];
    std::vector<std::int8_t>& part = joined.parts.emplace_back();
    for (const char byte : weights.raw) {
      const auto weight = static_cast<signed char>(byte);
      if (std::abs(weight) > kGemmWeightMax) {
        return OtherForm(name + " has weights of 8 bits");
      }
      part.push_back(weight);
    }
    return OkStatus();
  }

  const OnnxGraph& graph_;
};

LinearWeights Pack(JoinedColumns joined) {
  const std::size_t columns = joined.scales.size();
  std::vector<std::int8_t> rows(joined.depth * columns);
  std::size_t first = 0;
  for (const std::vector<std::int8_t>& part : joined.parts) {
    const std::size_t width = part.size() / joined.depth;
    for (std::size_t k = 0; k < joined.depth; ++k) {
      std::copy_n(
          part.begin() + static_cast<std::ptrdiff_t>(k * width), width,
          rows.begin() + static_cast<std::ptrdiff_t>(k * columns + first));
    }
    first += width;
  }
  return {.weights = PackedWeights(rows, joined.depth, columns),
          .scales = std::move(joined.scales),
          .bias = std::move(joined.bias)};
}

StatusOr<LinearWeights> ReadLinear(const Reader& reader,
                                   const std::string& product,
                                   const std::string& bias, std::size_t depth,
                                   std::size_t columns) {
  JoinedColumns joined;
  CAIRN_RETURN_IF_ERROR(reader.Join(product, bias, joined));
  if (joined.depth != depth || joined.scales.size() != columns) {
    return OtherForm("the shape of " + product);
  }
  return Pack(std::move(joined));
}

StatusOr<BertLayerWeights> ReadLayer(const Reader& reader, std::size_t number,
                                     const BertWeights& of) {
  const std::string names = "encoder.layer." + std::to_string(number);
  const std::string nodes = "/encoder/layer." + std::to_string(number);
  BertLayerWeights layer;
  JoinedColumns attention;
  for (const std::string part : {"query", "key", "value"}) {
    CAIRN_RETURN_IF_ERROR(
        reader.Join(nodes + "/attention/self/" + part + "/MatMul_output_0",
                    names + ".attention.self." + part + ".bias", attention));
  }
  if (attention.depth != of.width || attention.scales.size() != 3 * of.width) {
    return OtherForm("the shape of " + nodes + "/attention/self");
  }
  layer.attention = Pack(std::move(attention));
  CAIRN_ASSIGN_OR_RETURN(
      layer.attention_output,
      ReadLinear(reader, nodes + "/attention/output/dense/MatMul_output_0",
                 names + ".attention.output.dense.bias", of.width, of.width));
  CAIRN_ASSIGN_OR_RETURN(layer.attention_norm,
                         reader.Norm(names + ".attention.output", of.width));
  CAIRN_ASSIGN_OR_RETURN(
      layer.intermediate,
      ReadLinear(reader, nodes + "/intermediate/dense/MatMul_output_0",
                 names + ".intermediate.dense.bias", of.width, of.inner_width));
  CAIRN_ASSIGN_OR_RETURN(
      layer.output,
      ReadLinear(reader, nodes + "/output/dense/MatMul_output_0",
                 names + ".output.dense.bias", of.inner_width, of.width));
  CAIRN_ASSIGN_OR_RETURN(layer.output_norm,
                         reader.Norm(names + ".output", of.width));
  return layer;
}

// What a BERT of `layers` layers does, and nothing else that computes.
Status CheckOperations(const OnnxGraph& graph, std::size_t layers) {
  const std::pair<std::string_view, std::size_t> expected[] = {
      {"MatMulInteger", 6 * layers},
      {"DynamicQuantizeLinear", 4 * layers},
      {"MatMul", 2 * layers},
      {"Softmax", layers},
      {"Erf", layers},
      {"DequantizeLinear", 3},
      {"Tanh", 0},
      {"Gemm", 0},
      {"Conv", 0},
      {"Relu", 0}};
  for (const auto& [operation, count] : expected) {
    if (graph.Count(operation) != count) {
      return OtherForm("another number of " + std::string(operation));
    }
  }
  return OkStatus();
}

// What is asked for must be what the last layer gives.
Status CheckOutput(const OnnxGraph& graph, std::string_view output,
                   std::size_t layers) {
  const OnnxNode* node = graph.Maker(output);
  const std::string last = "/encoder/layer." + std::to_string(layers - 1) +
                           "/output/LayerNorm/Mul_output_0";
  if (node == nullptr || node->operation != "Add" || node->inputs.empty() ||
      node->inputs[0] != last) {
    return OtherForm(std::string(output) + " is not its last layer");
  }
  return OkStatus();
}

Status ReadSizes(const Reader& reader, const OnnxGraph& graph,
                 BertWeights& weights) {
  weights.width = weights.norm.weight.size();
  JoinedColumns first;
  CAIRN_RETURN_IF_ERROR(
      reader.Join("/encoder/layer.0/intermediate/dense/MatMul_output_0",
                  "encoder.layer.0.intermediate.dense.bias", first));
  weights.inner_width = first.scales.size();
  CAIRN_ASSIGN_OR_RETURN(
      const float root,
      reader.ConstantOf("/encoder/layer.0/attention/self/Div_output_0"));
  CAIRN_ASSIGN_OR_RETURN(
      weights.epsilon, reader.ConstantOf("/embeddings/LayerNorm/Add_output_0"));
  const float head = std::round(root * root);
  if (!(head >= 16 && head <= 512) || !(weights.epsilon > 0)) {
    return OtherForm("the heads");
  }
  weights.head_width = static_cast<std::size_t>(head);
  if (weights.width == 0 || weights.width > kWidthMax ||
      weights.inner_width > 4 * kWidthMax || weights.head_width % 16 != 0 ||
      weights.width % weights.head_width != 0) {
    return OtherForm("the widths");
  }
  const std::size_t layers = graph.Count("Softmax");
  if (layers == 0 || layers > kLayersMax) return OtherForm("the layers");
  return CheckOperations(graph, layers);
}

Status CheckEmbeddings(const BertWeights& weights) {
  for (const EmbeddingTable* table :
       {&weights.words, &weights.positions, &weights.types}) {
    if (table->rows == 0 ||
        table->codes.size() != table->rows * weights.width) {
      return OtherForm("the shape of the embeddings");
    }
  }
  return OkStatus();
}

}  // namespace

StatusOr<BertWeights> ReadBertWeights(std::string_view network,
                                      std::string_view output) {
  CAIRN_ASSIGN_OR_RETURN(const OnnxGraph graph, ReadOnnxGraph(network));
  const Reader reader(graph);
  BertWeights weights;
  CAIRN_ASSIGN_OR_RETURN(weights.norm.weight,
                         reader.Floats("embeddings.LayerNorm.weight"));
  CAIRN_RETURN_IF_ERROR(ReadSizes(reader, graph, weights));
  CAIRN_RETURN_IF_ERROR(CheckOutput(graph, output, graph.Count("Softmax")));
  CAIRN_ASSIGN_OR_RETURN(weights.norm,
                         reader.Norm("embeddings", weights.width));
  CAIRN_ASSIGN_OR_RETURN(weights.words, reader.Embeddings("word"));
  CAIRN_ASSIGN_OR_RETURN(weights.positions, reader.Embeddings("position"));
  CAIRN_ASSIGN_OR_RETURN(weights.types, reader.Embeddings("token_type"));
  CAIRN_RETURN_IF_ERROR(CheckEmbeddings(weights));
  for (std::size_t number = 0; number < graph.Count("Softmax"); ++number) {
    CAIRN_ASSIGN_OR_RETURN(BertLayerWeights layer,
                           ReadLayer(reader, number, weights));
    weights.layers.push_back(std::move(layer));
  }
  return weights;
}

}  // namespace cairn
