#include "storage/derived_folders.h"

#include <gtest/gtest.h>

#include <fstream>

#include "storage/store_for_test.h"

namespace cairn {
namespace {

namespace fs = std::filesystem;

class DerivedFoldersTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Reopen();
    one_ = MakeCollectionForTest(*store_, "one");
    other_ = MakeCollectionForTest(*store_, "other");
  }
  void Reopen() {
    store_.reset();
    store_ = OpenForTest(folder_.path(), Clock::System());
    ASSERT_NE(store_, nullptr);
  }
  std::string MakeFile(const CollectionRecord& collection) {
    const Status made = store_->MakeDerivedFolder(collection.key);
    EXPECT_TRUE(made.ok()) << made;
    std::string file = store_->DerivedFolder(collection.key) + "/file";
    std::ofstream(file) << "derived";
    return file;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  CollectionRecord one_, other_;
};

TEST_F(DerivedFoldersTest, AFileLivesAsLongAsItsCollection) {
  EXPECT_EQ(store_->DerivedFolder({TenantId(1), CollectionId(0xab)}),
            folder_.path() + "/derived/00000001000000ab");
  EXPECT_FALSE(fs::exists(store_->DerivedFolder(one_.key)));
  const std::string file = MakeFile(one_), stays = MakeFile(other_);
  Reopen();
  EXPECT_TRUE(fs::exists(file));
  EXPECT_TRUE(store_->VerifyChecksums().ok());
  ASSERT_TRUE(DeleteCollection(*store_, one_).ok());
  EXPECT_FALSE(fs::exists(store_->DerivedFolder(one_.key)));
  EXPECT_EQ(store_->MakeDerivedFolder(one_.key).code(), StatusCode::kNotFound);
  EXPECT_FALSE(fs::exists(store_->DerivedFolder(one_.key)));
  EXPECT_TRUE(fs::exists(stays));
}

TEST_F(DerivedFoldersTest, OpeningRemovesWhatADeletionDidNotGetTo) {
  const std::string stays = MakeFile(other_), foreign = "/derived/notes";
  const std::string orphans[] = {"/derived/0000000000000077",
                                 "/derived/0000000000000002.gone"};
  for (const std::string& orphan : orphans) {
    fs::create_directories(folder_.path() + orphan);
    std::ofstream(folder_.path() + orphan + "/file") << "x";
  }
  fs::create_directories(folder_.path() + foreign);
  Reopen();
  for (const std::string& orphan : orphans) {
    EXPECT_FALSE(fs::exists(folder_.path() + orphan)) << orphan;
  }
  EXPECT_TRUE(fs::exists(stays));
  EXPECT_TRUE(fs::exists(folder_.path() + foreign));
}

TEST_F(DerivedFoldersTest, BackupsPassThemBy) {
  MakeFile(one_);
  const std::string copy = folder_.path() + "_copy";
  ASSERT_TRUE(store_->CopyTo(copy).ok());
  EXPECT_FALSE(fs::exists(copy + "/derived"));
  fs::remove_all(copy);
}

TEST_F(DerivedFoldersTest, AFolderThatCannotBeMadeBreaksNothing) {
  std::ofstream(folder_.path() + "/derived") << "in the way";
  EXPECT_EQ(ReasonOf(store_->MakeDerivedFolder(one_.key)),
            "DERIVED_FOLDER_FAILED");
  EXPECT_TRUE(DeleteCollection(*store_, one_).ok());
  Reopen();
}

}  // namespace
}  // namespace cairn
