#include "documents/formats/film/film.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cairn::film {
namespace {

constexpr std::string_view kMatroskaMagic = "\x1a\x45\xdf\xa3";
constexpr std::size_t kPropertiesMax = 32;
// So that a thousand times as many fit.
constexpr std::int64_t kTicksMax = std::int64_t{1} << 53;

// ISO 639-2 names two codes for some languages.
constexpr std::array<std::pair<std::string_view, std::string_view>, 60> kTags =
    {{{"ara", "ar"}, {"bul", "bg"}, {"cat", "ca"}, {"ces", "cs"},
      {"cze", "cs"}, {"chi", "zh"}, {"zho", "zh"}, {"cym", "cy"},
      {"wel", "cy"}, {"dan", "da"}, {"deu", "de"}, {"ger", "de"},
      {"dut", "nl"}, {"nld", "nl"}, {"ell", "el"}, {"gre", "el"},
      {"eng", "en"}, {"est", "et"}, {"eus", "eu"}, {"baq", "eu"},
      {"fas", "fa"}, {"per", "fa"}, {"fin", "fi"}, {"fra", "fr"},
      {"fre", "fr"}, {"gle", "ga"}, {"heb", "he"}, {"hin", "hi"},
      {"hrv", "hr"}, {"hun", "hu"}, {"hye", "hy"}, {"arm", "hy"},
      {"ind", "id"}, {"isl", "is"}, {"ice", "is"}, {"ita", "it"},
      {"jpn", "ja"}, {"kat", "ka"}, {"geo", "ka"}, {"kor", "ko"},
      {"lav", "lv"}, {"lit", "lt"}, {"nor", "no"}, {"nob", "nb"},
      {"nno", "nn"}, {"pol", "pl"}, {"por", "pt"}, {"ron", "ro"},
      {"rum", "ro"}, {"rus", "ru"}, {"slk", "sk"}, {"slo", "sk"},
      {"slv", "sl"}, {"spa", "es"}, {"srp", "sr"}, {"swe", "sv"},
      {"tha", "th"}, {"tur", "tr"}, {"ukr", "uk"}, {"vie", "vi"}}};

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char sign) {
    return sign >= '0' && sign <= '9';
  });
}

}  // namespace

void Film::AddProperty(std::string_view key, std::string value) {
  if (value.empty() || properties.size() >= kPropertiesMax) return;
  properties.emplace_back(key, std::move(value));
}

void Film::AddFirst(std::string_view key, std::string value) {
  if (value.empty() || properties.size() >= kPropertiesMax) return;
  properties.emplace(properties.begin(), key, std::move(value));
}

void Budget::Warn(Film& film) const {
  if (damaged_) {
    film.warnings.emplace_back(
        "the film is damaged or was cut off; what could be read was");
  }
  if (parts_ >= kPartsMax || samples_cut_) {
    film.warnings.emplace_back(
        "the film claims more parts than are read; the rest was left out");
  }
}

StatusOr<Film> ReadFilm(std::string_view bytes, TrackKind samples_of) {
  Film film;
  film.matroska = bytes.starts_with(kMatroskaMagic);
  CAIRN_RETURN_IF_ERROR(film.matroska ? ReadMatroska(bytes, samples_of, film)
                                      : ReadMp4(bytes, samples_of, film));
  std::stable_sort(film.chapters.begin(), film.chapters.end(),
                   [](const Chapter& a, const Chapter& b) {
                     return a.begin_ms < b.begin_ms;
                   });
  return film;
}

const Track* FirstSound(const Film& film) {
  const Track* first = nullptr;
  for (const Track& track : film.tracks) {
    if (track.kind != TrackKind::kSound) continue;
    if (track.preferred) return &track;
    if (first == nullptr) first = &track;
  }
  return first;
}

std::uint32_t Milliseconds(std::int64_t ticks, std::uint64_t per_second) {
  if (ticks <= 0 || per_second == 0) return 0;
  const auto whole = static_cast<std::uint64_t>(std::min(ticks, kTicksMax));
  if (per_second > UINT32_MAX) return 0;
  const std::uint64_t ms =
      whole / per_second * 1000 + whole % per_second * 1000 / per_second;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(ms, UINT32_MAX));
}

std::string LanguageTag(std::string_view code) {
  const std::string_view name = code.substr(0, code.find('-'));
  const bool letters = std::all_of(name.begin(), name.end(), [](char sign) {
    return sign >= 'a' && sign <= 'z';
  });
  if (!letters) return {};
  if (name.size() == 2) return std::string(name);
  for (const auto& [known, tag] : kTags) {
    if (known == name) return std::string(tag);
  }
  return {};
}

std::string DayOf(std::string_view text) {
  if (!IsDigits(text.substr(0, 4)) || text.size() < 4) return {};
  const bool day = text.size() >= 10 && text[4] == '-' && text[7] == '-' &&
                   IsDigits(text.substr(5, 2)) && IsDigits(text.substr(8, 2));
  if (day) return std::string(text.substr(0, 10));
  return text.size() == 4 ? std::string(text) : std::string();
}

std::string DayOfSeconds(std::int64_t seconds) {
  // The first day of a year from March on, by the rule of 400 years.
  constexpr std::int64_t kDay = 86'400;
  constexpr std::int64_t kYear9999 = 253'402'300'800;
  if (seconds <= 0 || seconds >= kYear9999) return {};
  const std::int64_t days = seconds / kDay + 719'468;
  const std::int64_t era = days / 146'097;
  const std::int64_t of_era = days % 146'097;
  const std::int64_t year =
      (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t month = (5 * of_year + 2) / 153;
  const std::int64_t day = of_year - (153 * month + 2) / 5 + 1;
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02d",
                static_cast<int>(year + era * 400 + (month >= 10 ? 1 : 0)),
                static_cast<int>(month < 10 ? month + 3 : month - 9),
                static_cast<int>(day));
  return out.data();
}

bool Budget::AddSample(const Sample& sample, Track& track) {
  if (samples_ >= kSamplesMax ||
      sample.bytes.size() > file_bytes_ - track.sample_bytes) {
    samples_cut_ = true;
    return false;
  }
  ++samples_;
  track.sample_bytes += sample.bytes.size();
  track.samples.push_back(sample);
  return true;
}

}  // namespace cairn::film
