// The words of the command become the documented requests.
#include "command_output.hpp"
#include "fake_daemon.hpp"
#include "operator/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

namespace {

using testing::HasSubstr;
using tests::fake_daemon;
using response = fake_daemon::response;

/// Runs `tcpplex -s SOCKET words...` against a daemon that records requests.
struct commands : testing::Test {
    commands()
        : daemon([this](app::request const& asked) {
              if (std::holds_alternative<app::ping_request>(asked.body))
                  return response{app::alive{"TCPIP1", "SYS1", 1, "0.1.0"}};
              requests.push_back(app::to_json(asked));
              if (std::holds_alternative<app::obeyfile_request>(asked.body) ||
                  std::holds_alternative<app::sysplex_request>(asked.body))
                  return response{obey_answer};
              return response{app::displayed{{{"schema", "tcpplex/home/1"},
                                              {"stack", "TCPIP1"},
                                              {"system", "SYS1"},
                                              {"time", "2026-11-22T12:52:35Z"},
                                              {"home", boost::json::array()}}}};
          }) {}

    int run(std::vector<std::string> const& words) {
        std::vector<char const*> arguments{"tcpplex", "-s", daemon.path().c_str()};
        for (auto const& word : words)
            arguments.push_back(word.c_str());
        auto typed =
            operators::parse_command_line(static_cast<int>(arguments.size()), arguments.data());
        if (auto const* const status = std::get_if<int>(&typed)) return *status;
        auto& line = std::get<operators::command_line>(typed);
        line.with.input = io.with.input;
        line.with.output = io.with.output;
        line.with.error_output = io.with.error_output;
        return operators::run(line);
    }
    std::string request_of(std::vector<std::string> const& words) {
        requests.clear();
        int const status = run(words);
        return requests.empty() ? "status " + std::to_string(status) : requests.front().substr(8);
    }

    std::vector<std::string> requests;
    app::reply_body obey_answer =
        app::obeyed{{"EZZ0053I COMMAND VARY OBEY COMPLETED SUCCESSFULLY"}};
    fake_daemon daemon;
    tests::command_output io{""};
};

TEST_F(commands, display_cf_asks_for_its_reports) {
    EXPECT_EQ(request_of({"display", "cf", "trace", "10.1.9.9", "--max", "5"}),
              R"("request":"display","report":"cf-trace","address":"10.1.9.9","max":5})");
    EXPECT_EQ(request_of({"display", "cf", "structure"}),
              R"("request":"display","report":"cf-structure"})");
    EXPECT_EQ(request_of({"display", "cf", "locks", "10.1.9.9"}),
              R"("request":"display","report":"cf-locks","address":"10.1.9.9"})");
    EXPECT_EQ(request_of({"display", "cf", "verify"}),
              R"("request":"display","report":"cf-verify"})");
    EXPECT_EQ(request_of({"display", "cf", "connectors"}),
              R"("request":"display","report":"cf-connectors"})");
}

TEST_F(commands, explain_takes_two_sockets) {
    EXPECT_EQ(request_of({"explain", "10.1.9.9..40001", "10.2.0.9..7000"}),
              R"("request":"display","report":"explain","port":40001,"address":"10.1.9.9",)"
              R"("foreign":{"address":"10.2.0.9","port":7000}})");
    EXPECT_EQ(request_of({"explain", "10.1.9.9", "10.2.0.9..7000"}), "status 2");
    EXPECT_EQ(request_of({"explain", "10.1.9.9..40001"}), "status 2");
}

TEST_F(commands, display_cf_verify_ends_with_1_on_a_violation) {
    boost::json::object const standing{{"checks", 1}, {"violations", 0}};
    fake_daemon checked([&](app::request const&) {
        return response{app::displayed{
            {{"schema", "tcpplex/cf-verify/1"},
             {"stack", "TCPIP1"},
             {"system", "SYS1"},
             {"time", "2026-11-22T12:52:35Z"},
             {"verified", 1},
             {"violations", boost::json::array{boost::json::object{{"text", "10.1.9.9: wrong"}}}},
             {"standing", standing}}}};
    });
    auto with = io.with;
    with.stack = checked.path();
    EXPECT_EQ(operators::run({with, operators::display_command{{.report = "cf-verify"}}}), 1);
    EXPECT_EQ(run({"netstat", "home"}), 0);
}

TEST_F(commands, netstat_takes_keywords_and_letters) {
    std::string const home = R"("request":"display","report":"home"})";
    EXPECT_EQ(request_of({"netstat", "home"}), home);
    EXPECT_EQ(request_of({"netstat", "HO"}), home);
    EXPECT_EQ(request_of({"netstat", "-h"}), home);
    EXPECT_EQ(request_of({"netstat"}), R"("request":"display","report":"conn"})");
    EXPECT_EQ(request_of({"netstat", "-F"}), R"("request":"display","report":"vipadcfg"})");
    EXPECT_EQ(request_of({"netstat", "-v"}), R"("request":"display","report":"vipadyn"})");
    EXPECT_EQ(request_of({"netstat", "-V"}), R"("request":"display","report":"vcrt"})");
    EXPECT_EQ(request_of({"netstat", "-A"}), R"("request":"display","report":"all"})");
    EXPECT_EQ(request_of({"netstat", "-O"}), R"("request":"display","report":"vdpt"})");
}

TEST_F(commands, netstat_takes_filters_before_and_behind_the_report) {
    EXPECT_EQ(request_of({"netstat", "-c", "-P", "80", "MAX=5"}),
              R"("request":"display","report":"conn","port":80,"max":5})");
    EXPECT_EQ(request_of({"netstat", "-E", "ftp*", "-a"}),
              R"("request":"display","report":"allconn","client":"FTP*"})");
    EXPECT_EQ(request_of({"netstat", "conn", "IPADDR=10.1.9.9"}),
              R"("request":"display","report":"conn","address":"10.1.9.9"})");
}

TEST_F(commands, netstat_takes_a_keyword_filter_of_one_word_or_two) {
    std::string const tcp = R"("request":"display","report":"stats","protocol":"TCP"})";
    EXPECT_EQ(request_of({"netstat", "-S", "PROTOCOL=tcp"}), tcp);
    EXPECT_EQ(request_of({"netstat", "stats", "proto", "TCP"}), tcp);
    EXPECT_EQ(request_of({"netstat", "-c", "PORT", "80"}),
              R"("request":"display","report":"conn","port":80})");
    EXPECT_EQ(request_of({"netstat", "stats", "PROTOCOL"}), "status 2");
    EXPECT_EQ(request_of({"netstat", "stats", "PROTOCOL", "SCTP"}), "status 2");
    EXPECT_THAT(io.errors(), HasSubstr("SCTP is no value of PROTOCOL"));
}

TEST_F(commands, netstat_refuses_what_it_does_not_know) {
    EXPECT_EQ(request_of({"netstat", "nonsense"}), "status 2");
    EXPECT_EQ(request_of({"netstat", "-c", "-h"}), "status 2");
    EXPECT_EQ(request_of({"netstat", "-P"}), "status 2");
    EXPECT_EQ(request_of({"netstat", "-P", "http"}), "status 2");
    EXPECT_THAT(io.errors(), HasSubstr("there is no report or option \"nonsense\""));
}

TEST_F(commands, display_asks_for_its_documents) {
    EXPECT_EQ(request_of({"display", "cf", "ports"}),
              R"("request":"display","report":"cf-ports"})");
    EXPECT_EQ(request_of({"display", "cf", "ports", "10.1.9.9"}),
              R"("request":"display","report":"cf-ports","address":"10.1.9.9"})");
    EXPECT_EQ(request_of({"display", "sysplex", "group"}),
              R"("request":"display","report":"sysplex-group"})");
    EXPECT_EQ(request_of({"display", "sysplex", "ports"}),
              R"("request":"display","report":"sysplex-ports"})");
    EXPECT_EQ(request_of({"display", "sysplex", "vipadyn"}),
              R"("request":"display","report":"sysplex-vipadyn"})");
}

TEST_F(commands, console_asks_the_same_with_its_limit) {
    EXPECT_EQ(request_of({"console", "D TCPIP,,N,HOME"}),
              R"("request":"display","report":"home","max":100})");
    EXPECT_EQ(request_of({"console", "DISPLAY TCPIP,,NETSTAT,CONN,PORT=80,MAX=*"}),
              R"("request":"display","report":"conn","port":80})");
    EXPECT_EQ(request_of({"console", "D TCPIP,,SYSPLEX,GROUP"}),
              R"("request":"display","report":"sysplex-group"})");
    EXPECT_EQ(request_of({"console", "D TCPIP,,SYSPLEX,PORTS"}),
              R"("request":"display","report":"sysplex-ports"})");
    EXPECT_EQ(request_of({"console", "D TCPIP,,BOGUS"}), "status 2");
}

TEST_F(commands, json_is_taken_on_either_side_of_the_report) {
    EXPECT_EQ(run({"--json", "netstat", "home"}), 0);
    EXPECT_EQ(run({"netstat", "home", "--json"}), 0);
    EXPECT_EQ(run({"display", "cf", "ports", "--json"}), 0);
    EXPECT_TRUE(io.output().starts_with("{\n  \"schema\""));
}

TEST_F(commands, vary_sysplex_asks_with_the_console_command_as_its_echo) {
    EXPECT_EQ(request_of({"vary", "sysplex", "leavegroup"}),
              R"("request":"sysplex","action":"leaveGroup",)"
              R"("command":"VARY TCPIP,,SYSPLEX,LEAVEGROUP"})");
    EXPECT_EQ(request_of({"vary", "sysplex", "joingroup"}),
              R"("request":"sysplex","action":"joinGroup",)"
              R"("command":"VARY TCPIP,,SYSPLEX,JOINGROUP"})");
    EXPECT_EQ(request_of({"vary", "sysplex", "deactivate", "10.1.9.9"}),
              R"("request":"sysplex","action":"deactivate","dvipa":"10.1.9.9",)"
              R"("command":"VARY TCPIP,,SYSPLEX,DEACTIVATE,DVIPA=10.1.9.9"})");
    EXPECT_EQ(request_of({"console", "v tcpip,,sys,react,dvipa=10.1.9.9"}),
              R"("request":"sysplex","action":"reactivate","dvipa":"10.1.9.9",)"
              R"("command":"v tcpip,,sys,react,dvipa=10.1.9.9"})");
    EXPECT_EQ(request_of({"vary", "sysplex", "deactivate"}), "status 2");
    EXPECT_EQ(request_of({"vary", "sysplex", "deactivate", "10.1.9"}), "status 2");
    EXPECT_EQ(request_of({"vary", "sysplex", "leavegroup", "10.1.9.9"}), "status 2");
    EXPECT_EQ(request_of({"vary", "sysplex"}), "status 2");
}

TEST_F(commands, vary_sysplex_quiesces_servers) {
    EXPECT_EQ(request_of({"vary", "sysplex", "quiesce", "--target"}),
              R"("request":"sysplex","action":"quiesce",)"
              R"("command":"VARY TCPIP,,SYSPLEX,QUIESCE,TARGET"})");
    EXPECT_EQ(request_of({"vary", "sysplex", "resume", "--port", "8080", "--jobname", "web1"}),
              R"("request":"sysplex","action":"resume","port":8080,"job":"WEB1",)"
              R"("command":"VARY TCPIP,,SYSPLEX,RESUME,PORT=8080,JOBNAME=WEB1"})");
    EXPECT_EQ(request_of({"vary", "sysplex", "quiesce", "--jobname", "WEB1"}),
              R"("request":"sysplex","action":"quiesce","job":"WEB1",)"
              R"("command":"VARY TCPIP,,SYSPLEX,QUIESCE,JOBNAME=WEB1"})");
    EXPECT_EQ(request_of({"console", "V TCPIP,,SYS,QUI,PO=80"}),
              R"("request":"sysplex","action":"quiesce","port":80,)"
              R"("command":"V TCPIP,,SYS,QUI,PO=80"})");
    EXPECT_EQ(request_of({"vary", "sysplex", "quiesce"}), "status 2");
    EXPECT_EQ(request_of({"vary", "sysplex", "quiesce", "--port", "0"}), "status 2");
    EXPECT_EQ(request_of({"vary", "sysplex", "quiesce", "--port", "65536"}), "status 2");
    EXPECT_EQ(request_of({"vary", "sysplex", "resume", "--target", "--port", "80"}), "status 2");
    EXPECT_EQ(request_of({"vary", "sysplex", "resume", "--jobname", "LONGNAME9"}), "status 2");
}

TEST_F(commands, vary_vipa_ends_with_the_return_code_of_moddvipa) {
    EXPECT_EQ(request_of({"vary", "vipa", "create", "10.1.8.5"}),
              R"("request":"sysplex","action":"createVipa","dvipa":"10.1.8.5","command":""})");
    EXPECT_EQ(request_of({"vary", "vipa", "delete", "2001:db8::5"}),
              R"("request":"sysplex","action":"deleteVipa","dvipa":"2001:db8::5","command":""})");
    std::vector<std::string> const create{"vary", "vipa", "create", "10.1.8.5"};
    obey_answer = app::obeyed{{}, {}, 0};
    EXPECT_EQ(run(create), 0);
    obey_answer = app::obeyed{{}, {}, 4};
    EXPECT_EQ(run(create), 4);
    obey_answer = app::failed{{EINVAL, "10.1.8.5 is in no VIPARANGE"}, {}, 8};
    EXPECT_EQ(run(create), 8);
    EXPECT_THAT(io.errors(), HasSubstr("vipa create 10.1.8.5: EINVAL: 10.1.8.5 is in no"));
    obey_answer = app::failed{{EPERM, "changes are for operators"}};
    EXPECT_EQ(run(create), 8);
    requests.clear();
    EXPECT_EQ(run({"vary", "vipa", "delete", "10.1.8"}), 12);
    EXPECT_TRUE(requests.empty());
}

struct obeyfile : commands {
    void SetUp() override {
        directory =
            std::filesystem::temp_directory_path() / ("tcpplex-obey-" + std::to_string(::getpid()));
        std::filesystem::create_directories(directory);
    }
    void TearDown() override { std::filesystem::remove_all(directory); }
    std::string put(std::string const& name, std::string const& text) const {
        std::ofstream(directory + "/" + name) << text;
        return directory + "/" + name;
    }
    std::string directory;
};

TEST_F(obeyfile, is_sent_with_the_files_it_includes) {
    put("more", "; the included\n");
    auto const file = put("change.obey", "INCLUDE more\nINCLUDE more\n");
    EXPECT_EQ(run({"vary", "obeyfile", file}), 0) << io.errors();
    ASSERT_EQ(requests.size(), 1u);
    auto const sent = app::parse_request(requests.front());
    auto const& asked = std::get<app::obeyfile_request>(sent->body);
    ASSERT_EQ(asked.files.size(), 2u);
    EXPECT_EQ(asked.files[0].name, file);
    EXPECT_THAT(asked.files[1].name, testing::EndsWith("more"));
    EXPECT_EQ(asked.files[1].text, "; the included\n");
    EXPECT_EQ(asked.command, "VARY TCPIP,,OBEYFILE," + file);
    EXPECT_EQ(io.output(), "EZZ0053I COMMAND VARY OBEY COMPLETED SUCCESSFULLY\n");
}

TEST_F(obeyfile, in_ebcdic_is_sent_as_text) {
    // "START OSA1" and a NEL in code page 1047.
    auto const file = put("change.obey", "\xE2\xE3\xC1\xD9\xE3\x40\xD6\xE2\xC1\xF1\x15");
    EXPECT_EQ(run({"vary", "obeyfile", file}), 0) << io.errors();
    ASSERT_EQ(requests.size(), 1u);
    auto const sent = app::parse_request(requests.front());
    EXPECT_EQ(std::get<app::obeyfile_request>(sent->body).files[0].text, "START OSA1\n");
}

TEST_F(obeyfile, that_includes_an_unreadable_file_is_not_sent) {
    auto const file = put("change.obey", "INCLUDE absent\n");
    EXPECT_EQ(run({"vary", "obeyfile", file}), 1);
    EXPECT_TRUE(requests.empty());
    EXPECT_THAT(io.errors(), HasSubstr("absent"));
    EXPECT_THAT(io.errors(), HasSubstr("nothing was changed"));
}

TEST_F(obeyfile, that_the_stack_refuses_fails_with_its_messages) {
    obey_answer = app::failed{{EINVAL, "errors in the file; nothing was changed"},
                              {"EZZ0059I VARY OBEY COMMAND FAILED: SEE PREVIOUS MESSAGES"}};
    EXPECT_EQ(run({"console", "V TCPIP,,OBEYFILE," + put("change.obey", ";\n")}), 1);
    EXPECT_EQ(io.output(), "EZZ0059I VARY OBEY COMMAND FAILED: SEE PREVIOUS MESSAGES\n");
    EXPECT_THAT(io.errors(), HasSubstr("nothing was changed"));
}

TEST(endpoints, are_written_with_two_dots) {
    using app::endpoint;
    EXPECT_EQ(operators::parse_endpoint("10.1.9.9..40001"), (endpoint{"10.1.9.9", 40001}));
    EXPECT_EQ(operators::parse_endpoint("10.1.9.9"), (endpoint{"10.1.9.9", 0}));
    EXPECT_EQ(operators::parse_endpoint("..4000"), (endpoint{"", 4000}));
    EXPECT_EQ(operators::parse_endpoint("2001:db8::1..7"), (endpoint{"2001:db8::1", 7}));
    for (auto const* wrong :
         {"", "..", "10.1.9..5", "10.1.9.9..", "10.1.9.9..70000", "10.1.9.9:80", "host..1"})
        EXPECT_FALSE(operators::parse_endpoint(wrong)) << wrong;
}

}  // namespace
