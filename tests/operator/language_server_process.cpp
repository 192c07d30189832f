// The language server as an editor runs it: a process with two pipes, spoken to message by message.
#include "app/descriptor.hpp"
#include "lsp_frames.hpp"
#include "operator/context.hpp"

#include <gtest/gtest.h>

#include <array>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

struct pipe_ends {
    app::descriptor read;
    app::descriptor write;
};

pipe_ends make_pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    return {app::descriptor(ends[0]), app::descriptor(ends[1])};
}

/// Reads one message; empty at the end.
std::string next_message(int fd) {
    std::string text;
    char c = 0;
    while (!text.ends_with("\r\n\r\n") && ::read(fd, &c, 1) == 1)
        text += c;
    if (text.empty()) return text;
    std::string body(std::stoul(text.substr(16)), ' ');
    for (auto& each : body)
        if (::read(fd, &each, 1) != 1) return {};
    return body;
}

TEST(language_server_process, answers_each_message_before_the_next_one) {
    ::signal(SIGPIPE, SIG_IGN);
    auto to = make_pipe();
    auto from = make_pipe();
    posix_spawn_file_actions_t actions;
    ASSERT_EQ(::posix_spawn_file_actions_init(&actions), 0);
    ::posix_spawn_file_actions_adddup2(&actions, to.read.get(), 0);
    ::posix_spawn_file_actions_adddup2(&actions, from.write.get(), 1);
    std::string program = TCPPLEX_PROGRAM;
    std::string word = "lsp";
    std::array<char*, 3> arguments{program.data(), word.data(), nullptr};
    pid_t child = 0;
    ASSERT_EQ(::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environ),
              0);
    ::posix_spawn_file_actions_destroy(&actions);
    to.read.reset();
    from.write.reset();

    auto const say = [&](std::string const& message) {
        ASSERT_TRUE(operators::write_text(to.write.get(), message));
    };
    say(tests::request(1, "initialize"));
    EXPECT_NE(next_message(from.read.get()).find("capabilities"), std::string::npos);
    say(tests::notification(
        "textDocument/didOpen",
        {{"textDocument", {{"uri", "file:///main.profile"}, {"text", "STRAT A"}}}}));
    EXPECT_NE(next_message(from.read.get()).find("did you mean START?"), std::string::npos);
    say(tests::request(2, "shutdown"));
    EXPECT_NE(next_message(from.read.get()).find(R"("result":null)"), std::string::npos);
    say(tests::notification("exit"));
    EXPECT_EQ(next_message(from.read.get()), "");
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
