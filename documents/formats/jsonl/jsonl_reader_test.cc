#include "documents/formats/jsonl/jsonl_reader.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace cairn {
namespace {

// "1:id=text" or "1:!REASON" for every line.
std::vector<std::string> Lines(const std::vector<std::string>& pieces,
                               const Limits& limits = Limits()) {
  std::vector<std::string> out;
  JsonlReader reader(limits);
  const JsonlReader::Emit emit = [&out](StatusOr<DocumentSource> source,
                                        std::size_t number) {
    out.push_back(std::to_string(number) + ":" +
                  (source.ok() ? source->id + "=" + source->bytes
                               : "!" + ReasonOf(source.status())));
  };
  for (const std::string& piece : pieces) reader.Feed(piece, emit);
  reader.Finish(emit);
  return out;
}

using Strings = std::vector<std::string>;

TEST(JsonlReader, GivesOneDocumentALine) {
  EXPECT_EQ(Lines({"{\"id\":\"a\",\"text\":\"x\"}\n\n \r\n"
                   "{\"id\":7,\"text\":\"y\"}\r\n{\"text\":\"z\"}"}),
            (Strings{"1:a=x", "4:7=y", "5:line-5=z"}));
}

TEST(JsonlReader, ReadsAllFields) {
  JsonlReader reader{Limits()};
  DocumentSource got;
  reader.Feed(
      "{\"id\":\"a\",\"title\":\"T\",\"text\":\"x\\u00e9\",\"src\":1,"
      "\"metadata\":{\"n\":3,\"s\":\"v\",\"b\":true,\"l\":[1,\"q\"],"
      "\"z\":null}}\n",
      [&got](StatusOr<DocumentSource> source, std::size_t) {
        ASSERT_TRUE(source.ok());
        got = *source;
      });
  EXPECT_EQ(got.title, "T");
  EXPECT_EQ(got.bytes, "xé");
  EXPECT_EQ(got.media_type, "text/plain");
  EXPECT_EQ(
      got.metadata,
      (Metadata{{"n", "3"}, {"s", "v"}, {"b", "true"}, {"l", "[1,\"q\"]"}}));
}

TEST(JsonlReader, GoesOnAfterABadLine) {
  EXPECT_EQ(
      Lines({"{bad\n[1]\n{\"id\":\"a\"}\n{\"text\":3}\n"
             "{\"id\":[],\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"x\"}"}),
      (Strings{"1:!BAD_JSON", "2:!BAD_JSON", "3:!INVALID_FIELD",
               "4:!INVALID_FIELD", "5:!INVALID_FIELD", "6:b=x"}));
}

TEST(JsonlReader, SkipsALineThatIsTooLong) {
  Limits limits;
  limits.line_bytes_max = 30;
  EXPECT_EQ(Lines({"{\"text\":\"" + std::string(50, 'x'),
                   std::string(100'000, 'y'), "\"}\n{\"text\":\"z\"}\n"},
                  limits),
            (Strings{"1:!LINE_TOO_LONG", "2:line-2=z"}));
  EXPECT_EQ(Lines({std::string(31, 'x') + "\n"}, limits),
            (Strings{"1:!LINE_TOO_LONG"}));
}

TEST(JsonlReader, RefusesDeepNesting) {
  EXPECT_EQ(Lines({"{\"text\":\"x\",\"m\":" + std::string(1'000'000, '[')}),
            (Strings{"1:!BAD_JSON"}));
}

TEST(JsonlReader, DoesNotCareHowTheBytesArePieced) {
  std::string bytes;
  for (int i = 0; i < 50; ++i) {
    bytes += "{\"id\":" + std::to_string(i) + ",\"text\":\"t{\\\"\\n\"}\n";
    if (i % 7 == 0) bytes += "\n" + std::string(60, 'x') + "\n";
  }
  Limits limits;
  limits.line_bytes_max = 40;
  const Strings whole = Lines({bytes}, limits);
  for (unsigned seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    Strings pieces;
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t size = 1 + random() % 90;
      pieces.push_back(bytes.substr(at, size));
      at += size;
    }
    EXPECT_EQ(Lines(pieces, limits), whole) << "seed " << seed;
  }
}

}  // namespace
}  // namespace cairn
