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
    std::uint64_t connection = 0;  ///< its name in options_request and info_request
};

/// To datagram; the descriptor that rides on the frame carries packets as app/datagram.hpp says.
struct datagram_socket {
    endpoint local;
    endpoint remote;  ///< empty: connected to nobody
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

/// All of them, each with its value: 0 is the stack's choice.
struct options {
    socket_options now;
};

/// How a connection is doing; see app/tcp_info.hpp for the form that Linux gives it.
struct info {
    std::string state;  ///< "ESTABLISHED", ...
    std::uint64_t snd_wscale = 0;
    std::uint64_t rcv_wscale = 0;
    std::uint64_t retransmits = 0;  ///< of what is now unanswered
    std::uint64_t probes = 0;       ///< keep-alives without an answer
    std::uint64_t mss = 0;
    std::uint64_t rto = 0;  ///< microseconds, as the next two
    std::uint64_t rtt = 0;  ///< smoothed; 0: not measured
    std::uint64_t since_sent = 0;
    std::uint64_t unread = 0;   ///< bytes, as all that follow: in the stack, SIOCINQ
    std::uint64_t unsent = 0;   ///< queued in the stack and never sent
    std::uint64_t unacked = 0;  ///< in flight; with `unsent` SIOCOUTQ
    std::uint64_t cwnd = 0;
    std::uint64_t ssthresh = 0;
    std::uint64_t snd_wnd = 0;
    std::uint64_t rcv_wnd = 0;
    std::uint64_t sndbuf = 0;
    std::uint64_t rcvbuf = 0;
};

/// `document` is one JSON object with `schema`, `stack`, `system`, `time` and the report's own
/// members.
struct displayed {
    boost::json::object document;
};

struct obeyed {
    std::vector<std::string> messages;  ///< in z/OS form, in order
    /// What was asked to be planned: changes, effects, and the connections that would end.
    boost::json::object plan = {};
    std::optional<std::uint8_t> return_code = {};  ///< of MODDVIPA's actions, at most 12
};

struct alive {
    std::string stack;
    std::string system;
    std::uint64_t pid = 0;
    std::string version;
};

/// Any request may fail. `messages` is used by commands: their messages and the diagnostics.
struct failed {
    error why;
    std::vector<std::string> messages = {};
    std::optional<std::uint8_t> return_code = {};  ///< as in `obeyed`
};

using reply_body = std::variant<connected, datagram_socket, bound, listening, closed, options, info,
                                displayed, obeyed, alive, failed>;

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
