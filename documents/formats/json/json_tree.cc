#include "documents/formats/json/json_tree.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace cairn {
namespace {

using Kind = JsonNode::Kind;

// Escapes can write signs that canonical text must not hold.
std::string WithoutControls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char sign : text) {
    const bool control = static_cast<unsigned char>(sign) < 0x20 || sign == 127;
    if (!control || sign == '\t' || sign == '\n') out.push_back(sign);
  }
  return out;
}

class TreeWriter final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit TreeWriter(const Limits& limits) : limits_(limits) {}

  bool null() override { return Add(Kind::kNull, "null"); }
  bool boolean(bool value) override {
    return Add(Kind::kBool, value ? "true" : "false");
  }
  bool number_integer(number_integer_t value) override {
    return Add(Kind::kNumber, std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return Add(Kind::kNumber, std::to_string(value));
  }
  bool number_float(number_float_t /*value*/, const string_t& text) override {
    return Add(Kind::kNumber, text);
  }
  bool string(string_t& value) override {
    return Add(Kind::kString, WithoutControls(value));
  }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override {
    return Open(Kind::kObject);
  }
  bool start_array(std::size_t /*size*/) override { return Open(Kind::kArray); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& value) override {
    key_ = WithoutControls(value);
    return true;
  }
  bool parse_error(std::size_t position, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    status_ = InvalidArgumentError(
        "not valid JSON at byte " + std::to_string(position), "BAD_JSON");
    return false;
  }

  StatusOr<JsonNode> Finish() && {
    CAIRN_RETURN_IF_ERROR(status_);
    if (root_.children.empty()) {
      return InvalidArgumentError("no JSON value", "BAD_JSON");
    }
    return std::move(root_.children.front());
  }

 private:
  JsonNode& Parent() { return open_.empty() ? root_ : *open_.back(); }

  bool Add(Kind kind, std::string text) {
    if (++values_ > limits_.cells_max) {
      status_ = InvalidArgumentError(
          "the JSON has more values than the limit cells_max of " +
              std::to_string(limits_.cells_max) +
              ": split it, or raise the limit",
          "TOO_MANY_VALUES");
      return false;
    }
    JsonNode node;
    node.kind = kind;
    node.key = std::exchange(key_, {});
    node.text = std::move(text);
    Parent().children.push_back(std::move(node));
    return true;
  }

  // The nodes on the stack stay where they are: only the last one grows.
  bool Open(Kind kind) {
    if (open_.size() >= limits_.nesting_max) {
      status_ = InvalidArgumentError(
          "JSON nested deeper than the limit nesting_max of " +
              std::to_string(limits_.nesting_max),
          "BAD_JSON");
      return false;
    }
    if (!Add(kind, {})) return false;
    open_.push_back(&Parent().children.back());
    return true;
  }

  bool Close() {
    open_.pop_back();
    return true;
  }

  const Limits& limits_;
  Status status_;
  JsonNode root_;
  std::vector<JsonNode*> open_;
  std::string key_;
  std::size_t values_ = 0;
};

}  // namespace

const JsonNode* JsonNode::Find(std::string_view name) const {
  for (const JsonNode& child : children) {
    if (child.key == name) return &child;
  }
  return nullptr;
}

std::string_view JsonNode::TextOf(std::string_view name) const {
  const JsonNode* child = Find(name);
  if (child == nullptr || child->kind != Kind::kString) return {};
  return child->text;
}

StatusOr<JsonNode> ReadJson(std::string_view text, const Limits& limits) {
  TreeWriter writer(limits);
  nlohmann::json::sax_parse(text.begin(), text.end(), &writer);
  return std::move(writer).Finish();
}

}  // namespace cairn
