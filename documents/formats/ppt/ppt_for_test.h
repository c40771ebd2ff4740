// PptMaker: PowerPoint files made in tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "documents/formats/office97/blips_for_test.h"
#include "documents/formats/ole/compound_file_for_test.h"
#include "documents/formats/ppt/record_types.h"

namespace cairn {

inline std::string PptAtom(unsigned type, const std::string& body,
                           unsigned instance = 0, unsigned version = 0) {
  return ArtRecord(type, body, instance, version);
}
inline std::string PptContainer(unsigned type, const std::string& body,
                                unsigned instance = 0) {
  return PptAtom(type, body, instance, 15);
}
inline std::string PptNumber(std::uint32_t value) {
  std::string out;
  PutU32(out, value);
  return out;
}

// The atoms of one text. `style`: a StyleTextPropAtom's paragraph runs.
inline std::string PptTextAtoms(unsigned text_type, const std::string& text,
                                const std::string& style = "") {
  return PptAtom(ppt_record::kTextHeader, PptNumber(text_type)) +
         PptAtom(ppt_record::kTextBytes, text) +
         (style.empty() ? "" : PptAtom(ppt_record::kTextStyle, style));
}
// One run of paragraphs; `bullet`: -1 as the master does, 0 none, 1 shown.
inline std::string PptRun(std::uint32_t count, unsigned level, int bullet) {
  std::string out = PptNumber(count);
  PutU16(out, level);
  // A bullet's character and colour and a stop of a tab are to be skipped.
  PutU32(out, bullet < 0 ? 0 : 0x1000a1);
  if (bullet < 0) return out;
  PutU16(out, static_cast<unsigned>(bullet));
  PutU16(out, 0x2022);
  PutU32(out, 0xfe000000);
  PutU16(out, 1);
  PutU32(out, 0x20000240);
  return out;
}

struct PptPlace {
  int left = 0, top = 0, right = 100, bottom = 100;
};

inline std::string PptAnchor(const PptPlace& place) {
  std::string out;
  for (const int edge : {place.top, place.left, place.right, place.bottom}) {
    PutU16(out, static_cast<unsigned>(edge));
  }
  return PptAtom(ppt_record::kArtClientAnchor, out);
}
inline std::string PptChildAnchor(const PptPlace& place) {
  std::string out;
  for (const int edge : {place.left, place.top, place.right, place.bottom}) {
    PutU32(out, static_cast<std::uint32_t>(edge));
  }
  return PptAtom(ppt_record::kArtChildAnchor, out);
}

// `placeholder`: 0 for none. `textbox`: what the text consists of.
inline std::string PptShapeOf(const std::string& anchor, unsigned placeholder,
                              const std::string& textbox) {
  std::string data;
  if (placeholder != 0) {
    data = PptAtom(ppt_record::kPlaceholder,
                   PptNumber(0) + PptNumber(placeholder));
  }
  return PptContainer(ppt_record::kArtShape,
                      anchor + PptContainer(ppt_record::kArtClientData, data) +
                          PptContainer(ppt_record::kArtTextbox, textbox));
}
inline std::string PptBox(const PptPlace& place, const std::string& text) {
  return PptShapeOf(PptAnchor(place), 0, PptTextAtoms(4, text));
}
inline std::string PptTitle(const std::string& text) {
  return PptShapeOf(PptAnchor({0, 0, 900, 90}), 13, PptTextAtoms(0, text));
}

// `properties`: of the group, each with a number.
inline std::string PptGroup(
    const std::string& anchor, const PptPlace& inside,
    const std::string& shapes,
    const std::vector<std::pair<unsigned, std::uint32_t>>& properties = {}) {
  std::string place;
  for (const int edge :
       {inside.left, inside.top, inside.right, inside.bottom}) {
    PutU32(place, static_cast<std::uint32_t>(edge));
  }
  std::string list;
  for (const auto& [id, value] : properties) {
    PutU16(list, id);
    PutU32(list, value);
  }
  const std::string head = PptContainer(
      ppt_record::kArtShape,
      PptAtom(ppt_record::kArtGroupPlace, place) +
          PptAtom(0xf122, list, static_cast<unsigned>(properties.size())) +
          anchor);
  return PptContainer(ppt_record::kArtGroup, head + shapes);
}

inline std::string PptDrawing(const std::string& shapes) {
  return PptContainer(ppt_record::kDrawing,
                      PptContainer(ppt_record::kArtDrawing,
                                   PptGroup("", {0, 0, 0, 0}, shapes)));
}

class PptMaker {
 public:
  std::uint32_t token = 0xe391c05f;  // Of "Current User".
  bool names_edit = true;            // "Current User" tells the last one.
  std::string objects;               // Of the document's object list.
  std::string drawing_group;         // What all drawings share.
  std::string pictures;              // The stream of this name.

  // `more`: further records of the slide. `outline`: its texts in the list.
  void AddSlide(const std::string& shapes, const std::string& more = "",
                const std::string& outline = "") {
    slides_.push_back({shapes, more, outline, ""});
  }
  // Of the slide added last.
  void AddNotes(const std::string& shapes) { slides_.back().notes = shapes; }
  // A newer version of a slide's record, in an edit of its own.
  void Change(std::size_t slide, const std::string& shapes) {
    changes_.emplace_back(slide, shapes);
  }

  std::string Make() const { return MakeCompoundFile(Streams()); }

  TestStreams Streams() const {
    std::string stream;
    std::vector<std::uint32_t> offsets;
    std::string slide_list, notes_list;
    std::uint32_t object = 2;
    const auto add = [&](const std::string& record) {
      offsets.push_back(static_cast<std::uint32_t>(stream.size()));
      stream += record;
      return object++;
    };
    for (std::size_t i = 0; i < slides_.size(); ++i) {
      const auto id = static_cast<std::uint32_t>(256 + i);
      const bool noted = !slides_[i].notes.empty();
      slide_list += Persist(add(SlideRecord(i, slides_[i].shapes)), id) +
                    slides_[i].outline;
      if (noted) {
        notes_list += Persist(
            add(PptContainer(ppt_record::kNotes, PptDrawing(slides_[i].notes))),
            id);
      }
    }
    const auto document = static_cast<std::uint32_t>(stream.size());
    stream += PptContainer(
        ppt_record::kDocument,
        PptContainer(ppt_record::kObjectList, objects) +
            PptContainer(ppt_record::kDrawingGroup, drawing_group) +
            PptContainer(ppt_record::kSlideList, "bad mast", 1) +
            PptContainer(ppt_record::kSlideList, slide_list, 0) +
            PptContainer(ppt_record::kSlideList, notes_list, 2));
    offsets.insert(offsets.begin(), document);
    std::uint32_t edit = AddEdit(stream, 0, 1, offsets);
    for (const auto& [slide, shapes] : changes_) {
      const auto at = static_cast<std::uint32_t>(stream.size());
      stream += SlideRecord(slide, shapes);
      edit = AddEdit(stream, edit, ObjectOf(slide), {at});
    }
    return {
        {"Current User", CurrentUser(names_edit ? edit : 0x7fffffff, token)},
        {"PowerPoint Document", stream},
        {"Pictures", pictures}};
  }

  // The stream of this name.
  static std::string CurrentUser(std::uint32_t edit,
                                 std::uint32_t token = 0xe391c05f) {
    return PptAtom(4086, PptNumber(20) + PptNumber(token) + PptNumber(edit));
  }
  // An entry of the list of slides.
  static std::string Persist(std::uint32_t object, std::uint32_t id) {
    return PptAtom(ppt_record::kSlidePersist, PptNumber(object) + PptNumber(0) +
                                                  PptNumber(0) + PptNumber(id) +
                                                  PptNumber(0));
  }

  // A directory of objects from `first` on and the edit that names it.
  static std::uint32_t AddEdit(std::string& stream, std::uint32_t before,
                               std::uint32_t first,
                               const std::vector<std::uint32_t>& offsets) {
    const auto directory = static_cast<std::uint32_t>(stream.size());
    std::string entries =
        PptNumber(first | static_cast<std::uint32_t>(offsets.size()) << 20);
    for (const std::uint32_t offset : offsets) PutU32(entries, offset);
    stream += PptAtom(ppt_record::kPersistDirectory, entries);
    const auto edit = static_cast<std::uint32_t>(stream.size());
    stream += PptAtom(ppt_record::kUserEdit,
                      PptNumber(0) + PptNumber(0x03000000) + PptNumber(before) +
                          PptNumber(directory) + PptNumber(1) + PptNumber(9) +
                          PptNumber(0));
    return edit;
  }

 private:
  struct Slide {
    std::string shapes, more, outline, notes;
  };

  std::string SlideRecord(std::size_t slide, const std::string& shapes) const {
    const bool noted = !slides_[slide].notes.empty();
    const std::string atom =
        std::string(16, '\0') +
        PptNumber(noted ? static_cast<std::uint32_t>(256 + slide) : 0) +
        PptNumber(7);
    return PptContainer(ppt_record::kSlide,
                        PptAtom(ppt_record::kSlideAtom, atom, 0, 2) +
                            PptDrawing(shapes) + slides_[slide].more);
  }

  std::uint32_t ObjectOf(std::size_t slide) const {
    std::uint32_t object = 2;
    for (std::size_t i = 0; i < slide; ++i) {
      object += slides_[i].notes.empty() ? 1 : 2;
    }
    return object;
  }

  std::vector<Slide> slides_;
  std::vector<std::pair<std::size_t, std::string>> changes_;
};

}  // namespace cairn
