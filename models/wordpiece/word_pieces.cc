#include "models/wordpiece/word_pieces.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <memory>

namespace cairn {
namespace {

constexpr std::string_view kContinuation = "##";

// Words that needed cutting, remembered: one cache line each, the newest word
// of a slot wins. 128 KiB a thread, for all tokenizers together.
class CutWords {
 public:
  struct alignas(64) Entry {
    std::uint64_t owner = 0;  // 0: empty.
    std::uint8_t size = 0;
    std::uint8_t count = 0;
    std::array<char, 22> word = {};
    std::array<std::int32_t, 8> ids = {};
  };

  static CutWords& OfThisThread() {
    thread_local const std::unique_ptr<CutWords> words =
        std::make_unique<CutWords>();
    return *words;
  }

  Entry& At(std::uint64_t hash) { return entries_[hash >> kShift]; }

  static bool Holds(const Entry& entry, std::uint64_t owner,
                    std::string_view word) {
    return entry.owner == owner && entry.size == word.size() &&
           std::memcmp(entry.word.data(), word.data(), word.size()) == 0;
  }

  static void Keep(Entry& entry, std::uint64_t owner, std::string_view word,
                   const WordPieces::Buffer& ids, std::size_t count) {
    if (word.size() > entry.word.size() || count > entry.ids.size()) return;
    entry.owner = owner;
    entry.size = static_cast<std::uint8_t>(word.size());
    entry.count = static_cast<std::uint8_t>(count);
    std::copy(word.begin(), word.end(), entry.word.begin());
    std::copy_n(ids.begin(), count, entry.ids.begin());
  }

 private:
  static constexpr int kBits = 11;
  static constexpr int kShift = 64 - kBits;
  std::array<Entry, std::size_t{1} << kBits> entries_ = {};
};

std::uint64_t NextIdentity() {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1) + 1;
}

std::uint32_t CheckOf(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

void PieceTable::Reserve(std::size_t pieces) {
  slots_.assign(std::bit_ceil(std::max<std::size_t>(2 * pieces, 16)), Slot());
}

bool PieceTable::Add(std::string_view piece, std::int32_t id) {
  const std::uint64_t hash = WordHash::Of(piece);
  if (Find(piece, hash) >= 0) return false;
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].id >= 0) at = (at + 1) & mask;
  slots_[at] = {CheckOf(hash), id, static_cast<std::uint32_t>(bytes_.size()),
                static_cast<std::uint32_t>(piece.size())};
  bytes_.append(piece);
  longest_ = std::max(longest_, piece.size());
  return true;
}

std::int32_t PieceTable::Find(std::string_view piece,
                              std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  const std::uint32_t check = CheckOf(hash);
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.id < 0) return -1;
    if (slot.check == check && slot.size == piece.size() &&
        std::memcmp(bytes_.data() + slot.offset, piece.data(), piece.size()) ==
            0) {
      return slot.id;
    }
  }
}

WordPieces::WordPieces(std::size_t pieces) : identity_(NextIdentity()) {
  starts_.Reserve(pieces);
  continuations_.Reserve(pieces);
}

bool WordPieces::Add(std::string_view piece, std::int32_t id) {
  // "##" alone is the word "##", as the reference looks it up.
  if (piece.size() > kContinuation.size() && piece.starts_with(kContinuation)) {
    return continuations_.Add(piece.substr(kContinuation.size()), id);
  }
  return starts_.Add(piece, id);
}

std::int32_t WordPieces::Find(std::string_view piece) const {
  return starts_.Find(piece, WordHash::Of(piece));
}

std::size_t WordPieces::Split(std::string_view word, std::uint64_t hash,
                              Buffer& ids) const {
  const std::int32_t whole = starts_.Find(word, hash);
  if (whole >= 0) {
    ids[0] = whole;
    return 1;
  }
  CutWords::Entry& entry = CutWords::OfThisThread().At(hash);
  if (CutWords::Holds(entry, identity_, word)) {
    std::copy_n(entry.ids.begin(), entry.count, ids.begin());
    return entry.count;
  }
  const std::size_t count = SplitGreedily(word, ids);
  CutWords::Keep(entry, identity_, word, ids, count);
  return count;
}

// Borders of signs need no care: a piece is whole UTF-8, so where its bytes
// match, it ends where a sign ends.
std::size_t WordPieces::SplitGreedily(std::string_view word,
                                      Buffer& ids) const {
  std::array<std::uint64_t, kWordBytesMax> hashes;
  std::size_t count = 0;
  for (std::size_t start = 0; start < word.size();) {
    const PieceTable& table = start == 0 ? starts_ : continuations_;
    const std::string_view rest =
        word.substr(start, std::min(table.longest(), kWordBytesMax));
    WordHash hash;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      hash.Append(rest[i]);
      hashes[i] = hash.value();
    }
    std::size_t size = rest.size();
    std::int32_t id = -1;
    while (size > 0 &&
           (id = table.Find(rest.substr(0, size), hashes[size - 1])) < 0) {
      --size;
    }
    if (id < 0) {
      ids[0] = unknown_;
      return 1;
    }
    ids[count++] = id;
    start += size;
  }
  return count;
}

}  // namespace cairn
