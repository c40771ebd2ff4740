#include "documents/formats/ppt/ppt_parser.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/figures/picture_format.h"
#include "documents/formats/office97/drawing_pictures.h"
#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/office97/summary.h"
#include "documents/formats/ole/compound_file.h"
#include "documents/formats/ppt/presentation.h"
#include "documents/formats/ppt/slide_shapes.h"
#include "documents/formats/ppt/slide_writer.h"

namespace cairn {
namespace {

// Of files that PowerPoint 95 can open too.
constexpr std::string_view kDualStorage = "PP97_DUALSTORAGE";

class Ppt final : public PictureFormat {
 public:
  Ppt() : PictureFormat("ppt") {}
  Status PrepareForJail() const override {
    PrepareCodePagesForJail();
    return OkStatus();
  }

 private:
  StatusOr<ParsedDocument> ParseWith(PictureMode mode, const ParseInput& input,
                                     const Limits& limits) const override;
};

StatusOr<ParsedDocument> Ppt::ParseWith(PictureMode mode,
                                        const ParseInput& input,
                                        const Limits& limits) const {
  CAIRN_ASSIGN_OR_RETURN(CompoundFile file, CompoundFile::Open(input.bytes));
  const std::optional<std::uint32_t> dual = file.Find(kDualStorage);
  const std::uint32_t storage = dual.value_or(CompoundFile::kRoot);
  const std::string user = file.ReadNamed("Current User", storage);
  const std::string stream = file.ReadNamed("PowerPoint Document", storage);
  CAIRN_ASSIGN_OR_RETURN(const PptPresentation presentation,
                         ReadPresentation(user, stream));
  const std::string stored = presentation.pictures.empty()
                                 ? std::string()
                                 : file.ReadNamed("Pictures", storage);
  DocumentPictures pictures(mode, limits);
  DrawingPictures drawn(presentation.pictures, stored, pictures);
  DocumentBuilder builder(name(), limits);
  ReadSummary(file, builder);
  PptWarnings warnings;
  std::size_t missing = 0;
  for (const PptSlide& slide : presentation.slides) {
    builder.BeginPage();
    if (builder.failed()) break;
    if (slide.slide.empty()) {
      ++missing;
      continue;
    }
    WritePptSlide(slide, limits.nesting_max, drawn, builder, warnings);
  }
  builder.AddWarning(warnings.hidden, "slides are hidden; they were read too");
  builder.AddWarning(missing, "slides of the presentation cannot be read");
  builder.AddWarning(
      warnings.left_out,
      "shapes or groups were left out: more than " +
          std::to_string(kPptShapesMax) +
          " on a slide, or nested deeper than the limit nesting_max of " +
          std::to_string(limits.nesting_max));
  builder.AddWarning(
      presentation.embedded_objects,
      "embedded objects of other programs were left out: give them as "
      "documents of their own");
  if (presentation.in_stream_order) {
    builder.AddWarning(
        "the list of slides is damaged: they were read in the order of the "
        "file, old versions of them too");
  }
  WarnOfDamage(file, builder);
  return pictures.Finish(std::move(builder));
}

}  // namespace

const FormatParser& PptParser() {
  static const Ppt* const parser = new Ppt();
  return *parser;
}

}  // namespace cairn
