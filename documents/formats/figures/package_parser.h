// PackageParser: a format that is a package and may hold pictures with text.
//
// Place: the parsers of packages derive from it and write what they find; what
// it adds is the second reading, in a process of its own that has an engine
// loaded and the time of the ocr limits, of documents whose first reading left
// pictures out. As documents/parser.h otherwise.
#pragma once

#include <string>
#include <string_view>

#include "documents/formats/figures/figure_pictures.h"
#include "documents/parser.h"

namespace cairn {

class PackageParser : public FormatParser {
 public:
  explicit PackageParser(std::string_view name)
      : name_(name), reader_(*this, name_ + "_with_pictures") {}

  std::string_view name() const final { return name_; }
  bool needs_jail() const final { return true; }
  const FormatParser* picture_reader() const final { return &reader_; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const final;

 private:
  // Tells `pictures` of each picture and ends with its Finish.
  virtual StatusOr<ParsedDocument> ParsePackage(
      const ParseInput& input, const Limits& limits,
      FigurePictures& pictures) const = 0;

  class PictureReader final : public FormatParser {
   public:
    PictureReader(const PackageParser& format, std::string name)
        : format_(format), name_(std::move(name)) {}
    std::string_view name() const override { return name_; }
    bool needs_jail() const override { return true; }
    bool reads_pictures() const override { return true; }
    Status PrepareForJail() const override;
    StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                   const Limits& limits) const override;

   private:
    const PackageParser& format_;
    std::string name_;
  };

  std::string name_;
  PictureReader reader_;
};

}  // namespace cairn
