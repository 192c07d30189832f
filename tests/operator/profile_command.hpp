// Runs commands that look at profiles, in a directory of their own.
#pragma once

#include "command_output.hpp"
#include "operator/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace tests {

struct profile_command : testing::Test {
    void SetUp() override { std::filesystem::create_directories(directory); }
    void TearDown() override { std::filesystem::remove_all(directory); }

    std::string put(std::string const& name, std::string const& text) const {
        std::ofstream(directory + "/" + name, std::ios::binary) << text;
        return directory + "/" + name;
    }

    /// The exit status of `tcpplex words...` with this standard input; what it wrote is in `io`.
    int run(std::vector<std::string> const& words, std::string const& input = "") {
        std::vector<char const*> arguments{"tcpplex"};
        for (auto const& word : words)
            arguments.push_back(word.c_str());
        auto typed =
            operators::parse_command_line(static_cast<int>(arguments.size()), arguments.data());
        io = std::make_unique<command_output>("", input);
        if (auto const* const status = std::get_if<int>(&typed)) return *status;
        auto& line = std::get<operators::command_line>(typed);
        line.with.input = io->with.input;
        line.with.output = io->with.output;
        line.with.error_output = io->with.error_output;
        return operators::run(line);
    }

    std::string const directory =
        std::filesystem::temp_directory_path() / ("tcpplex-profiles-" + std::to_string(::getpid()));
    std::unique_ptr<command_output> io;
};

}  // namespace tests
