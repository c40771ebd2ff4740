#include "models/bert/onnx_graph.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <string>

namespace cairn {
namespace {

static_assert(std::endian::native == std::endian::little);

// Numbers of fields in onnx.proto.
constexpr std::uint64_t kModelGraph = 7;
constexpr std::uint64_t kGraphNode = 1, kGraphInitializer = 5;
constexpr std::uint64_t kNodeInput = 1, kNodeOutput = 2, kNodeType = 4,
                        kNodeAttribute = 5;
constexpr std::uint64_t kAttributeTensor = 5;
constexpr std::uint64_t kTensorDims = 1, kTensorType = 2, kTensorFloats = 4,
                        kTensorIntegers = 5, kTensorName = 8, kTensorRaw = 9;

Status BadNetwork(std::string_view what) {
  return InvalidArgumentError(
      "the network file is damaged: " + std::string(what), "BAD_NETWORK");
}

// One field: its payload, or its number for the types that have none.
struct Field {
  std::uint64_t number = 0;
  std::uint64_t value = 0;
  std::string_view payload;
};

// Reads the fields of one message in order.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : bytes_(bytes) {}

  bool done() const { return at_ == bytes_.size(); }

  StatusOr<std::uint64_t> Varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
      const auto byte = static_cast<std::uint8_t>(bytes_[at_++]);
      value |= std::uint64_t{byte & 127U} << shift;
      if (byte < 128) return value;
    }
    return BadNetwork("a number is cut off");
  }

  StatusOr<Field> Next() {
    CAIRN_ASSIGN_OR_RETURN(const std::uint64_t tag, Varint());
    Field field{.number = tag >> 3, .value = 0, .payload = {}};
    std::uint64_t size = 0;
    switch (tag & 7) {
      case 0: {
        CAIRN_ASSIGN_OR_RETURN(field.value, Varint());
        return field;
      }
      case 1:
        size = 8;
        break;
      case 2: {
        CAIRN_ASSIGN_OR_RETURN(size, Varint());
        break;
      }
      case 5:
        size = 4;
        break;
      default:
        return BadNetwork("a field has an unknown form");
    }
    if (size > bytes_.size() - at_) return BadNetwork("a field is cut off");
    field.payload = bytes_.substr(at_, size);
    at_ += size;
    return field;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

Status ReadDims(const Field& field, OnnxTensor& tensor) {
  if (field.payload.empty()) {
    tensor.shape.push_back(field.value);
    return OkStatus();
  }
  WireReader dims(field.payload);
  while (!dims.done()) {
    CAIRN_ASSIGN_OR_RETURN(const std::uint64_t dim, dims.Varint());
    tensor.shape.push_back(dim);
  }
  return OkStatus();
}

OnnxTensor::Type TypeOf(std::uint64_t number) {
  return number >= 1 && number <= 3 ? static_cast<OnnxTensor::Type>(number)
                                    : OnnxTensor::Type::kOther;
}

StatusOr<OnnxTensor> ReadTensor(std::string_view bytes,
                                std::string_view& name) {
  OnnxTensor tensor;
  WireReader reader(bytes);
  while (!reader.done()) {
    CAIRN_ASSIGN_OR_RETURN(const Field field, reader.Next());
    switch (field.number) {
      case kTensorDims:
        CAIRN_RETURN_IF_ERROR(ReadDims(field, tensor));
        break;
      case kTensorType:
        tensor.type = TypeOf(field.value);
        break;
      case kTensorFloats:
        tensor.floats = field.payload;
        break;
      case kTensorIntegers:
        tensor.integers = field.payload;
        break;
      case kTensorName:
        name = field.payload;
        break;
      case kTensorRaw:
        tensor.raw = field.payload;
        break;
      default:
        break;
    }
  }
  return tensor;
}

StatusOr<std::optional<OnnxTensor>> TensorOfAttribute(std::string_view bytes) {
  WireReader reader(bytes);
  while (!reader.done()) {
    CAIRN_ASSIGN_OR_RETURN(const Field field, reader.Next());
    if (field.number != kAttributeTensor || field.payload.empty()) continue;
    std::string_view name;
    CAIRN_ASSIGN_OR_RETURN(OnnxTensor tensor, ReadTensor(field.payload, name));
    return std::optional<OnnxTensor>(std::move(tensor));
  }
  return std::optional<OnnxTensor>();
}

Status ReadNode(std::string_view bytes, OnnxGraph& graph) {
  OnnxNode node;
  std::optional<OnnxTensor> constant;
  WireReader reader(bytes);
  while (!reader.done()) {
    CAIRN_ASSIGN_OR_RETURN(const Field field, reader.Next());
    switch (field.number) {
      case kNodeInput:
        node.inputs.push_back(field.payload);
        break;
      case kNodeOutput:
        node.outputs.push_back(field.payload);
        break;
      case kNodeType:
        node.operation = field.payload;
        break;
      case kNodeAttribute: {
        CAIRN_ASSIGN_OR_RETURN(constant, TensorOfAttribute(field.payload));
        break;
      }
      default:
        break;
    }
  }
  if (node.operation == "Constant" && constant && node.outputs.size() == 1) {
    graph.tensors[node.outputs[0]] = *std::move(constant);
  }
  for (const std::string_view output : node.outputs) {
    graph.makers[output] = graph.nodes.size();
  }
  graph.nodes.push_back(std::move(node));
  return OkStatus();
}

Status ReadGraph(std::string_view bytes, OnnxGraph& graph) {
  WireReader reader(bytes);
  while (!reader.done()) {
    CAIRN_ASSIGN_OR_RETURN(const Field field, reader.Next());
    if (field.number == kGraphNode) {
      CAIRN_RETURN_IF_ERROR(ReadNode(field.payload, graph));
    } else if (field.number == kGraphInitializer) {
      std::string_view name;
      CAIRN_ASSIGN_OR_RETURN(OnnxTensor tensor,
                             ReadTensor(field.payload, name));
      graph.tensors[name] = std::move(tensor);
    }
  }
  return OkStatus();
}

Status OtherTensor() {
  return FailedPreconditionError("a tensor of the network has another form");
}

}  // namespace

std::size_t OnnxTensor::count() const {
  std::size_t product = 1;
  for (const std::size_t dim : shape) {
    // No tensor of a file is larger than the file.
    if (dim != 0 && product > (std::size_t{1} << 40) / dim) return 0;
    product *= dim;
  }
  return product;
}

StatusOr<std::vector<float>> OnnxTensor::Floats() const {
  const std::string_view bytes = raw.empty() ? floats : raw;
  if (type != Type::kFloat || bytes.size() != count() * sizeof(float)) {
    return OtherTensor();
  }
  std::vector<float> numbers(count());
  if (!numbers.empty()) {
    std::memcpy(numbers.data(), bytes.data(), bytes.size());
  }
  return numbers;
}

StatusOr<std::vector<std::int32_t>> OnnxTensor::Integers() const {
  if (type != Type::kInt8 && type != Type::kUint8) return OtherTensor();
  std::vector<std::int32_t> numbers;
  if (!raw.empty()) {
    for (const char byte : raw) {
      numbers.push_back(type == Type::kInt8 ? static_cast<signed char>(byte)
                                            : static_cast<unsigned char>(byte));
    }
  } else {
    WireReader reader(integers);
    while (!reader.done()) {
      CAIRN_ASSIGN_OR_RETURN(const std::uint64_t number, reader.Varint());
      numbers.push_back(static_cast<std::int32_t>(number));
    }
  }
  if (numbers.size() != count()) return OtherTensor();
  return numbers;
}

const OnnxNode* OnnxGraph::Maker(std::string_view output) const {
  const auto found = makers.find(output);
  return found == makers.end() ? nullptr : &nodes[found->second];
}

std::size_t OnnxGraph::Count(std::string_view operation) const {
  return static_cast<std::size_t>(std::count_if(
      nodes.begin(), nodes.end(),
      [&](const OnnxNode& node) { return node.operation == operation; }));
}

StatusOr<OnnxGraph> ReadOnnxGraph(std::string_view network) {
  OnnxGraph graph;
  WireReader reader(network);
  while (!reader.done()) {
    CAIRN_ASSIGN_OR_RETURN(const Field field, reader.Next());
    if (field.number != kModelGraph) continue;
    CAIRN_RETURN_IF_ERROR(ReadGraph(field.payload, graph));
  }
  return graph;
}

}  // namespace cairn
