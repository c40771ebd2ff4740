#include "documents/formats/ppt/presentation.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>

#include "documents/formats/office97/drawing_pictures.h"
#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/office97/records.h"
#include "documents/formats/ole/little_endian.h"
#include "documents/formats/ppt/record_types.h"

namespace cairn {
namespace {

namespace type = ppt_record;

constexpr std::uint32_t kEncryptedToken = 0xf3d1c4df;
constexpr std::size_t kEncryptedEditBytes = 32;  // One field more.
constexpr std::uint16_t kSlidesInstance = 0;
constexpr std::uint16_t kNotesInstance = 2;

std::optional<OfficeRecord> RecordAt(std::string_view stream,
                                     std::uint32_t offset,
                                     std::uint16_t wanted) {
  std::string_view rest = Slice(stream, offset);
  const auto record = TakeRecord(rest);
  if (!record.has_value() || record->type != wanted) return std::nullopt;
  return record;
}

// Where the last edit stands when "Current User" does not tell.
std::optional<std::uint32_t> FindLastEdit(std::string_view stream) {
  std::optional<std::uint32_t> found;
  std::string_view rest = stream;
  while (!rest.empty()) {
    const auto at = static_cast<std::uint32_t>(rest.data() - stream.data());
    const auto record = TakeRecord(rest);
    if (!record.has_value()) break;
    if (record->type == type::kUserEdit) found = at;
  }
  return found;
}

struct Directory {
  std::unordered_map<std::uint32_t, std::uint32_t> offsets;  // By object.
  std::uint32_t document = 0;  // The object that is the document.
  bool encrypted = false;
};

void AddDirectory(std::string_view entries, std::size_t& budget,
                  Directory& directory) {
  entries = entries.substr(0, budget);
  budget -= entries.size();
  for (std::size_t at = 0; at + 4 <= entries.size();) {
    const std::uint32_t head = U32At(entries, at);
    const std::uint32_t first = head & 0xfffff;
    const std::uint32_t count = head >> 20;
    at += 4;
    for (std::uint32_t i = 0; i < count && at + 4 <= entries.size(); ++i) {
      directory.offsets.emplace(first + i, U32At(entries, at));
      at += 4;
    }
  }
}

// From the newest edit back; each stands before the one that names it.
Directory ReadDirectory(std::string_view stream, std::uint32_t newest) {
  Directory directory;
  std::size_t budget = stream.size();
  std::uint32_t at = newest;
  while (const auto edit = RecordAt(stream, at, type::kUserEdit)) {
    if (at == newest) {
      directory.document = U32At(edit->body, 16);
      directory.encrypted = edit->body.size() >= kEncryptedEditBytes &&
                            U32At(edit->body, 28) != 0;
    }
    const auto entries =
        RecordAt(stream, U32At(edit->body, 12), type::kPersistDirectory);
    if (entries.has_value()) {
      AddDirectory(entries->body, budget, directory);
    }
    const std::uint32_t before = U32At(edit->body, 8);
    if (before == 0 || before >= at) break;
    at = before;
  }
  return directory;
}

// The objects of a stream; all that are taken are together no longer than it.
class Objects {
 public:
  Objects(std::string_view stream, const Directory& directory)
      : stream_(stream), directory_(directory), budget_(stream.size()) {}

  std::string_view Take(std::uint32_t id, std::uint16_t wanted) {
    const auto place = directory_.offsets.find(id);
    if (place == directory_.offsets.end()) return {};
    const auto record = RecordAt(stream_, place->second, wanted);
    if (!record.has_value() || record->body.size() > budget_) return {};
    budget_ -= record->body.size();
    return record->body;
  }

 private:
  std::string_view stream_;
  const Directory& directory_;
  std::size_t budget_;
};

struct SlideEntry {
  std::uint32_t object = 0;
  std::uint32_t id = 0;
  std::string_view texts;
};

std::vector<SlideEntry> ReadSlideList(std::string_view document,
                                      std::uint16_t instance) {
  std::vector<SlideEntry> entries;
  while (const auto list = TakeRecord(document)) {
    if (list->type != type::kSlideList || list->instance != instance) continue;
    std::string_view rest = list->body;
    const char* texts = nullptr;  // Of the entry added last.
    const auto end_texts = [&](const char* end) {
      if (texts == nullptr) return;
      entries.back().texts = {texts, static_cast<std::size_t>(end - texts)};
    };
    while (!rest.empty()) {
      const char* const begin = rest.data();
      const auto record = TakeRecord(rest);
      if (!record.has_value()) break;
      if (record->type != type::kSlidePersist) continue;
      end_texts(begin);
      entries.push_back(
          {.object = U32At(record->body, 0), .id = U32At(record->body, 12)});
      texts = begin + kRecordHeadBytes + record->body.size();
    }
    end_texts(rest.data());
  }
  return entries;
}

std::size_t CountEmbedded(std::string_view document) {
  std::size_t count = 0;
  std::string_view objects = FindRecord(document, type::kObjectList);
  while (const auto record = TakeRecord(objects)) {
    count += record->type == type::kEmbeddedObject ? 1 : 0;
  }
  return count;
}

std::string_view PicturesOf(std::string_view document) {
  return PictureListOf(FindRecord(document, type::kDrawingGroup));
}

PptPresentation ReadByDirectory(std::string_view stream,
                                const Directory& directory,
                                std::string_view document) {
  PptPresentation presentation;
  presentation.embedded_objects = CountEmbedded(document);
  presentation.pictures = PicturesOf(document);
  Objects objects(stream, directory);
  std::map<std::uint32_t, std::uint32_t> notes;
  for (const SlideEntry& entry : ReadSlideList(document, kNotesInstance)) {
    notes.emplace(entry.id, entry.object);
  }
  for (const SlideEntry& entry : ReadSlideList(document, kSlidesInstance)) {
    PptSlide slide{.slide = objects.Take(entry.object, type::kSlide),
                   .outline = entry.texts};
    const std::uint32_t notes_id =
        U32At(FindRecord(slide.slide, type::kSlideAtom), 16);
    if (const auto found = notes.find(notes_id);
        notes_id != 0 && found != notes.end()) {
      slide.notes = objects.Take(found->second, type::kNotes);
      notes.erase(found);
    }
    presentation.slides.push_back(slide);
  }
  return presentation;
}

PptPresentation ReadInStreamOrder(std::string_view stream) {
  PptPresentation presentation;
  presentation.in_stream_order = true;
  presentation.pictures = PicturesOf(FindRecord(stream, type::kDocument));
  while (const auto record = TakeRecord(stream)) {
    if (record->type == type::kSlide) {
      presentation.slides.push_back({.slide = record->body});
    }
  }
  return presentation;
}

bool HasSlide(const PptPresentation& presentation) {
  return std::any_of(
      presentation.slides.begin(), presentation.slides.end(),
      [](const PptSlide& slide) { return !slide.slide.empty(); });
}

}  // namespace

StatusOr<PptPresentation> ReadPresentation(std::string_view current_user,
                                           std::string_view document) {
  if (U32At(current_user, 12) == kEncryptedToken) return ProtectedByPassword();
  std::optional<std::uint32_t> newest = U32At(current_user, 16);
  if (!RecordAt(document, *newest, type::kUserEdit).has_value()) {
    newest = FindLastEdit(document);
  }
  if (newest.has_value()) {
    const Directory directory = ReadDirectory(document, *newest);
    if (directory.encrypted) return ProtectedByPassword();
    const auto place = directory.offsets.find(directory.document);
    const auto record =
        place == directory.offsets.end()
            ? std::nullopt
            : RecordAt(document, place->second, type::kDocument);
    if (record.has_value()) {
      PptPresentation presentation =
          ReadByDirectory(document, directory, record->body);
      if (presentation.slides.empty() || HasSlide(presentation)) {
        return presentation;
      }
    }
  }
  PptPresentation presentation = ReadInStreamOrder(document);
  if (!HasSlide(presentation)) {
    return InvalidArgumentError(
        "the presentation is damaged: no slide can be found in it; open it in "
        "PowerPoint and save it again, or ingest an undamaged copy",
        "DAMAGED_OLE_FILE");
  }
  return presentation;
}

}  // namespace cairn
