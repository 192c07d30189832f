// tcpplex format: to the output, in place, and as a check.
#include "operator/command/format.hpp"

#include "profile_command.hpp"

#include <fcntl.h>
#include <sys/stat.h>

namespace {

using testing::HasSubstr;

std::string const ugly = "START A START B\n";
std::string const tidy = "START A\nSTART B\n";

struct format : tests::profile_command {
    std::string contents(std::string const& file) const {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

TEST_F(format, prints_the_result_and_leaves_the_file) {
    auto const file = put("ugly.profile", ugly);
    EXPECT_EQ(run({"format", file}), 0);
    EXPECT_EQ(io->output(), tidy);
    EXPECT_EQ(contents(file), ugly);
    EXPECT_EQ(run({"format", "--stdin"}, ugly), 0);
    EXPECT_EQ(io->output(), tidy);
}

TEST_F(format, an_output_that_takes_nothing_is_an_error) {
    app::descriptor const full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
    ASSERT_GE(full.get(), 0);
    tests::command_output read("");
    operators::context with = read.with;
    with.output = full.get();
    operators::format_options options;
    options.file = put("ugly.profile", ugly);
    EXPECT_EQ(operators::run_format(with, options), operators::exit_usage);
    EXPECT_THAT(read.errors(), HasSubstr("can't write " + options.file + " to the output"));
}

TEST_F(format, replaces_a_file_and_keeps_its_mode_and_the_link_to_it) {
    auto const file = put("ugly.profile", ugly);
    ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
    std::filesystem::create_symlink("ugly.profile", directory + "/link");
    EXPECT_EQ(run({"format", "--write", directory + "/link"}), 0) << io->errors();
    EXPECT_EQ(io->output(), "");
    EXPECT_EQ(contents(file), tidy);
    struct stat now {};
    ASSERT_EQ(::lstat(file.c_str(), &now), 0);
    EXPECT_EQ(now.st_mode & 07777U, 0640U);
    EXPECT_TRUE(std::filesystem::is_symlink(directory + "/link"));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory), {}), 2);
}

TEST_F(format, checks_with_the_first_line_that_differs) {
    EXPECT_EQ(run({"format", "--check", put("tidy.profile", tidy)}), 0) << io->errors();
    EXPECT_EQ(run({"format", "--check", put("ugly.profile", tidy + ugly)}), 1);
    EXPECT_THAT(io->errors(), HasSubstr("ugly.profile:3: not formatted"));
    EXPECT_EQ(io->output(), "");
}

TEST_F(format, takes_a_profile_with_errors) {
    EXPECT_EQ(run({"format", "--stdin"}, "NONSENSE 5\nSTRAT B INCLUDE absent START A"), 0);
    EXPECT_EQ(io->output(), "NONSENSE 5\nSTRAT B INCLUDE absent\nSTART A\n");
}

TEST_F(format, refuses_what_would_be_read_otherwise_once_it_is_formatted) {
    auto const hidden_mark = put("mark.profile", "\t\xEF\xBB\xBFSOMAXCONN 5\n");
    for (std::vector<std::string> const& words :
         {std::vector<std::string>{"format"}, {"format", "--write"}, {"format", "--check"}}) {
        auto command = words;
        command.push_back(hidden_mark);
        EXPECT_EQ(run(command), 2);
    }
    EXPECT_THAT(io->errors(), HasSubstr("byte order mark"));
    EXPECT_EQ(run({"format", "--stdin"},
                  std::string(40, ' ') + "\xE2\xD6\xD4\xC1\xE7\xC3\xD6\xD5\xD5 5\n"),
              2);
}

TEST_F(format, prints_what_is_in_ebcdic_and_does_not_write_it) {
    // "START A" and a NEL in code page 1047.
    auto const file = put("ebcdic", "\xE2\xE3\xC1\xD9\xE3\x40\xC1\x15");
    EXPECT_EQ(run({"format", file}), 0);
    EXPECT_EQ(io->output(), "START A\n");
    EXPECT_EQ(run({"format", "--write", file}), 2);
    EXPECT_THAT(io->errors(), HasSubstr("EBCDIC"));
}

TEST_F(format, refuses_what_is_hardly_a_profile) {
    using namespace std::string_literals;
    EXPECT_EQ(run({"format", "--stdin"}, "START A\0  B"s), 2);
    EXPECT_THAT(io->errors(), HasSubstr("<stdin> is no text"));
    std::string errors;
    for (int i = 0; i < 2000; ++i)
        errors += "PORT x\n";
    EXPECT_EQ(run({"format", "--stdin"}, errors), 2);
    EXPECT_THAT(io->errors(), HasSubstr("too many errors"));
    EXPECT_EQ(io->output(), "");
}

TEST_F(format, ends_with_2_if_it_can_not_do_what_was_asked) {
    auto const file = put("tidy.profile", tidy);
    EXPECT_EQ(run({"format"}), 2);
    EXPECT_EQ(run({"format", directory + "/absent"}), 2);
    EXPECT_THAT(io->errors(), HasSubstr("can't read"));
    EXPECT_EQ(run({"format", "--stdin", file}), 2);
    EXPECT_EQ(run({"format", "--stdin", "--write"}), 2);
    EXPECT_EQ(run({"format", "--check", "--write", file}), 2);
}

}  // namespace
