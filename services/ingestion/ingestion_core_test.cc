#include "services/ingestion/ingestion_core.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>

#include "models/fake/fake_embedder.h"
#include "models/fake/fake_transcriber.h"
#include "models/rules/rule_extractor.h"
#include "storage/store_for_test.h"
#include "tests/contract/store_dump.h"

namespace cairn {
namespace {

// Counts what is embedded.
class CountingEmbedder final : public Embedder {
 public:
  const std::string& model_id() const override { return fake_.model_id(); }
  std::size_t dimension() const override { return fake_.dimension(); }
  std::size_t max_tokens() const override { return fake_.max_tokens(); }
  const Tokenizer& tokenizer() const override { return fake_.tokenizer(); }
  StatusOr<std::vector<float>> Embed(std::string_view text,
                                     EmbedKind kind) const override {
    ++calls;
    if (text.find("unembeddable") != std::string_view::npos) {
      return InternalError("the model gave up");
    }
    return fake_.Embed(text, kind);
  }
  mutable std::atomic<int> calls = 0;

 private:
  FakeEmbedder fake_;
};

// A store with the whole ingestion above it.
struct Engine {
  Engine() : extractor(MakeRuleExtractor()) {
    store = OpenForTest(folder.path(), clock);
    core = IngestionCore::Make({.store = store.get(),
                                .embedder = &embedder,
                                .extractor = extractor.get()});
    EXPECT_TRUE(core->CreateCollection(TenantId(0), {.name = "default",
                                                     .sentence_vectors = true})
                    .ok());
  }
  StatusOr<IngestResult> Put(const std::string& id, const std::string& text,
                             const std::string& title = "",
                             const std::string& collection = "default") {
    return core->Ingest(
        TenantId(0), collection,
        {.id = id, .title = title, .bytes = text, .media_type = "text/plain"});
  }
  StatusOr<IngestResult> PutMarkdown(const std::string& id,
                                     const std::string& text,
                                     const std::string& title) {
    return core->Ingest(TenantId(0), "default",
                        {.id = id,
                         .title = title,
                         .bytes = text,
                         .media_type = "text/markdown"});
  }
  // Codes of the sentences of a document, by their text.
  std::map<std::string, std::vector<std::int8_t>> Sentences(
      const std::string& id, const std::string& collection = "default") {
    const auto state = store->Pin();
    const auto record = FindCollection(*state, TenantId(0), collection);
    const auto text = LoadText(*state, record->key, DocumentKeyOf(id));
    std::map<std::string, std::vector<std::int8_t>> sentences;
    const Status scanned = ScanSentences(
        *state, record->key, DocumentKeyOf(id),
        [&](const ChunkId&, std::span<const SentenceVector> found) {
          for (const SentenceVector& sentence : found) {
            sentences[std::string(sentence.span.Of(*text))] = sentence.codes;
          }
        });
    EXPECT_TRUE(scanned.ok()) << scanned;
    return sentences;
  }
  StatusOr<Sequence> Delete(const std::string& id,
                            const std::string& etag = "") {
    return core->Delete(TenantId(0), "default", id, etag);
  }

  TemporaryFolder folder;
  FakeClock clock{1000};
  CountingEmbedder embedder;
  std::unique_ptr<EntityExtractor> extractor;
  std::unique_ptr<Store> store;
  std::unique_ptr<IngestionCore> core;
};

TEST(IngestionCore, StoresADocumentWhollyAndSkipsTheSameBytes) {
  Engine engine;
  const auto first = engine.Put("a", "Arlo Finch founded Brightmoor in 1999.");
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->outcome, IngestOutcome::kCreated);
  const int calls = engine.embedder.calls;
  const auto again = engine.Put("a", "Arlo Finch founded Brightmoor in 1999.");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->outcome, IngestOutcome::kUnchanged);
  EXPECT_EQ(again->document.version, first->document.version);
  EXPECT_EQ(engine.embedder.calls, calls);
  const auto collection =
      FindCollection(*engine.store->Pin(), TenantId(0), "default");
  ASSERT_TRUE(collection.ok());
  const auto report = VerifyCollection(*engine.store->Pin(), *collection);
  EXPECT_EQ(report->documents, 1U);
  EXPECT_TRUE(report->problems.empty()) << report->problems.front();
}

TEST(IngestionCore, ATextWithoutATitleIsCalledByItsHead) {
  Engine engine;
  const auto guessed = engine.Put("17", "Mina Vance is an actress.");
  ASSERT_TRUE(guessed.ok()) << guessed.status();
  EXPECT_EQ(guessed->document.title, "Mina Vance");
  const auto silent = engine.Put("18", "It rains.");
  ASSERT_TRUE(silent.ok()) << silent.status();
  EXPECT_EQ(silent->document.title, "18");
}

TEST(IngestionCore, EmbedsOnlyChunksWhoseTextChanged) {
  Engine engine;
  std::string text;
  for (int i = 0; i < 60; ++i) {
    text += "Sentence number " + std::to_string(i) +
            " speaks of stones, paths and mountains at some length. ";
    if (i % 10 == 9) text += "\n\n";
  }
  const auto first = engine.Put("a", text, "Stones");
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_GT(first->document.chunks, 2U);
  const int before = engine.embedder.calls;
  const auto second = engine.Put("a", text + "One more end.", "Stones");
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->outcome, IngestOutcome::kUpdated);
  EXPECT_LT(engine.embedder.calls - before,
            static_cast<int>(second->document.chunks));
}

TEST(IngestionCore, EverySentenceIsEncodedBehindItsTitle) {
  Engine engine;
  ASSERT_TRUE(engine
                  .Put("a",
                       "Arlo Finch founded Brightmoor in 1999. The town "
                       "stands at Lake Orel.",
                       "Arlo Finch")
                  .ok());
  const auto sentences = engine.Sentences("a");
  ASSERT_EQ(sentences.size(), 2U);
  const auto second = FakeEmbedder().Embed(
      "Arlo Finch\nThe town stands at Lake Orel.", EmbedKind::kPassage);
  EXPECT_EQ(sentences.at("The town stands at Lake Orel."),
            DirectionCodes(*second));
}

TEST(IngestionCore, AChunkOfOneSentenceLendsItItsVector) {
  Engine engine;
  ASSERT_TRUE(engine.Put("a", "Arlo Finch founded Brightmoor.", "Arlo").ok());
  EXPECT_EQ(engine.embedder.calls, 1);
  EXPECT_EQ(engine.Sentences("a").size(), 1U);
}

TEST(IngestionCore, OnlyNewSentencesOfAChangedChunkAreEncoded) {
  Engine engine;
  const std::string first = "Arlo Finch founded the town of Brightmoor. ";
  const std::string second = "The town stands at the shore of Lake Orel. ";
  ASSERT_TRUE(engine.Put("a", first + second, "Arlo").ok());
  EXPECT_EQ(engine.embedder.calls, 3);
  const std::string third = "Mina Vance painted the harbour house there.";
  ASSERT_TRUE(engine.Put("a", first + second + third, "Arlo").ok());
  EXPECT_EQ(engine.embedder.calls, 5);
  Engine fresh;
  ASSERT_TRUE(fresh.Put("a", first + second + third, "Arlo").ok());
  EXPECT_EQ(engine.Sentences("a"), fresh.Sentences("a"));
}

TEST(IngestionCore, ACollectionCanDoWithoutSentenceVectors) {
  Engine engine;
  ASSERT_TRUE(engine.core
                  ->CreateCollection(
                      TenantId(0), {.name = "plain", .sentence_vectors = false})
                  .ok());
  const auto put = engine.Put(
      "a", "Arlo Finch founded Brightmoor. The town stands at Lake Orel.",
      "Arlo Finch", "plain");
  ASSERT_TRUE(put.ok()) << put.status();
  EXPECT_EQ(engine.embedder.calls, 1);
  EXPECT_TRUE(engine.Sentences("a", "plain").empty());
  const auto record =
      FindCollection(*engine.store->Pin(), TenantId(0), "plain");
  const auto report = VerifyCollection(*engine.store->Pin(), *record);
  EXPECT_TRUE(report->problems.empty()) << report->problems.front();
}

TEST(IngestionCore, ABadDocumentIsOneFailureWithAReason) {
  Engine engine;
  EXPECT_EQ(ReasonOf(engine.Put("empty", "").status()), "EMPTY_DOCUMENT");
  EXPECT_EQ(ReasonOf(engine.Put("", "text").status()), "BAD_DOCUMENT_ID");
  const auto broken = engine.Put("x", "this is unembeddable");
  EXPECT_EQ(broken.status().code(), StatusCode::kInternal);
  EXPECT_EQ(MessageOf(broken.status()).find("x: "), 0U);
  EXPECT_TRUE(engine.Put("good", "plain words").ok());
  EXPECT_EQ(
      ReasonOf(
          engine.core->Ingest(TenantId(0), "nowhere", {.id = "a", .bytes = "b"})
              .status()),
      "COLLECTION_NOT_FOUND");
}

TEST(IngestionCore, DeletesOnlyTheVersionThatWasSeen) {
  Engine engine;
  const auto put = engine.Put("a", "words");
  ASSERT_TRUE(put.ok()) << put.status();
  EXPECT_EQ(ReasonOf(engine.Delete("a", "other").status()), "ETAG_MISMATCH");
  EXPECT_TRUE(engine.Delete("a", put->document.version).ok());
  EXPECT_EQ(ReasonOf(engine.Delete("a").status()), "DOCUMENT_NOT_FOUND");
}

TEST(IngestionCore, ManyDocumentsAtOnceAllArrive) {
  Engine engine;
  std::atomic<int> good = 0;
  {
    std::vector<std::string> ids;
    for (int i = 0; i < 200; ++i) {
      engine.core->IngestAsync(TenantId(0), "default",
                               {.id = "d" + std::to_string(i),
                                .bytes = "text of " + std::to_string(i),
                                .media_type = "text/plain"},
                               [&](StatusOr<IngestResult> result) {
                                 if (result.ok()) ++good;
                               });
    }
    engine.core.reset();  // Finishes what was submitted.
  }
  EXPECT_EQ(good, 200);
}

std::string RandomText(std::mt19937& random) {
  static const char* const names[] = {"Arlo Finch",    "Brightmoor",
                                      "Lake Orel",     "Mina Vance",
                                      "Harbour House", "Orel River"};
  static const char* const verbs[] = {"visited", "founded", "left", "painted"};
  std::string text;
  for (unsigned i = 0; i <= random() % 3; ++i) {
    text += std::string(names[random() % 6]) + " " + verbs[random() % 4] + " " +
            names[random() % 6] + " in " +
            std::to_string(1900 + random() % 99) + ". ";
  }
  // A numbered section, and a reference to one of this file or of its book.
  const auto section = [&] { return "4." + std::to_string(1 + random() % 3); };
  if (random() % 2 == 0) text += "See Section " + section() + ". ";
  if (random() % 2 == 0) text += "\n\n## " + section() + ". Sheds\n\nShut.\n";
  return text;
}

// Design promise 2: forgetting leaves no trace, graph and statistics included.
TEST(Forgetting, BuildOfBothLessOneEqualsBuildOfTheOther) {
  const unsigned seed = 20261;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 4; ++round) {
    Engine long_way;
    std::map<std::string, std::pair<std::string, std::string>> live;
    for (int i = 0; i < 40; ++i) {
      const unsigned number = random() % 8;
      const std::string id =
          (number < 4 ? "book~d" : "d") + std::to_string(number);
      if (random() % 3 == 0) {
        EXPECT_EQ(long_way.Delete(id).ok(), live.erase(id) > 0);
        continue;
      }
      static const char* const titles[] = {"Lake Orel", "Mina Vance",
                                           "Brightmoor (town)", ""};
      const std::string title = titles[random() % 4];
      const std::string text = RandomText(random);
      const auto put = long_way.PutMarkdown(id, text, title);
      ASSERT_TRUE(put.ok()) << put.status();
      live[id] = {text, title};
    }
    Engine short_way;
    for (const auto& [id, body] : live) {
      ASSERT_TRUE(short_way.PutMarkdown(id, body.first, body.second).ok());
    }
    EXPECT_EQ(DifferenceOf(DumpStore(*long_way.store->Pin()),
                           DumpStore(*short_way.store->Pin())),
              "");
  }
}

TEST(IngestionCore, RecordingsAreHeardByTheTranscriber) {
  Engine engine;
  const FakeTranscriber transcriber(
      {.segments = {{{0, 4200}, "The tower stands.", ""}}, .language = "en"});
  engine.core = IngestionCore::Make({.store = engine.store.get(),
                                     .embedder = &engine.embedder,
                                     .extractor = engine.extractor.get(),
                                     .reading = {.transcriber = &transcriber}});
  const std::string wav("RIFF\1\0\0\0WAVEfmt \x10\0\0\0", 20);
  const auto result = engine.core->Ingest(
      TenantId(0), "default",
      {.id = "talk.wav", .title = "", .bytes = wav, .media_type = "audio/wav"});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->document.format, "recording");
  const auto state = engine.store->Pin();
  const auto record = FindCollection(*state, TenantId(0), "default");
  const auto parsed =
      LoadParsed(*state, record->key, DocumentKeyOf("talk.wav"));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  ASSERT_EQ(parsed->blocks.size(), 1U);
  EXPECT_EQ(parsed->blocks[0].time, (TimeRange{0, 4200}));
}

TEST(IngestionCore, RecordingsAreRefusedWithoutATranscriber) {
  Engine engine;
  const std::string wav("RIFF\1\0\0\0WAVEfmt \x10\0\0\0", 20);
  const auto result = engine.core->Ingest(
      TenantId(0), "default",
      {.id = "talk.wav", .title = "", .bytes = wav, .media_type = "audio/wav"});
  EXPECT_EQ(ReasonOf(result.status()), "NO_TRANSCRIBER");
}

}  // namespace
}  // namespace cairn
