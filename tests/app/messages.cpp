// Requests and replies survive the way through JSON, and anything else is refused by name.
#include "app/message/reply.hpp"
#include "app/message/request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace {

using testing::HasSubstr;

std::string again(app::request const& asked) {
    auto const parsed = app::parse_request(app::to_json(asked));
    return parsed.has_value() ? app::to_json(*parsed) : parsed.error().why.message;
}

std::string refusal(std::string_view text) {
    auto const parsed = app::parse_request(text);
    return parsed.has_value()
               ? "accepted"
               : app::error_name(parsed.error().why.code) + " " + parsed.error().why.message;
}

TEST(requests, each_kind_survives_the_way_through_json) {
    std::vector<app::request_body> const kinds{
        app::connect_request{"JOB1", {"10.2.0.9", 7000}, {"10.1.9.9", 40001}, {}},
        app::connect_request{"JOB1", {"2001:db8::1", 7000}, {}, 3},
        app::bind_request{"JOB1", {"", 4000}},
        app::listen_request{"JOB1", {"10.1.9.9", 80}, 5},
        app::accept_request{9},
        app::datagram_request{"JOB1", {"", 514}},
        app::datagram_request{"JOB1", {"10.1.9.9", 53}, {"10.2.0.9", 53}, true},
        app::datagram_request{"JOB1", {"::", 53}, {}, false, true},
        app::bind_request{"JOB1", {"::", 53}, {}, true},
        app::listen_request{"JOB1", {"::", 80}, 5, {}, true},
        app::close_request{9, {}},
        app::close_request{{}, 4},
        app::options_request{7, {}, {}, {.keepalive = true, .keepidle = 30}},
        app::options_request{{}, 9, {}},
        app::info_request{7},
        app::display_request{"conn", 80, "10.1.9.9", "FTP*", 100},
        app::display_request{"explain", 40001, "10.1.9.9", {}, {}, {"10.2.0.9", 7000}},
        app::display_request{.report = "stats", .protocol = "TCP"},
        app::obeyfile_request{{{"a.obey", "; nothing\n"}, {"b", "text \"quoted\""}},
                              "VARY TCPIP,,OBEYFILE,a.obey"},
        app::obeyfile_request{{{"a.obey", "; nothing\n"}},
                              "VARY TCPIP,,OBEYFILE,a.obey",
                              app::obey_purpose::carry_out,
                              true,
                              120},
        app::obeyfile_request{{{"a.obey", "; nothing\n"}}, "", app::obey_purpose::plan},
        app::obeyfile_request{{{"a.obey", "; nothing\n"}}, "", app::obey_purpose::syntax_check},
        app::display_request{.report = "config", .number = 12},
        app::rollback_request{2, true, "VARY TCPIP,,ROLLBACK,2"},
        app::confirm_request{"VARY TCPIP,,CONFIRM"},
        app::sysplex_request{
            app::sysplex_action::leave_group, {}, "VARY TCPIP,,SYSPLEX,LEAVEGROUP"},
        app::sysplex_request{app::sysplex_action::join_group},
        app::sysplex_request{app::sysplex_action::deactivate, "10.1.9.9"},
        app::sysplex_request{app::sysplex_action::reactivate, "2001:db8::9"},
        app::sysplex_request{app::sysplex_action::quiesce, {}, "V TCPIP,,SYSPLEX,QUIESCE,TARGET"},
        app::sysplex_request{.action = app::sysplex_action::quiesce, .port = 65535},
        app::sysplex_request{.action = app::sysplex_action::resume, .port = 1, .job = "JOB45678"},
        app::sysplex_request{.action = app::sysplex_action::resume, .job = "J"},
        app::sysplex_request{app::sysplex_action::create_vipa, "10.1.9.9"},
        app::sysplex_request{app::sysplex_action::delete_vipa, "10.1.9.9"},
        app::ping_request{}};
    for (auto const& kind : kinds) {
        app::request const asked{7, kind};
        EXPECT_EQ(again(asked), app::to_json(asked));
    }
}

TEST(requests, the_wire_form_is_the_documented_one) {
    app::request const asked{7, app::connect_request{"J", {"10.2.0.9", 7}, {"10.1.9.9", 0}, {}}};
    EXPECT_EQ(app::to_json(asked),
              R"({"id":7,"request":"connect","job":"J","remote":{"address":"10.2.0.9","port":7},)"
              R"("local":{"address":"10.1.9.9"}})");
}

TEST(requests, a_fault_names_the_member) {
    EXPECT_EQ(refusal(R"({"id":1,"request":"ping","extra":1})"),
              "EPROTO ping: extra is not a member of this message");
    EXPECT_EQ(refusal(R"({"id":1,"request":"connect","remote":{"address":"a","port":"x"}})"),
              "EPROTO connect: remote.port is not a whole number from 0 to 65535");
    EXPECT_EQ(refusal(R"({"id":1,"request":"connect","remote":{"address":"a","port":70000}})"),
              "EPROTO connect: remote.port is not a whole number from 0 to 65535");
    EXPECT_EQ(refusal(R"({"id":1,"request":"connect","remote":{"address":"a","port":1,"host":2}})"),
              "EPROTO connect: remote.host is not a member of this message");
    EXPECT_EQ(refusal(R"({"id":1,"request":"connect"})"), "EPROTO connect: remote is missing");
    EXPECT_EQ(refusal(R"({"id":1,"request":"display","report":"conn","max":-1})"),
              "EPROTO display: max is not a whole number from 0 to 9007199254740992");
    EXPECT_EQ(refusal(R"({"id":1.5,"request":"ping"})"),
              "EPROTO ping: id is not a whole number from 0 to 9007199254740992");
    EXPECT_EQ(refusal(R"({"id":1,"request":"obeyfile","command":"","files":[{"name":"a"}]})"),
              "EPROTO obeyfile: files[0].text is missing");
    EXPECT_EQ(refusal(R"({"id":1,"request":"obeyfile","command":"","purpose":"x",)"
                      R"("files":[{"name":"a","text":""}]})"),
              "EPROTO obeyfile: purpose is neither plan nor syntaxCheck");
    EXPECT_EQ(refusal(R"({"id":1,"request":"obeyfile","command":"","confirmSeconds":0,)"
                      R"("files":[{"name":"a","text":""}]})"),
              "EPROTO obeyfile: confirmSeconds is 0");
    EXPECT_EQ(refusal(R"({"id":1,"request":"obeyfile","command":"","confirmSeconds":9,)"
                      R"("purpose":"plan","files":[{"name":"a","text":""}]})"),
              "EPROTO obeyfile: confirmSeconds and purpose exclude each other");
    EXPECT_EQ(refusal(R"({"id":1,"request":"rollback","command":"","steps":0})"),
              "EPROTO rollback: steps is 0");
    EXPECT_EQ(refusal(R"({"id":1,"request":"sysplex","command":"","action":"leave"})"),
              "EPROTO sysplex: action is none of leaveGroup, joinGroup, deactivate, reactivate, "
              "quiesce, resume, createVipa and deleteVipa");
    EXPECT_EQ(refusal(R"({"id":1,"request":"sysplex","command":"","action":"deactivate"})"),
              "EPROTO sysplex: dvipa is missing");
    EXPECT_EQ(refusal(R"({"id":1,"request":"sysplex","command":"","action":"joinGroup",)"
                      R"("dvipa":"10.1.9.9"})"),
              "EPROTO sysplex: this action has no dvipa");
    EXPECT_EQ(refusal(R"({"id":1,"request":"sysplex","command":"","action":"quiesce","port":0})"),
              "EPROTO sysplex: port is 0");
    EXPECT_EQ(refusal(R"({"id":1,"request":"sysplex","command":"","action":"quiesce",)"
                      R"("port":65536})"),
              "EPROTO sysplex: port is not a whole number from 0 to 65535");
    EXPECT_EQ(refusal(R"({"id":1,"request":"sysplex","command":"","action":"resume",)"
                      R"("job":"JOB456789"})"),
              "EPROTO sysplex: job has more than 8 characters");
    EXPECT_EQ(refusal(R"({"id":1,"request":"sysplex","command":"","action":"joinGroup",)"
                      R"("port":80})"),
              "EPROTO sysplex: port is not a member of this message");
    EXPECT_EQ(refusal(R"({"id":1,"request":"options","listener":1,"socket":2})"),
              "EPROTO options: options takes one of connection, listener and socket");
    EXPECT_EQ(refusal(R"({"id":1,"request":"options","listener":1,"options":{"keepcnt":128}})"),
              "EPROTO options: options.keepcnt is not a whole number from 0 to 127");
    EXPECT_EQ(refusal(R"({"id":1,"request":"datagram","remote":{"address":"10.2.0.9"}})"),
              "EPROTO datagram: remote takes both of address and port");
    EXPECT_EQ(refusal(R"({"id":1,"request":"close"})"),
              "EPROTO close: close takes one of listener and socket");
}

TEST(requests, what_is_not_a_request_is_refused) {
    EXPECT_THAT(refusal(""), HasSubstr("EPROTO"));
    EXPECT_THAT(refusal("[1]"), HasSubstr("not a JSON object"));
    EXPECT_EQ(refusal(R"({"id":1})"), "EPROTO request: request is missing");
    EXPECT_EQ(refusal(R"({"id":1,"request":"dance"})"), "ENOSYS there is no request \"dance\"");
    EXPECT_THAT(refusal(std::string(1000, '[')), HasSubstr("EPROTO"));
}

TEST(requests, a_refused_request_keeps_its_id) {
    auto const parsed = app::parse_request(R"({"id":42,"request":"accept"})");
    ASSERT_TRUE(parsed.has_error());
    EXPECT_EQ(parsed.error().id, 42u);
}

std::string reply_again(app::reply_body const& body, app::request_body const& asked) {
    auto raw = app::parse_reply(app::to_json(app::reply{5, body}));
    if (raw.has_error()) return raw.error().message;
    auto const read = app::interpret(std::move(*raw), asked);
    return read.has_value() ? app::to_json(app::reply{5, *read}) : read.error().message;
}

TEST(replies, each_kind_survives_the_way_through_json) {
    std::vector<std::pair<app::reply_body, app::request_body>> const pairs{
        {app::connected{{"10.1.9.9", 40001}, {"10.2.0.9", 7000}}, app::connect_request{}},
        {app::connected{{"10.1.9.9", 40001}, {"10.2.0.9", 7000}}, app::accept_request{}},
        {app::datagram_socket{{"10.1.9.9", 40001}, {"10.2.0.9", 53}}, app::datagram_request{}},
        {app::datagram_socket{{"0.0.0.0", 514}, {}}, app::datagram_request{}},
        {app::bound{3, {"10.1.9.9", 5}}, app::bind_request{}},
        {app::listening{4, {"10.1.9.9", 80}}, app::listen_request{}},
        {app::closed{}, app::close_request{}},
        {app::options{{.nodelay = true, .linger_time = 3, .congestion = "reno"}},
         app::options_request{}},
        {app::info{.state = "ESTABLISHED", .rtt = 1500, .cwnd = 14600}, app::info_request{}},
        {app::displayed{{{"schema", "tcpplex/conn/1"}}}, app::display_request{}},
        {app::obeyed{{"EZZ0053I COMMAND VARY OBEY COMPLETED SUCCESSFULLY"}},
         app::obeyfile_request{}},
        {app::obeyed{{"+ SOMAXCONN 5"}, {{"changes", 1}}}, app::obeyfile_request{}},
        {app::obeyed{{"the change is confirmed"}}, app::confirm_request{}},
        {app::obeyed{{"back"}}, app::rollback_request{}},
        {app::obeyed{{"EZZ0053I"}}, app::sysplex_request{}},
        {app::obeyed{{}, {}, 4}, app::sysplex_request{}},
        {app::failed{{EINVAL, "no"}, {}, 8}, app::sysplex_request{}},
        {app::alive{"TCPIP1", "SYS1", 77, "0.1.0"}, app::ping_request{}},
        {app::failed{{EADDRINUSE, "10.1.9.9..40001 is held by TCPIP2 on SYS2"}, {"one", "two"}},
         app::bind_request{}}};
    for (auto const& [body, asked] : pairs)
        EXPECT_EQ(reply_again(body, asked), app::to_json(app::reply{5, body}));
}

TEST(replies, a_failure_carries_symbol_code_and_sentence) {
    EXPECT_EQ(app::to_json(app::reply{7, app::failed{{EADDRINUSE, "held by TCPIP2"}}}),
              R"({"id":7,"ok":false,"errno":"EADDRINUSE","code":98,"message":"held by TCPIP2"})");
}

TEST(replies, a_reply_of_another_kind_is_refused) {
    EXPECT_EQ(reply_again(app::closed{}, app::connect_request{}), "reply.local is missing");
    EXPECT_EQ(reply_again(app::obeyed{{}, {}, 13}, app::sysplex_request{}),
              "reply.returnCode is not a whole number from 0 to 12");
    EXPECT_EQ(reply_again(app::bound{1, {}}, app::close_request{}),
              "reply.socket is not a member of this message");
}

}  // namespace
