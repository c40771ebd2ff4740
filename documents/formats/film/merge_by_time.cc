#include "documents/formats/film/merge_by_time.h"

#include <string>
#include <utility>

#include "documents/document_builder.h"

namespace cairn {
namespace {

void Copy(const ParsedDocument& from, const Block& block,
          DocumentBuilder& builder) {
  builder.AddBlock(block.type, block.span.Of(from.text), block.level);
  if (block.time.has_value()) builder.SetTime(*block.time);
}

std::uint32_t BeginOf(const Block& block) {
  return block.time.has_value() ? block.time->begin_ms : 0;
}

}  // namespace

StatusOr<ParsedDocument> MergeByTime(const ParsedDocument& film,
                                     const ParsedDocument& heard,
                                     const Limits& limits) {
  DocumentBuilder builder(film.format, limits);
  builder.SetTitle(film.title);
  builder.SetLanguage(film.language.empty() ? heard.language : film.language);
  for (const auto& [key, value] : film.properties) {
    builder.SetProperty(key, value);
  }
  std::size_t next = 0;
  for (const Block& block : film.blocks) {
    for (; next < heard.blocks.size() &&
           BeginOf(heard.blocks[next]) < BeginOf(block);
         ++next) {
      Copy(heard, heard.blocks[next], builder);
    }
    Copy(film, block, builder);
  }
  for (; next < heard.blocks.size(); ++next) {
    Copy(heard, heard.blocks[next], builder);
  }
  for (const ParsedDocument* part : {&film, &heard}) {
    for (const std::string& warning : part->warnings) {
      builder.AddWarning(warning);
    }
  }
  return std::move(builder).Finish();
}

}  // namespace cairn
