#include "graph/token_speller.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cairn {
namespace {

bool FromBehindLess(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(),
                                      b.rend());
}

bool HasDigit(std::string_view token) {
  return std::any_of(token.begin(), token.end(),
                     [](char sign) { return sign >= '0' && sign <= '9'; });
}

}  // namespace

bool OneEditApart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1 || a == b) return false;
  const auto differ = std::mismatch(a.begin(), a.end(), b.begin());
  const auto same = static_cast<std::size_t>(differ.first - a.begin());
  if (a.size() < b.size()) return a.substr(same) == b.substr(same + 1);
  if (a.substr(same + 1) == b.substr(same + 1)) return true;
  return same + 1 < a.size() && a[same] == b[same + 1] &&
         a[same + 1] == b[same] && a.substr(same + 2) == b.substr(same + 2);
}

// The best of what is offered.
class TokenSpeller::Choice {
 public:
  Choice(const TokenSpeller& speller, std::string_view wanted)
      : speller_(speller), wanted_(wanted) {}

  void Offer(const Row& row) {
    const std::string_view token = speller_.TokenOf(row);
    if (!OneEditApart(token, wanted_)) return;
    if (best_ == nullptr || Key(row) < Key(*best_)) best_ = &row;
  }
  const Row* best() const { return best_; }

 private:
  // The least is the best.
  std::pair<std::pair<bool, std::int64_t>, std::string_view> Key(
      const Row& row) const {
    const std::string_view token = speller_.TokenOf(row);
    return {{token[0] != wanted_[0], -std::int64_t{row.chunks}}, token};
  }

  const TokenSpeller& speller_;
  const std::string_view wanted_;
  const Row* best_ = nullptr;
};

void TokenSpeller::Add(std::string_view token, std::size_t chunks) {
  if (token.size() + 1 < kBytesMin || token.size() > kBytesMax || chunks == 0 ||
      HasDigit(token)) {
    return;
  }
  rows_.push_back({.begin = static_cast<std::uint32_t>(bytes_.size()),
                   .size = static_cast<std::uint32_t>(token.size()),
                   .chunks = static_cast<std::uint32_t>(chunks)});
  bytes_ += token;
}

void TokenSpeller::Finish() {
  bytes_.shrink_to_fit();
  rows_.shrink_to_fit();
  std::sort(rows_.begin(), rows_.end(), [this](const Row& a, const Row& b) {
    return TokenOf(a) < TokenOf(b);
  });
  by_end_.resize(rows_.size());
  std::iota(by_end_.begin(), by_end_.end(), 0U);
  std::sort(by_end_.begin(), by_end_.end(),
            [this](std::uint32_t a, std::uint32_t b) {
              return FromBehindLess(TokenOf(rows_[a]), TokenOf(rows_[b]));
            });
}

const TokenSpeller::Row* TokenSpeller::Find(std::string_view token) const {
  const auto found = std::lower_bound(
      rows_.begin(), rows_.end(), token,
      [this](const Row& row, std::string_view t) { return TokenOf(row) < t; });
  return found != rows_.end() && TokenOf(*found) == token ? &*found : nullptr;
}

bool TokenSpeller::Has(std::string_view token) const {
  return Find(token) != nullptr;
}

void TokenSpeller::OfferBeginning(std::string_view beginning,
                                  Choice& choice) const {
  auto at = std::lower_bound(
      rows_.begin(), rows_.end(), beginning,
      [this](const Row& row, std::string_view t) { return TokenOf(row) < t; });
  for (; at != rows_.end() && TokenOf(*at).starts_with(beginning); ++at) {
    choice.Offer(*at);
  }
}

void TokenSpeller::OfferEnding(std::string_view ending, Choice& choice) const {
  auto at = std::lower_bound(by_end_.begin(), by_end_.end(), ending,
                             [this](std::uint32_t row, std::string_view t) {
                               return FromBehindLess(TokenOf(rows_[row]), t);
                             });
  for (; at != by_end_.end() && TokenOf(rows_[*at]).ends_with(ending); ++at) {
    choice.Offer(rows_[*at]);
  }
}

std::optional<std::string_view> TokenSpeller::Nearest(
    std::string_view token) const {
  if (token.size() < kBytesMin || token.size() > kBytesMax || Has(token)) {
    return std::nullopt;
  }
  Choice choice(*this, token);
  const std::size_t half = token.size() / 2;
  OfferBeginning(token.substr(0, half), choice);
  OfferEnding(token.substr(half), choice);
  std::string swapped(token);
  std::swap(swapped[half - 1], swapped[half]);
  if (const Row* row = Find(swapped)) choice.Offer(*row);
  if (choice.best() == nullptr) return std::nullopt;
  return TokenOf(*choice.best());
}

}  // namespace cairn
