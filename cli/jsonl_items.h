// JsonlItems: the documents of JSON Lines that arrive in pieces, as items to
// upload; their origin is NAME:LINE. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "cli/sources.h"
#include "documents/formats/jsonl/jsonl_reader.h"

namespace cairn::cli {

class JsonlItems {
 public:
  // `events` outlives this.
  JsonlItems(std::string name, const Limits& limits, const SourceEvents& events)
      : name_(std::move(name)), events_(events), reader_(limits) {}

  // False: on_item wants no more.
  bool Feed(std::string_view bytes) {
    reader_.Feed(bytes, [this](auto source, std::size_t line) {
      Take(std::move(source), line);
    });
    return going_;
  }
  bool Finish() {
    reader_.Finish([this](auto source, std::size_t line) {
      Take(std::move(source), line);
    });
    return going_;
  }

 private:
  void Take(StatusOr<DocumentSource> source, std::size_t line) {
    if (!going_) return;
    const std::string origin = name_ + ":" + std::to_string(line);
    if (source.ok()) {
      going_ = events_.on_item(
          {.source = std::move(source).value(), .path = {}, .origin = origin});
    } else {
      events_.on_failure(origin, source.status());
    }
  }

  const std::string name_;
  const SourceEvents& events_;
  JsonlReader reader_;
  bool going_ = true;
};

}  // namespace cairn::cli
