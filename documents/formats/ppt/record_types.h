// The records of [MS-PPT] 2.13.24 and [MS-ODRAW] that are read, by number.
#pragma once

#include <cstdint>

namespace cairn::ppt_record {

// Of the document and its lists.
inline constexpr std::uint16_t kDocument = 1000;
inline constexpr std::uint16_t kSlide = 1006;
inline constexpr std::uint16_t kSlideAtom = 1007;
inline constexpr std::uint16_t kNotes = 1008;
inline constexpr std::uint16_t kSlidePersist = 1011;
inline constexpr std::uint16_t kSlideShow = 1017;
inline constexpr std::uint16_t kObjectList = 1033;
inline constexpr std::uint16_t kDrawingGroup = 1035;
inline constexpr std::uint16_t kDrawing = 1036;
inline constexpr std::uint16_t kEmbeddedObject = 4044;
inline constexpr std::uint16_t kSlideList = 4080;
inline constexpr std::uint16_t kUserEdit = 4085;
inline constexpr std::uint16_t kPersistDirectory = 6002;

// Of shapes.
inline constexpr std::uint16_t kArtDrawing = 0xf002;
inline constexpr std::uint16_t kArtGroup = 0xf003;
inline constexpr std::uint16_t kArtShape = 0xf004;
inline constexpr std::uint16_t kArtGroupPlace = 0xf009;
inline constexpr std::uint16_t kArtTextbox = 0xf00d;
inline constexpr std::uint16_t kArtChildAnchor = 0xf00f;
inline constexpr std::uint16_t kArtClientAnchor = 0xf010;
inline constexpr std::uint16_t kArtClientData = 0xf011;
inline constexpr std::uint16_t kPlaceholder = 3011;
inline constexpr std::uint16_t kMarginPlaceholder = 1056;

// Of texts.
inline constexpr std::uint16_t kOutlineText = 3998;
inline constexpr std::uint16_t kTextHeader = 3999;
inline constexpr std::uint16_t kTextChars = 4000;
inline constexpr std::uint16_t kTextStyle = 4001;
inline constexpr std::uint16_t kTextBytes = 4008;
inline constexpr std::uint16_t kRtfDate = 4117;
inline constexpr std::uint16_t kSlideNumber = 4056;
inline constexpr std::uint16_t kDate = 4087;
inline constexpr std::uint16_t kGenericDate = 4088;
inline constexpr std::uint16_t kPageHeader = 4089;
inline constexpr std::uint16_t kPageFooter = 4090;

// Of what PowerPoint 2000 and later say.
inline constexpr std::uint16_t kString = 4026;
inline constexpr std::uint16_t kTags = 5000;
inline constexpr std::uint16_t kTag = 5002;
inline constexpr std::uint16_t kTagData = 5003;
inline constexpr std::uint16_t kComment = 12000;
inline constexpr std::uint16_t kCommentAtom = 12001;

}  // namespace cairn::ppt_record
