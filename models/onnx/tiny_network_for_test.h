// TinyNetwork: an ONNX network that is small enough to be written by hand, for
// the tests of the cross-encoder.
//
// It counts words in common: with one row a token, 1 at the token's own place,
//   logit = 4 * sum over tokens of (count in question * count in passage) - 2
// where padding and special tokens count nothing. Bytes are those of ONNX's
// onnx.proto3 (IR version 6, opset 11), written field by field.
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace cairn {

// A message of Protocol Buffers under construction.
class WireMessage {
 public:
  WireMessage& Number(int field, std::uint64_t value) {
    Varint(static_cast<std::uint64_t>(field) << 3);
    Varint(value);
    return *this;
  }
  WireMessage& Bytes(int field, std::string_view bytes) {
    Varint((static_cast<std::uint64_t>(field) << 3) | 2);
    Varint(bytes.size());
    bytes_ += bytes;
    return *this;
  }
  WireMessage& Message(int field, const WireMessage& message) {
    return Bytes(field, message.bytes_);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  void Varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) {
      bytes_ += static_cast<char>((value & 0x7f) | 0x80);
    }
    bytes_ += static_cast<char>(value);
  }
  std::string bytes_;
};

class TinyNetwork {
 public:
  static constexpr double kScale = 4;
  static constexpr double kBias = -2;
  static constexpr std::size_t kSpecials = 4;  // [PAD], [UNK], [CLS], [SEP].

  // `outputs` a passage: 1; 2, the negative logit first, half of it each; or 3,
  // which nobody can read.
  explicit TinyNetwork(std::size_t tokens, int outputs = 1) {
    const bool one = outputs == 1;
    for (const char* input :
         {"input_ids", "attention_mask", "token_type_ids"}) {
      graph_.Message(11, ValueInfo(input, kInt64));
    }
    AddTable(tokens);
    AddConstant("scale", one ? kScale : kScale / 2);
    AddConstant("bias", one ? kBias : kBias / 2);
    AddConstant("one", 1);
    AddConstant("minus", -1);
    Node("Gather", {"table", "input_ids"}, "rows");
    Node("Cast", {"attention_mask"}, "mask", {Attribute("to", kFloat)});
    Node("Cast", {"token_type_ids"}, "types", {Attribute("to", kFloat)});
    Node("Mul", {"types", "mask"}, "in_passage");
    Node("Sub", {"one", "types"}, "not_type");
    Node("Mul", {"not_type", "mask"}, "in_question");
    Sum("in_question", "question");
    Sum("in_passage", "passage");
    Node("Mul", {"question", "passage"}, "shared");
    Node("ReduceSum", {"shared"}, "overlap",
         {Axes({1}), Attribute("keepdims", 1)});
    Node("Mul", {"overlap", "scale"}, "scaled");
    Node("Add", {"scaled", "bias"}, one ? "logits" : "logit");
    if (!one) {
      Node("Mul", {"logit", "minus"}, "against");
      std::vector<std::string> columns = {"against", "logit"};
      if (outputs == 3) columns.push_back("logit");
      Node("Concat", columns, "logits", {Attribute("axis", 1)});
    }
    graph_.Bytes(2, "overlap").Message(12, ValueInfo("logits", kFloat));
  }

  std::string Bytes() const {
    WireMessage opset;
    opset.Bytes(1, "").Number(2, 11);
    WireMessage model;
    model.Number(1, 6).Message(7, graph_).Message(8, opset);
    return model.bytes();
  }

 private:
  static constexpr int kFloat = 1;
  static constexpr int kInt64 = 7;

  static WireMessage ValueInfo(std::string_view name, int type) {
    WireMessage dimension, shape, tensor, whole, info;
    dimension.Bytes(2, "n");
    shape.Message(1, dimension).Message(1, dimension);
    tensor.Number(1, static_cast<std::uint64_t>(type)).Message(2, shape);
    whole.Message(1, tensor);
    info.Bytes(1, name).Message(2, whole);
    return info;
  }
  static WireMessage Attribute(std::string_view name, std::uint64_t value) {
    WireMessage attribute;
    attribute.Bytes(1, name).Number(3, value).Number(20, 2);
    return attribute;
  }
  static WireMessage Axes(const std::vector<std::uint64_t>& axes) {
    WireMessage attribute;
    attribute.Bytes(1, "axes");
    for (const std::uint64_t axis : axes) attribute.Number(8, axis);
    attribute.Number(20, 7);
    return attribute;
  }
  void Node(std::string_view type, const std::vector<std::string>& inputs,
            std::string_view output,
            const std::vector<WireMessage>& attributes = {}) {
    WireMessage node;
    for (const std::string& input : inputs) node.Bytes(1, input);
    node.Bytes(2, output).Bytes(4, type);
    for (const WireMessage& one : attributes) node.Message(5, one);
    graph_.Message(1, node);
  }
  // The rows of the tokens with weight 1, summed over the text.
  void Sum(const std::string& weight, const std::string& output) {
    Node("Unsqueeze", {weight}, weight + "_3d", {Axes({2})});
    Node("Mul", {"rows", weight + "_3d"}, weight + "_rows");
    Node("ReduceSum", {weight + "_rows"}, output,
         {Axes({1}), Attribute("keepdims", 0)});
  }
  void AddTensor(std::string_view name, const std::vector<std::size_t>& shape,
                 const std::vector<float>& values) {
    WireMessage tensor;
    for (const std::size_t size : shape) tensor.Number(1, size);
    std::string raw(values.size() * sizeof(float), '\0');
    std::memcpy(raw.data(), values.data(), raw.size());
    tensor.Number(2, kFloat).Bytes(8, name).Bytes(9, raw);
    graph_.Message(5, tensor);
  }
  void AddConstant(std::string_view name, double value) {
    AddTensor(name, {1}, {static_cast<float>(value)});
  }
  void AddTable(std::size_t tokens) {
    std::vector<float> rows(tokens * tokens, 0.0F);
    for (std::size_t i = kSpecials; i < tokens; ++i) rows[i * tokens + i] = 1;
    AddTensor("table", {tokens, tokens}, rows);
  }

  WireMessage graph_;
};

// Options of a folder with a cross-encoder.
struct TinyModel {
  std::vector<std::string> words = {"grey",  "stone", "on",   "the", "path",
                                    "river", "water", "near", "town"};
  int outputs = 1;                                    // A passage.
  nlohmann::json changes = nlohmann::json::object();  // To the manifest.
};

inline nlohmann::json TinyTokenizer(const std::vector<std::string>& words) {
  nlohmann::json vocabulary = nlohmann::json::object();
  int next = 0;
  for (const char* special : {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}) {
    vocabulary[special] = next++;
  }
  for (const std::string& word : words) vocabulary[word] = next++;
  return {{"normalizer",
           {{"type", "BertNormalizer"},
            {"clean_text", true},
            {"handle_chinese_chars", true},
            {"strip_accents", nullptr},
            {"lowercase", true}}},
          {"pre_tokenizer", {{"type", "BertPreTokenizer"}}},
          {"added_tokens", nlohmann::json::array()},
          {"model",
           {{"type", "WordPiece"},
            {"unk_token", "[UNK]"},
            {"continuing_subword_prefix", "##"},
            {"max_input_chars_per_word", 100},
            {"vocab", vocabulary}}}};
}

// Writes the folder anew.
inline void WriteTinyModel(const std::string& folder, const TinyModel& model) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto write = [&](const std::string& file, std::string_view bytes) {
    std::ofstream(folder + "/" + file, std::ios::binary) << bytes;
  };
  const std::string network =
      TinyNetwork(model.words.size() + TinyNetwork::kSpecials, model.outputs)
          .Bytes();
  const std::string tokenizer = TinyTokenizer(model.words).dump();
  nlohmann::json manifest = {{"kind", "cross-encoder"},
                             {"name", "tiny"},
                             {"model", "model.onnx"},
                             {"tokenizer", "tokenizer.json"},
                             {"sha256",
                              {{"model.onnx", Sha256Hex(network)},
                               {"tokenizer.json", Sha256Hex(tokenizer)}}},
                             {"max_tokens", 60},
                             {"output", "logits"}};
  manifest.merge_patch(model.changes);
  write("model.onnx", network);
  write("tokenizer.json", tokenizer);
  write("manifest.json", manifest.dump());
}

}  // namespace cairn
