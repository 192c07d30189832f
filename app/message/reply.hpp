// What a stack answers, and its JSON form.
#pragma once

#include "app/error.hpp"
#include "app/message/endpoint.hpp"
#include "app/message/request.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace app {

/// To connect and accept; the connection's descriptor rides on the frame.
struct connected {
    endpoint local;
    endpoint remote;
};

struct bound {
    std::uint64_t socket = 0;
    endpoint local;
};

struct listening {
    std::uint64_t listener = 0;
    endpoint local;
};

struct closed {};

/// `document` is one JSON object with `schema`, `stack`, `system`, `time` and the report's own
/// members.
struct displayed {
    boost::json::object document;
};

struct obeyed {
    std::vector<std::string> messages;  ///< in z/OS form, in order
};

struct alive {
    std::string stack;
    std::string system;
    std::uint64_t pid = 0;
    std::string version;
};

/// Any request may fail. `messages` is used by OBEYFILE: its messages and the diagnostics.
struct failed {
    error why;
    std::vector<std::string> messages = {};
};

using reply_body =
    std::variant<connected, bound, listening, closed, displayed, obeyed, alive, failed>;

struct reply {
    std::uint64_t id = 0;
    reply_body body;
};

std::string to_json(reply const& answer);

/// A reply's id and members, not yet interpreted: which they must be depends on the request.
struct raw_reply {
    std::uint64_t id = 0;
    boost::json::object members;
};
result<raw_reply> parse_reply(std::string_view text);
/// Strict, as parse_request is.
result<reply_body> interpret(raw_reply raw, request_body const& asked);

}  // namespace app
