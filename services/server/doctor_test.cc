#include "services/server/doctor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "storage/store.h"

namespace cairn {
namespace {

using Level = Finding::Level;

class DoctorTest : public testing::Test {
 protected:
  DoctorTest() {
    folder_ = (std::filesystem::path(testing::TempDir()) /
               testing::UnitTest::GetInstance()->current_test_info()->name())
                  .string();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    config_.data_folder = folder_ + "/data";
    config_.model_folder = folder_ + "/model";
  }
  ~DoctorTest() override { std::filesystem::remove_all(folder_); }

  Finding Examined(const std::string& check) const {
    const std::vector<Finding> findings = ExamineMachine(config_);
    const auto found = std::find_if(
        findings.begin(), findings.end(),
        [&](const Finding& finding) { return finding.check == check; });
    EXPECT_NE(found, findings.end());
    return found == findings.end() ? Finding() : *found;
  }

  std::string folder_;
  EngineConfig config_;
};

TEST_F(DoctorTest, AFolderThatIsNotThereYetIsFine) {
  EXPECT_EQ(Examined("data folder").level, Level::kOk);
  EXPECT_FALSE(std::filesystem::exists(config_.data_folder));
}

TEST_F(DoctorTest, AStoreThatOpensIsFine) {
  ASSERT_TRUE(Store::Open(config_.data_folder, StoreOptions()).ok());
  const Finding finding = Examined("data folder");
  EXPECT_EQ(finding.level, Level::kOk);
  EXPECT_TRUE(finding.remedy.empty());
}

TEST_F(DoctorTest, AFolderInUseIsAWarningThatNamesTheServer) {
  const auto store = Store::Open(config_.data_folder, StoreOptions());
  ASSERT_TRUE(store.ok());
  const Finding finding = Examined("data folder");
  EXPECT_EQ(finding.level, Level::kWarning);
  EXPECT_NE(finding.remedy.find("--server"), std::string::npos);
}

TEST_F(DoctorTest, AFileInPlaceOfTheFolderFails) {
  ASSERT_TRUE(WriteFileAtomically(config_.data_folder, "not a folder").ok());
  const Finding finding = Examined("data folder");
  EXPECT_EQ(finding.level, Level::kFailed);
  EXPECT_FALSE(finding.remedy.empty());
}

TEST_F(DoctorTest, AMissingModelFailsWithTheWayToGetIt) {
  const Finding finding = Examined("model");
  EXPECT_EQ(finding.level, Level::kFailed);
  EXPECT_NE(finding.remedy.find("./run setup"), std::string::npos);
}

TEST_F(DoctorTest, EveryFindingThatIsNotFineHasARemedy) {
  for (const Finding& finding : ExamineMachine(config_)) {
    EXPECT_EQ(finding.level == Level::kOk, finding.remedy.empty())
        << finding.check;
    EXPECT_FALSE(finding.text.empty()) << finding.check;
  }
}

}  // namespace
}  // namespace cairn
