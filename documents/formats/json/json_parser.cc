#include "documents/formats/json/json_parser.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "documents/text_input.h"

namespace cairn {
namespace {

using Kind = JsonNode::Kind;

constexpr std::size_t kColumnsMax = 100;
constexpr std::size_t kLineBytesMax = 200;  // Longer text is a block.

class JsonWriter {
 public:
  explicit JsonWriter(DocumentBuilder& builder) : builder_(builder) {}

  void Write(const JsonNode& node, const std::string& path, std::size_t depth) {
    if (node.kind == Kind::kObject) {
      WriteObject(node, path, depth);
    } else if (node.kind == Kind::kArray) {
      WriteArray(node, path, depth);
    } else {
      builder_.AddBlock(BlockType::kParagraph, node.text);
    }
    FlushLines();
  }

 private:
  void FlushLines() {
    builder_.AddBlock(BlockType::kParagraph, TrimWhiteSpace(lines_));
    lines_.clear();
  }

  void AddLine(const JsonNode& member) {
    const bool is_long = member.text.size() > kLineBytesMax ||
                         member.text.find('\n') != std::string::npos;
    if (is_long) FlushLines();
    lines_ += member.key + ": " + member.text + "\n";
    if (is_long) FlushLines();
  }

  void AddHeading(const std::string& path, const std::string& key,
                  std::size_t depth) {
    FlushLines();
    // Below the deepest heading only the path tells where a value stands.
    builder_.AddBlock(
        BlockType::kHeading, depth < 6 ? key : path,
        static_cast<std::uint8_t>(std::min<std::size_t>(depth + 1, 6)));
  }

  void WriteObject(const JsonNode& object, const std::string& path,
                   std::size_t depth) {
    for (const JsonNode& member : object.children) {
      if (builder_.failed()) return;
      if (member.scalar()) {
        AddLine(member);
      } else if (!member.children.empty()) {
        WriteMember(member, path.empty() ? member.key : path + "." + member.key,
                    member.key, depth);
      }
    }
  }

  // Paths of deep trees of long keys would grow with the square.
  void WriteMember(const JsonNode& member, const std::string& path,
                   const std::string& key, std::size_t depth) {
    const std::string bounded(CutUtf8(path, 1'000));
    AddHeading(bounded, key, depth);
    Write(member, bounded, depth + 1);
  }

  void WriteArray(const JsonNode& array, const std::string& path,
                  std::size_t depth) {
    if (WriteRows(array) || WriteRecords(array)) return;
    std::size_t number = 0;
    for (const JsonNode& item : array.children) {
      if (builder_.failed()) return;
      ++number;
      if (item.scalar()) {
        builder_.AddBlock(BlockType::kListItem, item.text, 1);
        continue;
      }
      if (item.children.empty()) continue;
      const std::string at = "[" + std::to_string(number) + "]";
      std::string name(item.TextOf("title"));
      if (name.empty()) name = item.TextOf("name");
      if (name.empty() || name.size() > kLineBytesMax) name = path + at;
      WriteMember(item, path + at, name, depth);
    }
  }

  // [[1, 2], [3, 4]]
  bool WriteRows(const JsonNode& array) {
    if (array.children.size() < 2) return false;
    const std::size_t width = array.children[0].children.size();
    if (width < 2 || width > kColumnsMax) return false;
    for (const JsonNode& row : array.children) {
      if (row.kind != Kind::kArray || row.children.size() != width ||
          !AllScalar(row)) {
        return false;
      }
    }
    builder_.BeginTable("");
    for (const JsonNode& row : array.children) {
      builder_.BeginRow();
      std::uint32_t column = 0;
      for (const JsonNode& cell : row.children) {
        builder_.AddCell({.text = ShownInCell(cell), .column = column++});
      }
    }
    builder_.EndTable(0);
    return true;
  }

  // [{"a": 1, "b": 2}, {"a": 3}]: most objects have most keys.
  bool WriteRecords(const JsonNode& array) {
    if (array.children.empty()) return false;
    std::map<std::string_view, std::uint32_t> columns;
    std::vector<std::string_view> keys;
    std::size_t cells = 0;
    for (const JsonNode& item : array.children) {
      if (item.kind != Kind::kObject || !AllScalar(item)) return false;
      for (const JsonNode& cell : item.children) {
        if (columns.emplace(cell.key, keys.size()).second) {
          keys.push_back(cell.key);
        }
        if (cell.text.size() > 10 * kLineBytesMax) return false;
      }
      if (keys.size() > kColumnsMax) return false;
      cells += item.children.size();
    }
    if (keys.size() < 2 || cells * 2 < keys.size() * array.children.size()) {
      return false;
    }
    AddRecords(array, keys, columns);
    return true;
  }

  void AddRecords(const JsonNode& array,
                  const std::vector<std::string_view>& keys,
                  const std::map<std::string_view, std::uint32_t>& columns) {
    builder_.BeginTable("");
    builder_.BeginRow();
    std::uint32_t column = 0;
    for (const std::string_view key : keys) {
      builder_.AddCell({.text = key, .column = column++, .header = true});
    }
    for (const JsonNode& item : array.children) {
      if (builder_.failed()) return;
      std::vector<std::string_view> row(keys.size());
      for (const JsonNode& cell : item.children) {
        row[columns.at(cell.key)] = ShownInCell(cell);
      }
      builder_.BeginRow();
      column = 0;
      for (const std::string_view text : row) {
        builder_.AddCell({.text = text, .column = column++});
      }
    }
    builder_.EndTable(1);
  }

  static std::string_view ShownInCell(const JsonNode& cell) {
    return cell.kind == Kind::kNull ? std::string_view() : cell.text;
  }

  static bool AllScalar(const JsonNode& node) {
    return std::all_of(node.children.begin(), node.children.end(),
                       [](const JsonNode& child) { return child.scalar(); });
  }

  DocumentBuilder& builder_;
  std::string lines_;
};

class Json final : public FormatParser {
 public:
  std::string_view name() const override { return "json"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

StatusOr<ParsedDocument> Json::Parse(const ParseInput& input,
                                     const Limits& limits) const {
  DocumentBuilder builder(name(), limits);
  CAIRN_ASSIGN_OR_RETURN(const std::string source,
                         ReadTextInput(input, limits, builder));
  const StatusOr<JsonNode> root = ReadJson(source, limits);
  if (root.ok()) {
    std::string_view title = root->TextOf("title");
    if (title.empty()) title = root->TextOf("name");
    builder.SetTitle(title);
    WriteJson(*root, builder);
  } else if (ReasonOf(root.status()) == "BAD_JSON") {
    builder.AddWarning(MessageOf(root.status()) + "; kept as plain text");
    builder.AddBlock(BlockType::kCode, TrimWhiteSpace(source));
  } else {
    return root.status();
  }
  return std::move(builder).Finish();
}

}  // namespace

void WriteJson(const JsonNode& root, DocumentBuilder& builder) {
  JsonWriter(builder).Write(root, "", 0);
}

const FormatParser& JsonParser() {
  static const Json* const parser = new Json();
  return *parser;
}

}  // namespace cairn
