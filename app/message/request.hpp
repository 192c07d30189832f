// What an application or an operator can ask of a stack, and its JSON form.
#pragma once

#include "app/error.hpp"
#include "app/message/endpoint.hpp"
#include "app/message/socket_options.hpp"
#include "app/message/sysplex_request.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace app {

/// Opens a connection. The reply (connected) brings its descriptor.
struct connect_request {
    std::string job;  ///< the job name the stack's rules and displays see; empty: the stack chooses
    endpoint remote;
    endpoint local = {};                  ///< bound first, if it has an address or a port
    std::optional<std::uint64_t> socket;  ///< instead of `local`: a socket of bind_request
    socket_options options = {};          ///< added to those of `socket`
};

/// Reserves a name; the reply is `bound`. It lives as long as the control connection.
struct bind_request {
    std::string job;
    endpoint local;
    socket_options options = {};
    bool v6only = false;  ///< IPV6_V6ONLY, with "::" alone: any address of IPv6, not of both
};

/// Accepts connections to a name; the reply is `listening`. It lives as long as the control
/// connection.
struct listen_request {
    std::string job;
    endpoint local;
    std::uint32_t backlog = 128;
    socket_options options = {};  ///< of each connection it accepts
    bool v6only = false;          ///< as above
};

/// Waits for a connection; the reply (connected) brings its descriptor.
struct accept_request {
    std::uint64_t listener = 0;
};

/// Opens a UDP socket. The reply (datagram_socket) brings its descriptor, which is the socket: it
/// outlives the control connection, and ends when it is closed.
struct datagram_request {
    std::string job;
    /// No address: any of both families, or of that of `remote`; port 0: one of UDPCONFIG's
    /// EPHEMERALPORTS.
    endpoint local = {};
    endpoint remote = {};  ///< connected to; without a port: to nobody
    bool reuse = false;    ///< may share a port with others that may (SO_REUSEADDR)
    bool v6only = false;   ///< as above
};

/// Gives up a listener or a bound socket, exactly one of them; the reply is `closed`.
struct close_request {
    std::optional<std::uint64_t> listener;
    std::optional<std::uint64_t> socket;
};

/// Changes the options named, of exactly one of these of this control connection; none named asks
/// what they are. The reply is `options`.
struct options_request {
    std::optional<std::uint64_t> connection;
    std::optional<std::uint64_t> listener;
    std::optional<std::uint64_t> socket;
    socket_options options = {};
};

/// Asks how a connection is doing; the reply is `info`.
struct info_request {
    std::uint64_t connection = 0;
};

/// Asks for a display; the reply is `displayed`.
struct display_request {
    std::string report;  ///< "conn", "cf-ports", ...
    std::optional<std::uint16_t> port = {};
    std::string address = {};  ///< empty: all
    std::string client = {};   ///< job name, may hold * and ?; empty: all
    std::optional<std::uint64_t> max = {};
    endpoint foreign = {};      ///< of "explain": the other end, `address` and `port` being the one
    std::string protocol = {};  ///< of "stats": "IP", "ICMP", "TCP" or "UDP"; empty: all
    std::optional<std::uint64_t> number = {};  ///< of "config": one that is kept; none: the running
};

/// What is to be done with the text of an OBEYFILE.
enum class obey_purpose : std::uint8_t {
    carry_out,
    plan,         ///< say what would change, and what that breaks
    syntax_check  ///< say what is wrong with it, whatever the stack's configuration is
};

/// Changes the configuration; the reply is `obeyed`. The caller read the files with its own rights.
struct obeyfile_request {
    struct file {
        std::string name;  ///< as the command or the INCLUDE statement spells it after folding
        std::string text;
    };
    std::vector<file> files;  ///< the OBEYFILE first, then each file it includes
    std::string command;      ///< for the echo, "VARY TCPIP,,OBEYFILE,change.obey"
    obey_purpose purpose = obey_purpose::carry_out;
    bool as_zos = false;  ///< faulty statements are skipped; false: all or nothing
    std::optional<std::uint32_t> confirm_seconds = {};  ///< taken back if not confirmed by then
};

constexpr std::uint32_t longest_confirm_seconds = 24 * 60 * 60;

/// Goes back to an earlier configuration; the reply is `obeyed`.
struct rollback_request {
    std::uint64_t steps = 1;  ///< how many configurations back, from the running one
    bool plan = false;        ///< only say what would change
    std::string command = {};
};

/// Keeps a change that would be taken back else; the reply is `obeyed`.
struct confirm_request {
    std::string command;
};

/// Asks who is there; the reply is `alive`.
struct ping_request {};

using request_body =
    std::variant<connect_request, bind_request, listen_request, accept_request, datagram_request,
                 close_request, options_request, info_request, display_request, obeyfile_request,
                 rollback_request, confirm_request, sysplex_request, ping_request>;

struct request {
    std::uint64_t id = 0;  ///< returned by the reply; at most 2^53
    request_body body;
};

/// A request that cannot be taken, with the id to answer to (0 if it has none).
struct bad_request {
    std::uint64_t id = 0;
    error why;
};

std::string to_json(request const& asked);
/// Strict: an unknown, missing or wrongly typed member is an EPROTO that names it; an unknown
/// request is ENOSYS.
boost::system::result<request, bad_request> parse_request(std::string_view text);
[[noreturn]] void throw_exception_from_error(bad_request const& failure,
                                             boost::source_location const& where);

}  // namespace app
