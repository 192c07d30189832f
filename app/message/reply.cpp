// The JSON form of replies.
#include "app/message/reply.hpp"

#include "app/json_members.hpp"
#include "app/message/endpoint_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <cerrno>

namespace app {

namespace json = boost::json;

namespace {

constexpr std::uint64_t highest_number = std::uint64_t{1} << 53;

struct info_number {
    char const* name;
    std::uint64_t info::*value;
};
constexpr std::array info_numbers{info_number{"snd_wscale", &info::snd_wscale},
                                  info_number{"rcv_wscale", &info::rcv_wscale},
                                  info_number{"retransmits", &info::retransmits},
                                  info_number{"probes", &info::probes},
                                  info_number{"mss", &info::mss},
                                  info_number{"rto", &info::rto},
                                  info_number{"rtt", &info::rtt},
                                  info_number{"since_sent", &info::since_sent},
                                  info_number{"unread", &info::unread},
                                  info_number{"unsent", &info::unsent},
                                  info_number{"unacked", &info::unacked},
                                  info_number{"cwnd", &info::cwnd},
                                  info_number{"ssthresh", &info::ssthresh},
                                  info_number{"snd_wnd", &info::snd_wnd},
                                  info_number{"rcv_wnd", &info::rcv_wnd},
                                  info_number{"sndbuf", &info::sndbuf},
                                  info_number{"rcvbuf", &info::rcvbuf}};

void put(json::object& o, connected const& r) {
    o["local"] = endpoint_json(r.local);
    o["remote"] = endpoint_json(r.remote);
    o["connection"] = r.connection;
}
void put(json::object& o, datagram_socket const& r) {
    o["local"] = endpoint_json(r.local);
    if (r.remote != endpoint{}) o["remote"] = endpoint_json(r.remote);
}
void put(json::object& o, bound const& r) {
    o["socket"] = r.socket;
    o["local"] = endpoint_json(r.local);
}
void put(json::object& o, listening const& r) {
    o["listener"] = r.listener;
    o["local"] = endpoint_json(r.local);
}
void put(json::object&, closed const&) {}
void put(json::object& o, options const& r) {
    o["options"] = options_json(r.now);
}
void put(json::object& o, info const& r) {
    o["state"] = r.state;
    for (auto const& each : info_numbers)
        o[each.name] = r.*each.value;
}
void put(json::object& o, displayed const& r) {
    o["document"] = r.document;
}
void put(json::object& o, obeyed const& r) {
    o["messages"] = json::array(r.messages.begin(), r.messages.end());
    if (!r.plan.empty()) o["plan"] = r.plan;
    if (r.return_code) o["returnCode"] = *r.return_code;
}
void put(json::object& o, alive const& r) {
    o["stack"] = r.stack;
    o["system"] = r.system;
    o["pid"] = r.pid;
    o["version"] = r.version;
}
void put(json::object& o, failed const& r) {
    o["errno"] = error_name(r.why.code);
    o["code"] = r.why.code;
    o["message"] = r.why.message;
    if (!r.messages.empty()) o["messages"] = json::array(r.messages.begin(), r.messages.end());
    if (r.return_code) o["returnCode"] = *r.return_code;
}

connected take(json_members& m, connect_request const&) {
    endpoint local = take_endpoint(m, "local");
    endpoint remote = take_endpoint(m, "remote");
    return {std::move(local), std::move(remote), m.number("connection", highest_number)};
}
connected take(json_members& m, accept_request const&) {
    return take(m, connect_request{});
}
datagram_socket take(json_members& m, datagram_request const&) {
    endpoint local = take_endpoint(m, "local");
    return {std::move(local), take_optional_endpoint(m, "remote")};
}
bound take(json_members& m, bind_request const&) {
    auto const socket = m.number("socket", highest_number);
    return {socket, take_endpoint(m, "local")};
}
listening take(json_members& m, listen_request const&) {
    auto const listener = m.number("listener", highest_number);
    return {listener, take_endpoint(m, "local")};
}
closed take(json_members&, close_request const&) {
    return {};
}
options take(json_members& m, options_request const&) {
    return {take_socket_options(m, "options")};
}
info take(json_members& m, info_request const&) {
    info r;
    r.state = m.text("state");
    for (auto const& each : info_numbers)
        r.*each.value = m.number(each.name, highest_number);
    return r;
}
displayed take(json_members& m, display_request const&) {
    return {m.object("document")};
}
std::optional<std::uint8_t> take_return_code(json_members& m) {
    auto const code = m.optional_number("returnCode", vipa_bad_parameters);
    if (!code) return {};
    return static_cast<std::uint8_t>(*code);
}

obeyed take(json_members& m, obeyfile_request const&) {
    obeyed r{m.texts_or_empty("messages")};
    if (auto const* const plan = m.optional_object("plan")) r.plan = *plan;
    return r;
}
obeyed take(json_members& m, rollback_request const&) {
    return take(m, obeyfile_request{});
}
obeyed take(json_members& m, confirm_request const&) {
    return take(m, obeyfile_request{});
}
obeyed take(json_members& m, sysplex_request const&) {
    return {m.texts_or_empty("messages"), {}, take_return_code(m)};
}
alive take(json_members& m, ping_request const&) {
    alive r;
    r.stack = m.text("stack");
    r.system = m.text("system");
    r.pid = m.number("pid", highest_number);
    r.version = m.text("version");
    return r;
}

// The symbol counts: errno values differ between architectures, `code` is for readers of the wire.
failed take_failure(json_members& m) {
    int const code = error_code_of(m.text("errno"));
    m.optional_number("code", highest_number);
    std::string message = m.text("message");
    auto messages = m.texts_or_empty("messages");
    return {{code, std::move(message)}, std::move(messages), take_return_code(m)};
}

}  // namespace

std::string to_json(reply const& answer) {
    json::object object{{"id", answer.id}, {"ok", !std::holds_alternative<failed>(answer.body)}};
    std::visit([&object](auto const& body) { put(object, body); }, answer.body);
    return json::serialize(object);
}

result<raw_reply> parse_reply(std::string_view text) {
    auto parsed = parse_object(text);
    if (parsed.has_error()) return parsed.error();
    auto const* const id = parsed->if_contains("id");
    json::error_code failure;
    auto const number = id != nullptr ? id->to_number<std::uint64_t>(failure) : 0;
    if (id == nullptr || failure) return error{EPROTO, "a reply has no id"};
    return raw_reply{number, std::move(*parsed)};
}

result<reply_body> interpret(raw_reply raw, request_body const& asked) {
    json_members members(raw.members, "reply");
    members.number("id", highest_number);
    reply_body body =
        members.flag("ok")
            ? std::visit([&members](auto const& r) -> reply_body { return take(members, r); },
                         asked)
            : take_failure(members);
    if (auto const complete = members.finish(); complete.has_error()) return complete.error();
    return body;
}

}  // namespace app
