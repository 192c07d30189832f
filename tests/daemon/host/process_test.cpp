// Directories, descriptors, users and files of the host, in a scratch directory.
#include "daemon/host/descriptor_limit.hpp"
#include "daemon/host/operators.hpp"
#include "daemon/host/run_directory.hpp"
#include "daemon/host/settings_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tcpplexd {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class scratch : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "tcpplex-host-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        root_ = pattern;
        path_ = (root_ / "run").string();
    }
    void TearDown() override { fs::remove_all(root_); }
    static std::string message(host_result<void> const& result) {
        return result ? "" : result.error().message;
    }
    fs::path root_;
    std::string path_;
};

TEST_F(scratch, a_run_directory_is_made_and_taken_again) {
    EXPECT_EQ(message(make_run_directory(path_)), "");
    struct stat made {};
    ASSERT_EQ(::stat(path_.c_str(), &made), 0);
    EXPECT_EQ(made.st_mode & 07777U, 0755U);
    EXPECT_EQ(message(make_run_directory(path_)), "");
}

TEST_F(scratch, a_run_directory_that_others_may_write_is_refused) {
    fs::create_directory(path_);
    ::chmod(path_.c_str(), 0775);
    EXPECT_THAT(message(make_run_directory(path_)), HasSubstr("has mode 0775"));
}

TEST_F(scratch, a_symbolic_link_is_no_run_directory) {
    fs::create_directory(root_ / "other");
    fs::create_directory_symlink(root_ / "other", path_);
    EXPECT_THAT(message(make_run_directory(path_)), HasSubstr("is no directory"));
}

TEST_F(scratch, a_run_directory_of_another_user_is_refused) {
    ASSERT_EQ(::geteuid(), 0U) << "only root can give a directory away";
    fs::create_directory(path_);
    ASSERT_EQ(::chown(path_.c_str(), 4711, 0), 0);
    EXPECT_THAT(message(make_run_directory(path_)), HasSubstr("belongs to uid 4711"));
}

TEST_F(scratch, a_missing_parent_is_named) {
    EXPECT_THAT(message(make_run_directory(path_ + "/deep")),
                HasSubstr(path_ + "/deep cannot be created"));
}

TEST_F(scratch, a_settings_file_is_read) {
    std::ofstream(root_ / "host.yaml") << "system: SYS7\n";
    auto const settings = read_settings((root_ / "host.yaml").string(), "tcpip1.profile");
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->stack, "TCPIP1");
    EXPECT_EQ(settings->system, "SYS7");
}

TEST_F(scratch, a_file_for_xcf_that_cannot_be_read_is_named_with_its_line) {
    auto const path = (root_ / "host.yaml").string();
    std::ofstream(path) << "xcf: {listen: '10.9.0.1:4801', cert: " << path << ", key: " << path
                        << ",\n  ca: /no/ca.pem}\n";
    auto const settings = read_settings(path, "tcpip1.profile");
    ASSERT_FALSE(settings);
    ASSERT_EQ(settings.error().size(), 1U);
    EXPECT_THAT(to_string(settings.error().front(), path),
                HasSubstr(path + ":2:7: ca of 'xcf': /no/ca.pem cannot be read: No such file"));
}

TEST_F(scratch, a_settings_file_that_cannot_be_read_is_named) {
    for (auto const& path : {(root_ / "none.yaml").string(), root_.string()}) {
        auto const settings = read_settings(path, "tcpip1.profile");
        ASSERT_FALSE(settings);
        EXPECT_THAT(to_string(settings.error().front(), path), HasSubstr(path + " cannot be read"));
    }
}

TEST(operators, names_become_uids_and_unknown_ones_are_named) {
    std::vector<account> const known{uid_t{1000}, std::string("root")};
    EXPECT_EQ(operator_uids(known).value(), (std::vector<uid_t>{1000, 0}));
    std::vector<account> const unknown{std::string("no-such-user-here")};
    auto const result = operator_uids(unknown);
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message,
                HasSubstr("'no-such-user-here' of the host settings: no such user"));
}

TEST(descriptor_limit, the_soft_limit_becomes_the_hard_one) {
    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    rlimit lower = limit;
    lower.rlim_cur = 64;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &lower), 0);
    EXPECT_EQ(raise_descriptor_limit().value(), limit.rlim_max);
    EXPECT_EQ(raise_descriptor_limit().value(), limit.rlim_max);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
}

}  // namespace
}  // namespace tcpplexd
