#include "documents/chunking/contexts.h"

#include <algorithm>
#include <utility>

#include "documents/document_builder.h"

namespace cairn {
namespace {

// Headings deeper than this many others come from damaged documents.
constexpr std::size_t kPathMax = 16;
constexpr std::string_view kArrow = " > ";
constexpr std::string_view kGap = "\xe2\x80\xa6";  // "…"

std::string Join(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += kArrow;
    out += name;
  }
  return out;
}

void Append(const Context& part, Context& out) {
  if (part.text.empty()) return;
  if (!out.text.empty()) out.text.push_back('\n');
  out.text += part.text;
  out.tokens += part.tokens;
}

}  // namespace

Contexts::Contexts(const ParsedDocument& document, std::string_view title,
                   const ChunkerOptions& options, const TokenCounter& count)
    : document_(document),
      title_(CollapseWhiteSpace(title)),
      count_(count),
      path_max_(std::min(options.context_tokens_max, options.max_tokens / 4)),
      table_max_(options.max_tokens / 4) {}

Context Contexts::Counted(std::string text, std::size_t tokens_max) const {
  Context out;
  out.tokens = count_(text);
  if (out.tokens > tokens_max) {
    text.resize(tokens_max == 0 ? 0 : FitPrefix(text, tokens_max, {}, count_));
    out.tokens = count_(text);
    if (out.tokens > tokens_max) return {};
  }
  out.text = std::move(text);
  return out;
}

std::string Contexts::JoinPath(std::vector<std::string> names) const {
  std::string path = Join(names);
  if (count_(path) <= path_max_) return path;
  // The middle goes first: the ends tell the subject and the place.
  const std::size_t all = names.size();
  std::vector<std::string> shorter = names;
  for (std::size_t kept = all; kept > 2; --kept) {
    const auto head = static_cast<std::ptrdiff_t>(kept / 2);
    const auto tail = static_cast<std::ptrdiff_t>(kept - 1 - kept / 2);
    shorter.assign(names.begin(), names.begin() + head);
    shorter.emplace_back(kGap);
    shorter.insert(shorter.end(), names.end() - tail, names.end());
    path = Join(shorter);
    if (count_(path) <= path_max_) return path;
  }
  names = std::move(shorter);
  // Two names, or two and a mark between them: each gets half.
  const std::size_t half = path_max_ > 8 ? (path_max_ - 4) / 2 : path_max_;
  for (std::string& name : names) {
    if (count_(name) > half) name.resize(FitPrefix(name, half, {}, count_));
  }
  return Join(names);
}

const Context& Contexts::PathOf(std::uint32_t heading) {
  const auto [at, fresh] = paths_.try_emplace(heading);
  if (!fresh) return at->second;
  std::vector<std::string> names;
  for (std::uint32_t i = heading;
       i < document_.blocks.size() && names.size() < kPathMax;
       i = document_.blocks[i].heading) {
    // A heading may be a whole page in a damaged document.
    const std::string_view text =
        CutUtf8(document_.blocks[i].span.Of(document_.text), 2048);
    names.push_back(CollapseWhiteSpace(text));
  }
  std::reverse(names.begin(), names.end());
  const bool repeats = !names.empty() && names.front() == title_;
  if (!title_.empty() && !repeats) names.insert(names.begin(), title_);
  if (!names.empty()) at->second = Counted(JoinPath(names), path_max_);
  return at->second;
}

const Context& Contexts::HeaderOf(std::uint32_t table) {
  const auto [at, fresh] = headers_.try_emplace(table);
  if (!fresh) return at->second;
  const Table& source = document_.tables[table];
  std::string text;
  const std::size_t rows =
      std::min<std::size_t>(source.header_rows, source.row_spans.size());
  for (std::size_t row = 0; row < rows; ++row) {
    if (!text.empty()) text.push_back('\n');
    text += TrimWhiteSpace(source.row_spans[row].Of(document_.text));
    if (text.size() > table_max_ * 32) break;
  }
  at->second = Counted(std::move(text), table_max_ * 3 / 4);
  return at->second;
}

const Context& Contexts::CaptionOf(std::uint32_t table) {
  const auto [at, fresh] = captions_.try_emplace(table);
  if (!fresh) return at->second;
  const ByteSpan caption = document_.tables[table].caption;
  at->second =
      Counted(CollapseWhiteSpace(CutUtf8(caption.Of(document_.text), 2048)),
              table_max_ / 4);
  return at->second;
}

Context Contexts::For(const Piece& first, const Piece& body, bool torn) {
  const std::uint32_t heading = first.block < document_.blocks.size()
                                    ? document_.blocks[first.block].heading
                                    : Block::kNone;
  Context out = PathOf(heading);
  if (body.table == Piece::kNone) return out;
  const Table& table = document_.tables[body.table];
  // What the chunk's own text holds is not said twice.
  const bool holds_caption = table.caption.begin >= first.span.begin &&
                             table.caption.end <= body.span.end;
  if (!table.caption.empty() && !holds_caption) {
    Append(CaptionOf(body.table), out);
  }
  const bool holds_header =
      body.kind != PieceKind::kRow || (body.row < table.header_rows && !torn);
  if (!holds_header) Append(HeaderOf(body.table), out);
  return out;
}

}  // namespace cairn
