#include "storage/postings.h"

#include <algorithm>
#include <vector>

#include "base/coding.h"

namespace cairn {
namespace {

// Groups of one document: its key as 8 bytes, a count, then gaps of ordinals
// and counts. `postings` is sorted by chunk.
std::string Pack(std::span<const Posting> postings) {
  std::string packed;
  for (std::size_t begin = 0; begin < postings.size();) {
    std::size_t end = begin;
    while (end < postings.size() &&
           postings[end].chunk.document == postings[begin].chunk.document) {
      ++end;
    }
    AppendBigEndian64(packed, postings[begin].chunk.document.value());
    AppendVarint(packed, end - begin);
    std::uint32_t last = 0;
    for (std::size_t i = begin; i < end; ++i) {
      AppendVarint(packed, postings[i].chunk.ordinal - last);
      AppendVarint(packed, postings[i].count);
      last = postings[i].chunk.ordinal;
    }
    begin = end;
  }
  return packed;
}

bool Unpack(std::string_view packed, std::vector<Posting>& postings) {
  Decoder decoder(packed);
  while (decoder.ok() && !decoder.rest().empty()) {
    const DocumentKey document(decoder.BigEndian64());
    const std::size_t count = decoder.Count(2);
    std::uint32_t last = 0;
    for (std::size_t i = 0; i < count && decoder.ok(); ++i) {
      last += static_cast<std::uint32_t>(decoder.Varint());
      const auto times = static_cast<std::uint32_t>(decoder.Varint());
      postings.push_back({{document, last}, times});
    }
  }
  return decoder.ok();
}

std::string_view View(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

bool ApplyAll(std::string_view operand,
              std::map<ChunkId, std::uint32_t>& state) {
  std::vector<Posting> postings;
  if (!Unpack(operand, postings)) return false;
  for (const Posting& posting : postings) state[posting.chunk] = posting.count;
  return true;
}

std::string PackState(const std::map<ChunkId, std::uint32_t>& state,
                      bool keep_zeros) {
  std::vector<Posting> postings;
  postings.reserve(state.size());
  for (const auto& [chunk, count] : state) {
    if (count > 0 || keep_zeros) postings.push_back({chunk, count});
  }
  return Pack(postings);
}

class PostingsMerge final : public rocksdb::MergeOperator {
 public:
  const char* Name() const override { return "cairn.postings.1"; }

  bool FullMergeV2(const MergeOperationInput& input,
                   MergeOperationOutput* output) const override {
    std::map<ChunkId, std::uint32_t> state;
    if (input.existing_value != nullptr &&
        !ApplyAll(View(*input.existing_value), state)) {
      return false;
    }
    for (const rocksdb::Slice& operand : input.operand_list) {
      if (!ApplyAll(View(operand), state)) return false;
    }
    output->new_value = PackState(state, false);
    return true;
  }

  bool PartialMerge(const rocksdb::Slice&, const rocksdb::Slice& left,
                    const rocksdb::Slice& right, std::string* merged,
                    rocksdb::Logger*) const override {
    std::map<ChunkId, std::uint32_t> state;
    if (!ApplyAll(View(left), state) || !ApplyAll(View(right), state)) {
      return false;
    }
    *merged = PackState(state, true);
    return true;
  }
};

}  // namespace

std::string EncodePostings(std::span<const Posting> postings) {
  std::vector<Posting> sorted(postings.begin(), postings.end());
  std::sort(sorted.begin(), sorted.end());
  return Pack(sorted);
}

std::string EncodePostingChanges(std::span<const Posting> changes) {
  std::map<ChunkId, std::uint32_t> state;
  for (const Posting& change : changes) state[change.chunk] = change.count;
  return PackState(state, true);
}

StatusOr<std::vector<Posting>> DecodePostings(std::string_view packed) {
  std::vector<Posting> postings;
  if (!Unpack(packed, postings)) {
    return DataLossError("a packed posting list does not decode");
  }
  return postings;
}

std::shared_ptr<rocksdb::MergeOperator> MakePostingsMerge() {
  return std::make_shared<PostingsMerge>();
}

}  // namespace cairn
