// PictureDescriber: what a picture shows, in words.
//
// Place: ingestion gives it pictures that hold little text and frames of films,
// when the configuration names one. What it says is a model's and not the
// document's: documents/descriptions.h marks it so.
// Implementations: remote/RemotePictureDescriber (a server of the user's),
// fake/FakePictureDescriber (tests).
// Time: returns when the deadline comes, with an error.
// Threads: safe.
// Errors: those of the implementation; DEADLINE_EXCEEDED.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/status.h"

namespace cairn {

struct PictureToDescribe {
  std::string_view bytes;       // A whole file.
  std::string_view media_type;  // image/png, image/jpeg, image/webp, image/gif.
};

class PictureDescriber {
 public:
  virtual ~PictureDescriber() = default;
  // Identity of the texts, "llava at https://host/path".
  virtual const std::string& id() const = 0;
  // Of the model alone, as people call it: "llava".
  virtual const std::string& name() const = 0;
  // UTF-8 or not, with lines or not; empty: nothing to say.
  virtual StatusOr<std::string> Describe(const PictureToDescribe& picture,
                                         const Deadline& deadline) const = 0;
};

}  // namespace cairn
