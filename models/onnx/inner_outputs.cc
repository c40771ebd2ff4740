#include "models/onnx/inner_outputs.h"

namespace cairn {
namespace {

// Numbers of fields in onnx.proto.
constexpr unsigned kModelGraph = 7;
constexpr unsigned kGraphOutput = 12;
constexpr unsigned kNodeOutput = 2;
constexpr unsigned kValueName = 1;
constexpr unsigned kLengthDelimited = 2;

void AppendVarint(std::size_t number, std::string& out) {
  while (number >= 128) {
    out += static_cast<char>((number & 127) | 128);
    number >>= 7;
  }
  out += static_cast<char>(number);
}

std::string Field(unsigned number, std::string_view payload) {
  std::string out;
  AppendVarint(number << 3 | kLengthDelimited, out);
  AppendVarint(payload.size(), out);
  return out.append(payload);
}

}  // namespace

std::string LayerTensor(std::size_t layer) {
  return "/encoder/layer." + std::to_string(layer - 1) +
         "/output/LayerNorm/Add_1_output_0";
}

std::vector<std::size_t> LayersIn(std::string_view network,
                                  const std::vector<std::size_t>& layers) {
  std::vector<std::size_t> found;
  for (const std::size_t layer : layers) {
    // As the output of a node, with its length: "..._0_quantized" is another.
    const std::string output = Field(kNodeOutput, LayerTensor(layer));
    if (network.find(output) != std::string_view::npos) {
      found.push_back(layer);
    }
  }
  return found;
}

std::string OutputPatch(std::string_view tensor) {
  return Field(kModelGraph, Field(kGraphOutput, Field(kValueName, tensor)));
}

}  // namespace cairn
