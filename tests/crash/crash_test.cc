// kill -9 while documents come in. A document counts as acknowledged when its
// upload has returned OK to the client in this process.
#include <cairn/v1/document_service.grpc.pb.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "tests/end_to_end/articles.h"
#include "tests/program/program.h"

namespace cairn {
namespace {

constexpr int kRounds = 20;
constexpr std::size_t kWriters = 8;
constexpr std::size_t kArticles = 4000;
const std::size_t kSearched = LongTests() ? 40 : 10;

// Articles, one in five of them long enough for several chunks.
std::vector<Article> Corpus(unsigned seed) {
  std::vector<Article> articles = InventArticles(kArticles, seed);
  for (std::size_t i = 0; i + 6 < articles.size(); i += 5) {
    for (std::size_t more = 1; more <= 6; ++more) {
      articles[i].text += "\n\n" + articles[i + more].text;
    }
  }
  return articles;
}

// Uploads articles from several threads until the server is gone.
class Uploaders {
 public:
  Uploaders(const Server& server, const std::vector<Article>& articles,
            std::atomic<std::size_t>& next)
      : articles_(articles),
        next_(next),
        stub_(v1::DocumentService::NewStub(grpc::CreateChannel(
            server.address(), grpc::InsecureChannelCredentials()))) {
    for (std::size_t i = 0; i < kWriters; ++i) {
      threads_.emplace_back([this] {
        while (UploadNext()) {
        }
      });
    }
  }

  // Waits for the threads. Indices of what was acknowledged.
  std::vector<std::size_t> Acknowledged() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    return acknowledged_;
  }

 private:
  bool UploadNext() {
    const std::size_t index = next_++;
    if (index >= articles_.size()) return false;
    const Article& article = articles_[index];
    grpc::ClientContext context;
    v1::UploadDocumentResponse reply;
    const auto writer = stub_->UploadDocument(&context, &reply);
    v1::UploadDocumentRequest metadata;
    metadata.mutable_metadata()->set_parent("collections/default");
    metadata.mutable_metadata()->set_document_id(article.id);
    metadata.mutable_metadata()->set_title(article.title);
    metadata.mutable_metadata()->set_media_type("text/plain");
    v1::UploadDocumentRequest data;
    data.set_data(article.text);
    (void)(writer->Write(metadata) && writer->Write(data));
    writer->WritesDone();
    if (!writer->Finish().ok()) return false;
    const std::lock_guard lock(mutex_);
    acknowledged_.push_back(index);
    return true;
  }

  const std::vector<Article>& articles_;
  std::atomic<std::size_t>& next_;
  const std::unique_ptr<v1::DocumentService::Stub> stub_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::vector<std::size_t> acknowledged_;  // Guarded by mutex_.
};

// Lets the moment come: chance is what is tested, not time.
void PassSome(std::mt19937& random) {
  const std::chrono::milliseconds moment(random() % 500);
  std::this_thread::sleep_for(moment);
}

class Crash : public ::testing::Test {
 protected:
  // Everything that is there is whole; returns the ids.
  std::set<std::string> ExpectWhole(const Cairn& cairn) {
    std::set<std::string> there;
    const RunResult verified = cairn.Run({"verify", "--json"});
    EXPECT_EQ(verified.exit_code, 0) << verified;
    const RunResult listed = cairn.Run({"document", "list", "--jsonl"});
    // Killed before the first document: no collection yet.
    if (listed.exit_code == 3) return there;
    for (const Json& document : listed.lines()) {
      const std::string id = document["document"];
      there.insert(id);
      EXPECT_EQ(document["text_bytes"], by_id_.at(id)->text.size()) << id;
      EXPECT_GT(document["chunks"], 0) << id;
    }
    return there;
  }

  // The text is the source's, and a question for it finds its chunks.
  void ExpectServed(const Cairn& cairn, const std::set<std::string>& ids) {
    std::string questions;
    for (const std::string& id : ids) {
      EXPECT_EQ(cairn.TextOf(id), by_id_.at(id)->text);
      questions +=
          Json{{"id", id}, {"question", by_id_.at(id)->title}}.dump() + "\n";
    }
    for (const Json& found :
         cairn
             .Run({"search", "--batch", "-", "--jsonl", "--mode", "lexical"},
                  {.input = questions})
             .lines()) {
      bool hit = false;
      for (const Json& one : found["hits"]) {
        hit = hit || one["document"] == found["id"];
      }
      EXPECT_TRUE(hit) << found["id"] << " is stored but not found";
    }
  }

  // Some of the ids, the same for the same state of random_.
  std::set<std::string> Some(const std::set<std::string>& ids) {
    std::vector<std::string> all(ids.begin(), ids.end());
    std::shuffle(all.begin(), all.end(), random_);
    all.resize(std::min(all.size(), kSearched));
    return {all.begin(), all.end()};
  }

  void SetUp() override {
    std::cout << "seed " << kSeed << "\n";
    for (const Article& article : articles_) by_id_[article.id] = &article;
  }

  static constexpr unsigned kSeed = 7;
  const ::testing::ScopedTrace trace_{__FILE__, __LINE__,
                                      "seed " + std::to_string(kSeed)};
  std::mt19937 random_{kSeed};
  const std::vector<Article> articles_ = Corpus(kSeed);
  std::map<std::string, const Article*> by_id_;
  const TestFolder folder_;
  const std::string data_ = folder_.At("data");
};

TEST_F(Crash, TwentyKillsOfAServerLoseNothingThatWasAcknowledged) {
  std::atomic<std::size_t> next = 0;
  std::set<std::string> acknowledged;
  std::set<std::string> fresh;  // Acknowledged in the round before.
  for (int round = 0; round <= kRounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    Server server(data_);
    ASSERT_FALSE(server.address().empty());
    const Cairn cairn = Cairn::At(server);
    const std::set<std::string> there = ExpectWhole(cairn);
    for (const std::string& id : acknowledged) {
      EXPECT_TRUE(there.contains(id)) << id << " was acknowledged and is lost";
    }
    ExpectServed(cairn, Some(fresh));
    if (round == kRounds) {
      EXPECT_EQ(server.Stop().exit_code, 0);
      break;
    }
    Uploaders uploaders(server, articles_, next);
    PassSome(random_);
    EXPECT_EQ(server.Kill().signal, SIGKILL);
    fresh.clear();
    for (const std::size_t index : uploaders.Acknowledged()) {
      fresh.insert(articles_[index].id);
    }
    acknowledged.insert(fresh.begin(), fresh.end());
  }
  std::cout << acknowledged.size() << " documents acknowledged\n";
  EXPECT_FALSE(acknowledged.empty());
  ASSERT_LT(next.load(), articles_.size()) << "nothing was left to kill";
}

TEST_F(Crash, AKilledIngestionIsSimplyRepeated) {
  const int count = LongTests() ? 400 : 160;
  const std::vector<Article> some(articles_.begin(), articles_.begin() + count);
  const std::string lines = folder_.Write("some.jsonl", AsJsonLines(some));
  const Cairn cairn = Cairn::On(data_);
  for (int round = 0; round < 5; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    Process ingestion({"--data", data_, "ingest", lines});
    PassSome(random_);
    ingestion.Signal(SIGKILL);
    ASSERT_EQ(ingestion.Finish().signal, SIGKILL);
    if (cairn.Run({"status"}).exit_code == 0) (void)ExpectWhole(cairn);
  }
  const RunResult rest = cairn.Run({"ingest", "--json", lines});
  EXPECT_EQ(rest.exit_code, 0) << rest;
  const Json summary = rest.json();
  EXPECT_EQ(summary["created"].get<int>() + summary["unchanged"].get<int>(),
            count)
      << rest;
  EXPECT_EQ(summary["failed"], 0);
  const std::set<std::string> there = ExpectWhole(cairn);
  EXPECT_EQ(there.size(), some.size());
  Server server(data_);
  ExpectServed(Cairn::At(server), Some(there));
  EXPECT_EQ(server.Stop().exit_code, 0);
}

}  // namespace
}  // namespace cairn
