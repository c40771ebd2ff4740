#include "models/wordpiece/wordpiece_tokenizer.h"

#include <algorithm>
#include <array>
#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

#include "models/wordpiece/bert_unicode.h"
#include "text/utf8.h"

namespace cairn {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kPiecesMax = 1'000'000;

enum class ByteKind : std::uint8_t {
  kLetter,
  kSpace,
  kRemoved,
  kPunctuation,
  kMulti,  // Part of a sign beyond ASCII.
};

constexpr std::array<ByteKind, 256> MakeByteKinds() {
  std::array<ByteKind, 256> kinds = {};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    const auto sign = static_cast<char>(byte);
    if (byte >= 0x80) {
      kinds[byte] = ByteKind::kMulti;
    } else if (sign == ' ' || sign == '\t' || sign == '\n' || sign == '\r') {
      kinds[byte] = ByteKind::kSpace;
    } else if (byte < 0x20 || byte == 0x7f) {
      kinds[byte] = ByteKind::kRemoved;
    } else if (!(sign >= '0' && sign <= '9') &&
               !((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z')) {
      kinds[byte] = ByteKind::kPunctuation;
    }
  }
  return kinds;
}
constexpr std::array<ByteKind, 256> kByteKinds = MakeByteKinds();

class IdSink {
 public:
  IdSink(std::vector<std::int32_t>& ids, std::size_t max)
      : ids_(ids), max_(max) {}
  bool full() const { return ids_.size() >= max_; }
  void Add(const std::int32_t* ids, std::size_t count) {
    ids_.insert(ids_.end(), ids, ids + std::min(count, max_ - ids_.size()));
  }

 private:
  std::vector<std::int32_t>& ids_;
  const std::size_t max_;
};

class CountSink {
 public:
  static bool full() { return false; }
  void Add(const std::int32_t* /*ids*/, std::size_t count) { count_ += count; }
  std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
};

}  // namespace

// One pass over a text: normalises into a word, cuts the word where it ends.
template <typename Sink>
class TextWalk {
 public:
  TextWalk(const WordPieceTokenizer& tokenizer, Sink& sink)
      : tokenizer_(tokenizer), sink_(sink) {}

  void Walk(std::string_view text) {
    for (std::size_t at = 0; at < text.size() && !sink_.full();) {
      at += Step(text, at);
    }
    EndWord();
  }

 private:
  // Returns the bytes it took.
  std::size_t Step(std::string_view text, std::size_t at) {
    const char byte = text[at];
    switch (kByteKinds[static_cast<unsigned char>(byte)]) {
      case ByteKind::kLetter:
        AppendAscii(AsciiLower(byte));
        return 1;
      case ByteKind::kSpace:
        EndWord();
        return 1;
      case ByteKind::kRemoved:
        return 1;
      case ByteKind::kPunctuation:
        if (const std::size_t size = TakeAdded(text, at); size > 0) return size;
        EndWord();
        AppendAscii(byte);
        EndWord();
        return 1;
      case ByteKind::kMulti:
        break;
    }
    const CodePoint sign = DecodeAt(text, at);
    AppendSign(sign.value);
    return sign.size;
  }

  // A special token, written out, such as "[SEP]"; 0 when there is none.
  std::size_t TakeAdded(std::string_view text, std::size_t at) {
    for (const auto& added : tokenizer_.added_) {
      if (text.substr(at).starts_with(added.content)) {
        EndWord();
        if (!sink_.full()) sink_.Add(&added.id, 1);
        return added.content.size();
      }
    }
    return 0;
  }

  void AppendSign(char32_t sign) {
    const SignKind kind = unicode_.KindOf(sign);
    switch (kind) {
      case SignKind::kLetter:
        AppendLetter(sign);
        return;
      case SignKind::kSpace:
        EndWord();
        return;
      case SignKind::kRemoved:
        return;
      case SignKind::kPunctuation:
        EndWord();
        AppendLetter(sign);
        EndWord();
        return;
      case SignKind::kIdeograph:
      case SignKind::kMapped:
        break;
    }
    const bool alone = kind == SignKind::kIdeograph;
    if (alone) EndWord();
    const MappedSigns mapped = unicode_.Map(sign);
    for (std::size_t i = 0; i < mapped.size; ++i) {
      const char32_t part = mapped.signs[i];
      const bool splits = unicode_.KindOf(part) == SignKind::kPunctuation;
      if (splits) EndWord();
      AppendLetter(part);
      if (splits) EndWord();
    }
    if (alone) EndWord();
  }

  void AppendAscii(char byte) {
    if (++signs_ > WordPieces::kWordSignsMax) return;
    word_[size_++] = byte;
    hash_.Append(byte);
  }

  void AppendLetter(char32_t sign) {
    if (++signs_ > WordPieces::kWordSignsMax) return;
    encoded_.clear();
    AppendUtf8(encoded_, sign);
    for (const char byte : encoded_) {
      word_[size_++] = byte;
      hash_.Append(byte);
    }
  }

  void EndWord() {
    if (signs_ == 0) return;
    if (!sink_.full()) {
      if (signs_ > WordPieces::kWordSignsMax) {
        const std::int32_t unknown = tokenizer_.pieces_.unknown();
        sink_.Add(&unknown, 1);
      } else {
        const std::size_t count = tokenizer_.pieces_.Split(
            {word_.data(), size_}, hash_.value(), ids_);
        sink_.Add(ids_.data(), count);
      }
    }
    signs_ = 0;
    size_ = 0;
    hash_ = WordHash();
  }

  const WordPieceTokenizer& tokenizer_;
  const BertUnicode& unicode_ = BertUnicode::Get();
  Sink& sink_;
  std::array<char, WordPieces::kWordBytesMax> word_;
  std::size_t size_ = 0;   // Bytes of the word.
  std::size_t signs_ = 0;  // Goes on counting when the word is too long.
  WordHash hash_;
  std::string encoded_;
  WordPieces::Buffer ids_;
};

// Reads tokenizer.json; may throw what nlohmann throws.
class TokenizerReader {
 public:
  explicit TokenizerReader(const Json& json) : json_(json) {}

  StatusOr<std::unique_ptr<WordPieceTokenizer>> Read() const {
    CAIRN_RETURN_IF_ERROR(CheckKind());
    const Json& vocabulary = json_.at("model").at("vocab");
    if (vocabulary.size() > kPiecesMax) {
      return InvalidArgumentError("tokenizer.json: over 1,000,000 pieces");
    }
    // Not make_unique: the constructor is private.
    std::unique_ptr<WordPieceTokenizer> tokenizer(
        new WordPieceTokenizer(vocabulary.size()));
    CAIRN_RETURN_IF_ERROR(ReadPieces(vocabulary, *tokenizer));
    CAIRN_RETURN_IF_ERROR(ReadAdded(*tokenizer));
    CAIRN_RETURN_IF_ERROR(ReadSpecial(*tokenizer));
    return tokenizer;
  }

 private:
  static Status Unsupported(std::string_view what) {
    return UnimplementedError(
        "tokenizer.json: only uncased BERT is read, not " + std::string(what));
  }

  Status CheckKind() const {
    const Json& normalizer = json_.at("normalizer");
    if (normalizer.at("type") != "BertNormalizer")
      return Unsupported("this normalizer");
    if (normalizer.at("clean_text") != true)
      return Unsupported("clean_text off");
    if (normalizer.at("handle_chinese_chars") != true) {
      return Unsupported("handle_chinese_chars off");
    }
    if (normalizer.at("lowercase") != true) return Unsupported("lowercase off");
    if (normalizer.at("strip_accents") == false) {
      return Unsupported("strip_accents off");
    }
    if (json_.at("pre_tokenizer").at("type") != "BertPreTokenizer") {
      return Unsupported("this pre_tokenizer");
    }
    const Json& model = json_.at("model");
    if (model.at("type") != "WordPiece") return Unsupported("this model");
    if (model.at("continuing_subword_prefix") != "##") {
      return Unsupported("this continuing_subword_prefix");
    }
    if (model.at("max_input_chars_per_word") != WordPieces::kWordSignsMax) {
      return Unsupported("this max_input_chars_per_word");
    }
    return OkStatus();
  }

  static StatusOr<std::int32_t> ReadId(const Json& id) {
    const auto value = id.get<std::int64_t>();
    if (!id.is_number_integer() || value < 0 || value > INT32_MAX) {
      return InvalidArgumentError("tokenizer.json: an id is out of range");
    }
    return static_cast<std::int32_t>(value);
  }

  static Status ReadPieces(const Json& vocabulary,
                           WordPieceTokenizer& tokenizer) {
    for (const auto& [piece, value] : vocabulary.items()) {
      CAIRN_ASSIGN_OR_RETURN(const std::int32_t id, ReadId(value));
      if (!tokenizer.pieces_.Add(piece, id)) {
        return InvalidArgumentError("tokenizer.json: piece twice: " + piece);
      }
    }
    return OkStatus();
  }

  Status ReadAdded(WordPieceTokenizer& tokenizer) const {
    for (const Json& added : json_.at("added_tokens")) {
      const auto content = added.at("content").get<std::string>();
      if (added.at("normalized") != false || added.at("single_word") != false ||
          added.at("lstrip") != false || added.at("rstrip") != false) {
        return Unsupported("options of the added token " + content);
      }
      // The walk looks for them at punctuation only.
      if (content.empty() ||
          kByteKinds[static_cast<unsigned char>(content[0])] !=
              ByteKind::kPunctuation) {
        return Unsupported("the added token \"" + content + '"');
      }
      CAIRN_ASSIGN_OR_RETURN(const std::int32_t id, ReadId(added.at("id")));
      tokenizer.added_.push_back({content, id});
    }
    std::stable_sort(tokenizer.added_.begin(), tokenizer.added_.end(),
                     [](const auto& a, const auto& b) {
                       return a.content.size() > b.content.size();
                     });
    return OkStatus();
  }

  Status ReadSpecial(WordPieceTokenizer& tokenizer) const {
    const WordPieces& pieces = tokenizer.pieces_;
    const auto unknown = json_.at("model").at("unk_token").get<std::string>();
    tokenizer.special_ids_ = {pieces.Find("[CLS]"), pieces.Find("[SEP]"),
                              pieces.Find("[PAD]"), pieces.Find(unknown)};
    const SpecialIds& ids = tokenizer.special_ids_;
    if (std::min({ids.start, ids.separator, ids.padding, ids.unknown}) < 0) {
      return InvalidArgumentError(
          "tokenizer.json: [CLS], [SEP], [PAD] or the unknown token is not in "
          "the vocabulary");
    }
    tokenizer.pieces_.set_unknown(ids.unknown);
    return OkStatus();
  }

  const Json& json_;
};

StatusOr<std::unique_ptr<WordPieceTokenizer>> WordPieceTokenizer::FromJson(
    std::string_view tokenizer_json) {
  const Json json = Json::parse(tokenizer_json, nullptr, false);
  if (json.is_discarded()) {
    return InvalidArgumentError("tokenizer.json: not JSON");
  }
  try {
    return TokenizerReader(json).Read();
  } catch (const std::exception& error) {
    return InvalidArgumentError(std::string("tokenizer.json: ") + error.what());
  }
}

std::vector<std::int32_t> WordPieceTokenizer::Encode(
    std::string_view text, std::size_t max_tokens) const {
  std::vector<std::int32_t> ids;
  // English prose has four to five bytes a token.
  ids.reserve(std::min(max_tokens, text.size() / 4 + 8));
  IdSink sink(ids, max_tokens);
  TextWalk<IdSink>(*this, sink).Walk(text);
  return ids;
}

std::size_t WordPieceTokenizer::CountTokens(std::string_view text) const {
  CountSink sink;
  TextWalk<CountSink>(*this, sink).Walk(text);
  return sink.count();
}

}  // namespace cairn
