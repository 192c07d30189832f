// The JSON form of requests.
#include "app/message/request.hpp"

#include "app/message/endpoint_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <cerrno>
#include <limits>
#include <system_error>

namespace app {

namespace json = boost::json;

namespace {

char const* to_string(obey_purpose purpose) {
    switch (purpose) {
        case obey_purpose::carry_out:
            return "carryOut";
        case obey_purpose::plan:
            return "plan";
        case obey_purpose::syntax_check:
            break;
    }
    return "syntaxCheck";
}

constexpr std::uint64_t highest_number = std::uint64_t{1} << 53;

template <typename... Ts>
struct overloaded : Ts... {
    using Ts::operator()...;
};
template <typename... Ts>
overloaded(Ts...) -> overloaded<Ts...>;

void put_if(json::object& object, std::string_view name, std::string const& text) {
    if (!text.empty()) object[name] = text;
}

void put_if(json::object& object, std::string_view name, bool set) {
    if (set) object[name] = true;
}

template <typename Number>
void put_if(json::object& object, std::string_view name, std::optional<Number> number) {
    if (number) object[name] = *number;
}

void put_if(json::object& object, socket_options const& options) {
    if (options != socket_options{}) object["options"] = options_json(options);
}

json::object body_json(request_body const& body) {
    return std::visit(
        overloaded{
            [](connect_request const& r) {
                json::object o{
                    {"request", "connect"}, {"job", r.job}, {"remote", endpoint_json(r.remote)}};
                if (r.local != endpoint{}) o["local"] = endpoint_json(r.local);
                put_if(o, "socket", r.socket);
                put_if(o, r.options);
                return o;
            },
            [](bind_request const& r) {
                json::object o{
                    {"request", "bind"}, {"job", r.job}, {"local", endpoint_json(r.local)}};
                put_if(o, r.options);
                put_if(o, "v6only", r.v6only);
                return o;
            },
            [](listen_request const& r) {
                json::object o{{"request", "listen"},
                               {"job", r.job},
                               {"local", endpoint_json(r.local)},
                               {"backlog", r.backlog}};
                put_if(o, r.options);
                put_if(o, "v6only", r.v6only);
                return o;
            },
            [](accept_request const& r) {
                return json::object{{"request", "accept"}, {"listener", r.listener}};
            },
            [](datagram_request const& r) {
                json::object o{{"request", "datagram"}, {"job", r.job}};
                if (r.local != endpoint{}) o["local"] = endpoint_json(r.local);
                if (r.remote != endpoint{}) o["remote"] = endpoint_json(r.remote);
                put_if(o, "reuse", r.reuse);
                put_if(o, "v6only", r.v6only);
                return o;
            },
            [](close_request const& r) {
                json::object o{{"request", "close"}};
                put_if(o, "listener", r.listener);
                put_if(o, "socket", r.socket);
                return o;
            },
            [](options_request const& r) {
                json::object o{{"request", "options"}};
                put_if(o, "connection", r.connection);
                put_if(o, "listener", r.listener);
                put_if(o, "socket", r.socket);
                put_if(o, r.options);
                return o;
            },
            [](info_request const& r) {
                return json::object{{"request", "info"}, {"connection", r.connection}};
            },
            [](display_request const& r) {
                json::object o{{"request", "display"}, {"report", r.report}};
                put_if(o, "port", r.port);
                put_if(o, "address", r.address);
                put_if(o, "client", r.client);
                put_if(o, "max", r.max);
                if (r.foreign != endpoint{}) o["foreign"] = endpoint_json(r.foreign);
                put_if(o, "protocol", r.protocol);
                put_if(o, "number", r.number);
                return o;
            },
            [](obeyfile_request const& r) {
                json::array files;
                for (auto const& file : r.files)
                    files.push_back(json::object{{"name", file.name}, {"text", file.text}});
                json::object o{
                    {"request", "obeyfile"}, {"files", std::move(files)}, {"command", r.command}};
                if (r.purpose != obey_purpose::carry_out) o["purpose"] = to_string(r.purpose);
                put_if(o, "asZos", r.as_zos);
                put_if(o, "confirmSeconds", r.confirm_seconds);
                return o;
            },
            [](rollback_request const& r) {
                json::object o{{"request", "rollback"}, {"steps", r.steps}, {"command", r.command}};
                put_if(o, "plan", r.plan);
                return o;
            },
            [](confirm_request const& r) {
                return json::object{{"request", "confirm"}, {"command", r.command}};
            },
            [](sysplex_request const& r) { return sysplex_json(r); },
            [](ping_request const&) {
                return json::object{{"request", "ping"}};
            }},
        body);
}

/// Missing: false.
bool take_flag(json_members& m, std::string_view name) {
    return m.has(name) && m.flag(name);
}

connect_request take_connect(json_members& m) {
    connect_request r{
        m.text_or_empty("job"), take_endpoint(m, "remote"), take_optional_endpoint(m, "local"),
        m.optional_number("socket", highest_number), take_socket_options(m, "options")};
    if (r.remote.address.empty()) m.fault("remote.address is missing");
    if (r.remote.port == 0) m.fault("remote.port is missing");
    if (r.socket && m.has("local")) m.fault("local and socket exclude each other");
    return r;
}

listen_request take_listen(json_members& m) {
    auto const backlog = m.optional_number("backlog", std::numeric_limits<std::uint32_t>::max());
    listen_request r{m.text_or_empty("job"), take_endpoint(m, "local")};
    if (backlog) r.backlog = static_cast<std::uint32_t>(*backlog);
    r.options = take_socket_options(m, "options");
    r.v6only = take_flag(m, "v6only");
    return r;
}

datagram_request take_datagram(json_members& m) {
    datagram_request r{m.text_or_empty("job"), take_optional_endpoint(m, "local"),
                       take_optional_endpoint(m, "remote"), take_flag(m, "reuse"),
                       take_flag(m, "v6only")};
    if (r.remote.address.empty() != (r.remote.port == 0))
        m.fault("remote takes both of address and port");
    return r;
}

close_request take_close(json_members& m) {
    close_request r{m.optional_number("listener", highest_number),
                    m.optional_number("socket", highest_number)};
    if (r.listener.has_value() == r.socket.has_value())
        m.fault("close takes one of listener and socket");
    return r;
}

options_request take_options(json_members& m) {
    options_request r{m.optional_number("connection", highest_number),
                      m.optional_number("listener", highest_number),
                      m.optional_number("socket", highest_number),
                      take_socket_options(m, "options")};
    if (r.connection.has_value() + r.listener.has_value() + r.socket.has_value() != 1)
        m.fault("options takes one of connection, listener and socket");
    return r;
}

display_request take_display(json_members& m) {
    display_request r{m.text("report")};
    if (auto const port = m.optional_number("port", 65535))
        r.port = static_cast<std::uint16_t>(*port);
    r.address = m.text_or_empty("address");
    r.client = m.text_or_empty("client");
    r.max = m.optional_number("max", highest_number);
    r.foreign = take_optional_endpoint(m, "foreign");
    r.protocol = m.text_or_empty("protocol");
    r.number = m.optional_number("number", highest_number);
    return r;
}

obey_purpose take_purpose(json_members& m) {
    auto const word = m.text_or_empty("purpose");
    for (auto const each : {obey_purpose::plan, obey_purpose::syntax_check})
        if (word == to_string(each)) return each;
    if (!word.empty()) m.fault("purpose is neither plan nor syntaxCheck");
    return obey_purpose::carry_out;
}

obeyfile_request take_obeyfile(json_members& m) {
    obeyfile_request r;
    for (auto const& value : m.array("files")) {
        auto const* const object = value.if_object();
        if (object == nullptr) {
            m.fault("files holds something that is not an object");
            continue;
        }
        json_members file(*object, "files[" + std::to_string(r.files.size()) + "]");
        std::string name = file.text("name");
        r.files.push_back({std::move(name), file.text("text")});
        m.include(file);
    }
    if (r.files.empty()) m.fault("files is empty");
    r.command = m.text("command");
    r.purpose = take_purpose(m);
    r.as_zos = take_flag(m, "asZos");
    if (auto const seconds = m.optional_number("confirmSeconds", longest_confirm_seconds)) {
        if (*seconds == 0) m.fault("confirmSeconds is 0");
        r.confirm_seconds = static_cast<std::uint32_t>(*seconds);
        if (r.purpose != obey_purpose::carry_out)
            m.fault("confirmSeconds and purpose exclude each other");
    }
    return r;
}

rollback_request take_rollback(json_members& m) {
    rollback_request r{m.number("steps", highest_number), take_flag(m, "plan"), m.text("command")};
    if (r.steps == 0) m.fault("steps is 0");
    return r;
}

std::optional<request_body> take_body(std::string const& kind, json_members& m) {
    if (kind == "connect") return take_connect(m);
    if (kind == "bind") {
        std::string job = m.text_or_empty("job");
        endpoint local = take_endpoint(m, "local");
        auto options = take_socket_options(m, "options");
        return bind_request{std::move(job), std::move(local), std::move(options),
                            take_flag(m, "v6only")};
    }
    if (kind == "listen") return take_listen(m);
    if (kind == "accept") return accept_request{m.number("listener", highest_number)};
    if (kind == "datagram") return take_datagram(m);
    if (kind == "close") return take_close(m);
    if (kind == "options") return take_options(m);
    if (kind == "info") return info_request{m.number("connection", highest_number)};
    if (kind == "display") return take_display(m);
    if (kind == "obeyfile") return take_obeyfile(m);
    if (kind == "rollback") return take_rollback(m);
    if (kind == "confirm") return confirm_request{m.text("command")};
    if (kind == "sysplex") return take_sysplex(m);
    if (kind == "ping") return ping_request{};
    return std::nullopt;
}

}  // namespace

std::string to_json(request const& asked) {
    json::object object{{"id", asked.id}};
    for (auto const& member : body_json(asked.body))
        object.insert(member);
    return json::serialize(object);
}

boost::system::result<request, bad_request> parse_request(std::string_view text) {
    auto parsed = parse_object(text);
    if (parsed.has_error()) return bad_request{0, parsed.error()};
    json_members members(*parsed, "");
    std::uint64_t const id = members.number("id", highest_number);
    std::string const kind = members.text("request");
    auto body = take_body(kind, members);
    if (!body && !kind.empty())
        return bad_request{id, {ENOSYS, "there is no request \"" + kind + "\""}};
    if (auto const complete = members.finish(); complete.has_error())
        return bad_request{
            id, {EPROTO, (kind.empty() ? "request" : kind) + ": " + complete.error().message}};
    return request{id, std::move(*body)};
}

void throw_exception_from_error(bad_request const& failure, boost::source_location const& where) {
    throw_exception_from_error(failure.why, where);
}

}  // namespace app
