// The last configurations of a stack, in their files.
#include "daemon/change/history.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace tcpplexd {
namespace {

using testing::HasSubstr;

class a_history : public testing::Test {
  protected:
    a_history()
        : directory_(std::filesystem::temp_directory_path() /
                     ("tcpplex-history-" + std::to_string(getpid()))) {}
    ~a_history() override { std::filesystem::remove_all(directory_); }

    /// Appends and waits for the outcome.
    std::string append(history& to, std::string const& command) {
        std::string outcome = "none";
        to.append({0, 1700000000, "root", command, "SOMAXCONN 7\n"},
                  [&](std::string const& problem) { outcome = problem; });
        io_.restart();
        auto const work = boost::asio::make_work_guard(io_);
        io_.run_one();
        return outcome;
    }

    std::deque<kept_configuration> read() const {
        auto kept = history::read(directory_.string());
        EXPECT_TRUE(kept) << kept.error().message;
        return kept ? std::move(*kept) : std::deque<kept_configuration>();
    }

    void write(std::string const& name, std::string const& text) const {
        std::ofstream(directory_ / name) << text;
    }

    boost::asio::io_context io_;
    std::filesystem::path directory_;
};

TEST_F(a_history, that_was_never_there_is_empty_and_begins_with_one) {
    history past(io_, directory_.string(), read());
    EXPECT_EQ(append(past, "START"), "");
    ASSERT_EQ(past.kept().size(), 1U);
    EXPECT_EQ(past.kept()[0].number, 1U);
    EXPECT_EQ(std::filesystem::status(directory_ / "00000001.profile").permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(a_history, is_read_back_as_it_was_kept) {
    {
        history past(io_, directory_.string(), read());
        EXPECT_EQ(append(past, "VARY TCPIP,,OBEYFILE,'a \"b\"\n'"), "");
    }
    auto const kept = read();
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].number, 1U);
    EXPECT_EQ(kept[0].time, 1700000000);
    EXPECT_EQ(kept[0].by, "root");
    EXPECT_EQ(kept[0].command, "VARY TCPIP,,OBEYFILE,'a \"b\"\n'");
    EXPECT_EQ(kept[0].profile, "SOMAXCONN 7\n");
}

TEST_F(a_history, forgets_all_but_the_last_ten_and_counts_on_after_a_restart) {
    {
        history past(io_, directory_.string(), read());
        for (int i = 0; i < 12; ++i)
            EXPECT_EQ(append(past, "x"), "");
    }
    history past(io_, directory_.string(), read());
    ASSERT_EQ(past.kept().size(), history::most_kept);
    EXPECT_EQ(past.kept().front().number, 3U);
    EXPECT_EQ(append(past, "y"), "");
    EXPECT_EQ(past.kept().back().number, 13U);
    EXPECT_EQ(read().front().number, 4U);
}

TEST_F(a_history, leaves_alone_what_is_not_its_own) {
    read();
    write("notes.txt", "mine");
    write("draft.profile", "SOMAXCONN 7\n");
    write("00000001.profile.new", "half of a");
    EXPECT_TRUE(read().empty());
}

TEST_F(a_history, names_a_file_that_it_can_not_use) {
    read();
    for (auto const* text :
         {"", "; {", "SOMAXCONN 7\n", "; {\"number\":1}\n", "; []\nSOMAXCONN 7\n",
          "; {\"number\":-1,\"time\":0,\"by\":\"\",\"command\":\"\"}\n"}) {
        write("00000001.profile", text);
        auto const kept = history::read(directory_.string());
        ASSERT_FALSE(kept) << text;
        EXPECT_THAT(kept.error().message, HasSubstr("00000001.profile does not begin as"));
    }
}

TEST_F(a_history, that_can_not_be_written_says_why_and_keeps_nothing) {
    history past(io_, directory_.string(), read());
    std::filesystem::remove_all(directory_);
    EXPECT_THAT(append(past, "x"), HasSubstr("No such file or directory"));
    EXPECT_TRUE(past.kept().empty());
}

}  // namespace
}  // namespace tcpplexd
