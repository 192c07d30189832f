#include "operator/language_server/server.hpp"

#include "operator/language_server/message_stream.hpp"
#include "parser/parse.hpp"
#include "parser/source/file_uri.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace operators::lsp {

namespace {

namespace json = boost::json;

constexpr int full_sync = 1;  // TextDocumentSyncKind.Full

json::object capabilities() {
    json::object offered{{"positionEncoding", "utf-16"},
                         {"textDocumentSync", {{"openClose", true}, {"change", full_sync}}},
                         {"completionProvider", json::object()},
                         {"hoverProvider", true},
                         {"documentFormattingProvider", true}};
    return {{"capabilities", std::move(offered)},
            {"serverInfo", {{"name", "tcpplex"}, {"version", TCPPLEX_VERSION}}}};
}

/// The member that a JSON pointer leads to; null if there is none.
json::value const* member(json::value const& of, std::string_view pointer) {
    json::error_code problem;
    return of.find_pointer(pointer, problem);
}

std::optional<std::string> text_member(json::value const& of, std::string_view pointer) {
    auto const* const found = member(of, pointer);
    if (found == nullptr || !found->is_string()) return std::nullopt;
    return std::string(found->get_string());
}

std::optional<std::size_t> number_member(json::value const& of, std::string_view pointer) {
    auto const* const found = member(of, pointer);
    if (found == nullptr || !found->is_int64() || found->get_int64() < 0) return std::nullopt;
    return static_cast<std::size_t>(found->get_int64());
}

std::optional<position> position_in(json::value const& parameters) {
    auto const line = number_member(parameters, "/position/line");
    auto const character = number_member(parameters, "/position/character");
    if (!line || !character) return std::nullopt;
    return position{*line, *character};
}

bool is_id(json::value const* id) {
    return id != nullptr && (id->is_string() || id->is_number());
}

}  // namespace

server::server(parser::symbol_table symbols, sender send)
    : symbols_(std::move(symbols)), send_(std::move(send)) {}

void server::respond(json::value const& id, answer result) {
    json::object message{{"jsonrpc", "2.0"}, {"id", id}};
    if (auto const* const problem = std::get_if<failure>(&result))
        message["error"] = {{"code", static_cast<int>(problem->code)}, {"message", problem->text}};
    else
        message["result"] = std::move(std::get<json::value>(result));
    send_(message);
}

void server::refuse_large() {
    respond(nullptr, failure{error_code::invalid_request,
                             "a message has at most " + std::to_string(message_limit) + " bytes"});
}

void server::receive(std::string_view text) {
    json::error_code problem;
    json::value const message = json::parse(text, problem);
    if (problem) return respond(nullptr, failure{error_code::parse_error, problem.message()});
    auto const* const object = message.if_object();
    if (object == nullptr)
        return respond(nullptr, failure{error_code::invalid_request, "expected an object"});
    auto const method = text_member(message, "/method");
    if (method) return carry_out(*object, *method);
    // An answer to a request; this server makes none.
    if (object->contains("result") || object->contains("error")) return;
    auto const* const id = object->if_contains("id");
    respond(is_id(id) ? *id : json::value(),
            failure{error_code::invalid_request, "expected a method"});
}

void server::carry_out(json::object const& message, std::string_view method) {
    auto const* const given = message.if_contains("params");
    json::value const parameters = given != nullptr ? *given : json::value();
    auto const* const id = message.if_contains("id");
    if (id == nullptr)
        notification(method, parameters);
    else if (is_id(id))
        respond(*id, request(method, parameters));
    else
        respond(nullptr, failure{error_code::invalid_request, "expected a number or string as id"});
}

server::answer server::request(std::string_view method, json::value const& parameters) {
    if (phase_ == phase::shut_down)
        return failure{error_code::invalid_request, "the server is shut down"};
    if (method == "initialize") {
        if (phase_ != phase::started)
            return failure{error_code::invalid_request, "the server is initialized already"};
        phase_ = phase::initialized;
        return capabilities();
    }
    if (phase_ == phase::started)
        return failure{error_code::server_not_initialized, "initialize comes first"};
    if (method == "shutdown") {
        phase_ = phase::shut_down;
        return nullptr;
    }
    return about_document(method, parameters);
}

server::answer server::about_document(std::string_view method, json::value const& parameters) {
    bool const formats = method == "textDocument/formatting";
    bool const completes = method == "textDocument/completion";
    if (!formats && !completes && method != "textDocument/hover")
        return failure{error_code::method_not_found, "no method " + std::string(method)};
    auto const uri = text_member(parameters, "/textDocument/uri");
    auto const found = uri ? documents_.find(*uri) : documents_.end();
    if (found == documents_.end())
        return failure{error_code::invalid_params, "expected the URI of an open document"};
    document const& in = found->second;
    if (formats) {
        if (auto edits = formatting(in, around())) return std::move(*edits);
        return failure{error_code::request_failed, "too many errors to format it"};
    }
    auto const at = position_in(parameters);
    if (!at) return failure{error_code::invalid_params, "expected a position"};
    if (completes) return completions(in, *at, around());
    return hover(in, *at, around());
}

void server::notification(std::string_view method, json::value const& parameters) {
    if (method == "exit") exit_status_ = phase_ == phase::shut_down ? 0 : 1;
    if (phase_ != phase::initialized) return;
    auto const uri = text_member(parameters, "/textDocument/uri");
    if (!uri) return;
    if (method == "textDocument/didOpen") change(*uri, parameters, "/textDocument/text");
    if (method == "textDocument/didChange") {
        // Each change has the whole text: the last one counts.
        auto const* const changes = member(parameters, "/contentChanges");
        if (changes != nullptr && changes->is_array() && !changes->get_array().empty())
            change(*uri, changes->get_array().back(), "/text");
    }
    if (method == "textDocument/didClose" && documents_.erase(*uri) > 0) {
        publish(*uri, {});
        publish_all();
    }
}

void server::change(std::string const& uri, json::value const& parameters,
                    std::string_view text_at) {
    auto text = text_member(parameters, text_at);
    if (!text) return;
    std::string name = parser::from_file_uri(uri).value_or(uri);
    documents_.insert_or_assign(uri, document(std::move(name), std::move(*text)));
    publish_all();
}

void server::publish(std::string const& uri, json::array diagnostics) {
    send_({{"jsonrpc", "2.0"},
           {"method", "textDocument/publishDiagnostics"},
           {"params", {{"uri", uri}, {"diagnostics", std::move(diagnostics)}}}});
}

/// A document may INCLUDE any other one.
void server::publish_all() {
    for (auto const& [uri, open] : documents_)
        publish(uri, findings(open, around()));
}

surroundings server::around() const {
    auto const read = [this, files = parser::file_reader()](std::string const& name) {
        for (auto const& [uri, open] : documents_)
            if (open.name() == name) return boost::system::result<std::string>(open.text());
        return files(name);
    };
    return {read, symbols_};
}

}  // namespace operators::lsp
