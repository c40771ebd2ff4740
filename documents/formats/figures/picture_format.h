// PictureFormat: a format whose documents may hold pictures with text.
//
// Place: parsers of packages, old Office files and messages derive from it and
// write what they find. A first reading only counts the pictures that may hold
// text; what this adds is the second reading of documents where there are some,
// in a process of its own that has the engine of ocr loaded and the time of the
// ocr limits. As documents/parser.h otherwise.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "documents/parser.h"

namespace cairn {

enum class PictureMode : std::uint8_t { kCount, kRead };

class PictureFormat : public FormatParser {
 public:
  explicit PictureFormat(std::string_view name)
      : name_(name), reader_(*this, name_ + "_with_pictures") {}

  std::string_view name() const final { return name_; }
  // Whether the first reading does; the second always does.
  bool needs_jail() const override { return true; }
  const FormatParser* picture_reader() const final { return &reader_; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const final {
    return ParseWith(PictureMode::kCount, input, limits);
  }

 private:
  // Of kCount: says in unread_pictures how many a second reading would read.
  virtual StatusOr<ParsedDocument> ParseWith(PictureMode mode,
                                             const ParseInput& input,
                                             const Limits& limits) const = 0;

  class PictureReader final : public FormatParser {
   public:
    PictureReader(const PictureFormat& format, std::string name)
        : format_(format), name_(std::move(name)) {}
    std::string_view name() const override { return name_; }
    bool needs_jail() const override { return true; }
    bool reads_pictures() const override { return true; }
    Status PrepareForJail() const override;
    StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                   const Limits& limits) const override {
      return format_.ParseWith(PictureMode::kRead, input, limits);
    }

   private:
    const PictureFormat& format_;
    std::string name_;
  };

  std::string name_;
  PictureReader reader_;
};

}  // namespace cairn
