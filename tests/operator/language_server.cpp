// The language server in one process: an editor's messages in, answers and findings out.
#include "lsp_frames.hpp"
#include "operator/language_server/message_stream.hpp"
#include "operator/language_server/purpose.hpp"
#include "parser/statement/table.hpp"
#include "profile_command.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value_to.hpp>

#include <algorithm>

namespace {

namespace json = boost::json;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::string const uri = "file:///dir/main.profile";

json::value document_named(std::string const& name) {
    return {{"textDocument", {{"uri", name}}}};
}

std::string open(std::string const& name, std::string const& text) {
    return tests::notification("textDocument/didOpen",
                               {{"textDocument", {{"uri", name}, {"text", text}}}});
}

std::string at(int id, std::string const& method, int line, int character) {
    return tests::request(id, method,
                          {{"textDocument", {{"uri", uri}}},
                           {"position", {{"line", line}, {"character", character}}}});
}

struct language_server : tests::profile_command {
    /// What the server sends in a session that is opened and closed around these messages.
    std::vector<json::value> talk(std::string const& messages) {
        EXPECT_EQ(run({"lsp"}, tests::request(0, "initialize") +
                                   tests::notification("initialized") + messages +
                                   tests::request(99, "shutdown") + tests::notification("exit")),
                  0)
            << io->errors();
        auto sent = tests::messages_in(io->output());
        EXPECT_GE(sent.size(), 2U);
        sent.erase(sent.begin());
        sent.pop_back();
        return sent;
    }

    /// The labels that are offered at the end of a text.
    std::vector<std::string> offered(std::string const& text) {
        auto const lines = static_cast<int>(std::ranges::count(text, '\n'));
        auto const column = static_cast<int>(text.size() - (text.rfind('\n') + 1));
        auto const sent = talk(open(uri, text) + at(1, "textDocument/completion", lines, column));
        std::vector<std::string> labels;
        for (auto const& item : sent.back().at("result").as_array())
            labels.emplace_back(item.at("label").as_string());
        return labels;
    }

    json::value error_of(std::string const& message) { return talk(message).at(0).at("error"); }
};

TEST_F(language_server, says_what_it_can_do) {
    run({"lsp"}, tests::request(7, "initialize"));
    auto const answer = tests::messages_in(io->output()).at(0);
    EXPECT_EQ(json::value_to<int>(answer.at("id")), 7);
    auto const& can = answer.at("result").at("capabilities");
    EXPECT_EQ(json::value_to<int>(can.at("textDocumentSync").at("change")), 1);
    EXPECT_TRUE(can.at("hoverProvider").as_bool());
    EXPECT_TRUE(can.at("documentFormattingProvider").as_bool());
}

TEST_F(language_server, publishes_findings_when_a_document_opens_changes_and_closes) {
    auto const sent =
        talk(open(uri, "; first\nSTRAT A\n") +
             tests::notification("textDocument/didChange",
                                 {{"textDocument", {{"uri", uri}}},
                                  {"contentChanges", {json::object{{"text", "SOMAXCONN 5\n"}}}}}) +
             tests::notification("textDocument/didClose", document_named(uri)));
    ASSERT_EQ(sent.size(), 3U);
    auto const& opened = sent[0].at("params");
    EXPECT_EQ(sent[0].at("method").as_string(), "textDocument/publishDiagnostics");
    EXPECT_EQ(opened.at("uri").as_string(), uri);
    auto const& found = opened.at("diagnostics").at(0);
    EXPECT_EQ(found.at("message").as_string(), "unknown statement STRAT\ndid you mean START?");
    EXPECT_EQ(json::value_to<int>(found.at("severity")), 1);
    EXPECT_EQ(found.at("range"), (json::value{{"start", {{"line", 1}, {"character", 0}}},
                                              {"end", {{"line", 1}, {"character", 5}}}}));
    EXPECT_TRUE(sent[1].at("params").at("diagnostics").as_array().empty());
    EXPECT_TRUE(sent[2].at("params").at("diagnostics").as_array().empty());
}

TEST_F(language_server, counts_characters_in_units_of_utf_16) {
    auto const sent = talk(open(uri, "SOMAXCONN \xC3\xA4\xF0\x9F\x98\x80 5"));
    auto const& range = sent.at(0).at("params").at("diagnostics").at(0).at("range");
    EXPECT_EQ(json::value_to<int>(range.at("start").at("character")), 10);
    EXPECT_EQ(json::value_to<int>(range.at("end").at("character")), 13);
}

TEST_F(language_server, shows_what_is_wrong_in_an_included_file_at_the_include) {
    std::string const part = "file:///dir/part";
    auto const sent =
        talk(open(part, "SOMAXCONN 5\n\nSOMAXCONN x") + open(uri, "\n INCLUDE part\n"));
    auto const& published = sent.at(1).at("params");
    EXPECT_EQ(published.at("uri").as_string(), uri);
    auto const& found = published.at("diagnostics").at(0);
    EXPECT_THAT(std::string(found.at("message").as_string()),
                HasSubstr("/dir/part: x is not valid"));
    EXPECT_EQ(json::value_to<int>(found.at("range").at("start").at("line")), 1);
    auto const& place = found.at("relatedInformation").at(0).at("location");
    EXPECT_EQ(place.at("uri").as_string(), part);
    EXPECT_EQ(place.at("range").at("start"), (json::value{{"line", 2}, {"character", 10}}));
}

TEST_F(language_server, checks_an_obeyfile_for_its_syntax_alone) {
    auto const sent = talk(open("file:///dir/change.obey", "START NOWHERE\n") +
                           open("file:///dir/main.profile", "START NOWHERE\n"));
    EXPECT_TRUE(sent.at(0).at("params").at("diagnostics").as_array().empty());
    EXPECT_FALSE(sent.at(2).at("params").at("diagnostics").as_array().empty());
}

TEST_F(language_server, offers_the_keywords_that_may_stand_next) {
    EXPECT_THAT(offered(""), Contains("VIPADYNAMIC"));
    EXPECT_THAT(offered(""), Not(Contains("HOSTNAME")));  // refused: of TCPIP.DATA
    EXPECT_THAT(offered("STA"), Contains("START"));
    auto const in_block = offered("VIPADYNAMIC\n  ");
    EXPECT_THAT(in_block, Contains("VIPADISTRIBUTE"));
    EXPECT_THAT(in_block, Contains("ENDVIPADYNAMIC"));
    EXPECT_THAT(in_block, Not(Contains("SOMAXCONN")));
    auto const in_statement = offered("TCPCONFIG FINWAIT2TIME 10 ");
    EXPECT_THAT(in_statement, Contains("TIMEWAITINTERVAL"));
    EXPECT_THAT(in_statement, Contains("START"));
    EXPECT_EQ(offered("PORT 80 "), (std::vector<std::string>{"TCP", "UDP"}));
    EXPECT_EQ(offered("SOMAXCONN "), std::vector<std::string>());
    EXPECT_EQ(offered("SOMAXCONN 5 ; S"), std::vector<std::string>());
}

TEST_F(language_server, replaces_the_word_that_is_begun) {
    auto const sent = talk(open(uri, "START A\nsomax 5") + at(1, "textDocument/completion", 1, 3));
    auto const& items = sent.back().at("result").as_array();
    auto const item = std::ranges::find_if(
        items, [](auto const& each) { return each.at("label").as_string() == "VIPADYNAMIC"; });
    ASSERT_NE(item, items.end());
    EXPECT_EQ(item->at("textEdit"), (json::value{{"range",
                                                  {{"start", {{"line", 1}, {"character", 0}}},
                                                   {"end", {{"line", 1}, {"character", 3}}}}},
                                                 {"newText", "VIPADYNAMIC"}}));
    EXPECT_EQ(item->at("detail").as_string(), "at least VIPAD");
}

TEST_F(language_server, explains_statements_but_not_their_parameters) {
    auto const sent = talk(open(uri,
                                "VIPADYNAMIC\n"
                                "  vipadist 10.1.9.9 PORT 80 DESTIP ALL\n"
                                "ENDVIPADYNAMIC\nPORT 80 TCP A") +
                           at(1, "textDocument/hover", 1, 4) + at(2, "textDocument/hover", 1, 21) +
                           at(3, "textDocument/hover", 2, 0) + at(4, "textDocument/hover", 3, 4));
    auto const text = [&](std::size_t i) {
        return std::string(sent.at(i).at("result").at("contents").at("value").as_string());
    };
    EXPECT_THAT(text(1), HasSubstr("**VIPADISTRIBUTE** (at least VIPADIST)\n\nDistributes"));
    EXPECT_TRUE(sent.at(2).at("result").is_null());
    EXPECT_THAT(text(3), HasSubstr("ends VIPADYNAMIC"));
    EXPECT_THAT(text(4), HasSubstr("Reserves ports"));
}

TEST_F(language_server, formats) {
    auto const sent = talk(open(uri, "START A START B\n") +
                           tests::request(1, "textDocument/formatting", document_named(uri)));
    auto const& edit = sent.back().at("result").at(0);
    EXPECT_EQ(edit.at("newText").as_string(), "START A\nSTART B\n");
    EXPECT_EQ(edit.at("range").at("end"), (json::value{{"line", 1}, {"character", 0}}));
}

TEST_F(language_server, answers_what_it_can_not_do_with_the_errors_of_the_protocol) {
    auto const code = [&](std::string const& message) {
        return json::value_to<int>(error_of(message).at("code"));
    };
    EXPECT_EQ(code(tests::framed("{")), -32700);
    EXPECT_EQ(code(tests::framed("[]")), -32600);
    EXPECT_EQ(code(tests::framed(R"({"id":1})")), -32600);
    EXPECT_EQ(code(tests::framed(R"({"id":{},"method":"shutdown"})")), -32600);
    EXPECT_EQ(code(tests::request(1, "initialize")), -32600);
    EXPECT_EQ(code(tests::request(1, "textDocument/rename")), -32601);
    EXPECT_EQ(code(tests::request(1, "textDocument/hover", document_named(uri))), -32602);
    EXPECT_EQ(code(tests::request(1, "textDocument/hover", 5)), -32602);
    EXPECT_EQ(run({"lsp"}, tests::request(1, "shutdown")), 1);
    EXPECT_EQ(json::value_to<int>(tests::messages_in(io->output()).at(0).at("error").at("code")),
              -32002);
}

TEST_F(language_server, passes_over_notifications_and_answers_it_does_not_know) {
    EXPECT_TRUE(talk(tests::notification("$/setTrace") +
                     tests::notification("textDocument/didSave") +
                     tests::framed(R"({"id":1,"result":null})") +
                     tests::notification("textDocument/didOpen", document_named(uri)))
                    .empty());
}

TEST_F(language_server, refuses_a_message_that_is_too_large_and_goes_on) {
    std::string const large(operators::lsp::message_limit + 1, ' ');
    auto const sent = talk(tests::framed(large) + open(uri, ""));
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(json::value_to<int>(sent[0].at("error").at("code")), -32600);
}

TEST_F(language_server, ends_when_nothing_can_follow) {
    for (std::string const broken :
         {"nonsense\r\n\r\n", "Content-Length: x\r\n\r\n", "Content-Length: 5\r\n\r\n{}"}) {
        EXPECT_EQ(run({"lsp"}, broken), 1) << broken;
        EXPECT_THAT(io->errors(), HasSubstr("Content-Length"));
    }
    EXPECT_EQ(run({"lsp"}, std::string(10000, 'x')), 1);
    EXPECT_EQ(run({"lsp"}, tests::notification("exit")), 1);
    EXPECT_EQ(run({"lsp"}, ""), 1);
}

TEST_F(language_server, takes_headers_in_any_case_and_order) {
    std::string const body = R"({"jsonrpc":"2.0","method":"exit"})";
    EXPECT_EQ(run({"lsp"}, "Content-Type: x\r\ncontent-length: " + std::to_string(body.size()) +
                               "\r\n\r\n" + body),
              1);
    EXPECT_EQ(io->errors(), "");
}

TEST(purposes, are_known_of_each_statement_that_is_not_refused_for_good) {
    for (auto const& entry : parser::grammar::all_statements()) {
        EXPECT_FALSE(operators::lsp::purpose_of(entry.keyword).empty() && entry.reason.empty())
            << entry.keyword;
        for (auto const& inner : entry.inside)
            EXPECT_FALSE(operators::lsp::purpose_of(inner.keyword).empty()) << inner.keyword;
    }
}

}  // namespace
