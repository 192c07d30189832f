// What the shard knows about one socket, and about a question to the port source.
#pragma once

#include "stack/socket/event.hpp"
#include "stack/socket/port_source.hpp"
#include "stack/tcp/boundary.hpp"
#include "stack/tcp/option/options.hpp"
#include "stack/wire/bound_name.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace stack::socket {

struct socket_state {
    enum class phase : std::uint8_t {
        fresh,       ///< open, perhaps bound (local.port != 0)
        binding,     ///< the port source has been asked
        opening,     ///< connect(): the port source has been asked
        connecting,  ///< SYN-SENT
        connected,
        dead,     ///< the connection has failed; waits for close()
        serving,  ///< listen(): the port source has been asked
        listening
    };

    std::string job;
    std::uint64_t cookie = 0;
    phase at = phase::fresh;
    bound_name name;               ///< port 0: not bound
    bool assigned = false;         ///< the port was the stack's choice, here or in another shard
    bool accepted_by_any = false;  ///< by a listener of ::, so that it is a socket of IPv6
    endpoint remote;               ///< while opening
    tcp::connection_id connection;
    tcp::listener_id listener;
    std::unique_ptr<tcp::connection_options> options;  ///< for what is opened later; or the default
    std::uint16_t backlog = 0;
    std::uint16_t questions = 0;  ///< while serving: answers outstanding
    error_code refusal;           ///< while serving: the first bad answer

    bool bound() const { return name.local.port != 0; }
    tcp::connection_options wanted_options() const {
        return options == nullptr ? tcp::connection_options{} : *options;
    }
};

/// An answer that is outstanding: what it was wanted for.
struct port_request {
    enum class kind : std::uint8_t {
        bind_allocate,
        bind_claim,
        bind_serve,
        bind_pool,
        connect,
        listen,
        follow_up  ///< serving a DVIPA that came after the listener on any address
    };
    kind what = kind::connect;
    socket_id socket;
    endpoint local;   ///< port 0: any
    endpoint remote;  ///< kind::connect only
};

/// What the engine keeps with a connection: 24 bits of index and 8 of generation, so that a tag
/// outlived is recognised.
constexpr std::uint32_t tag_of(socket_id id) {
    return (id.index & 0xffffffU) | id.generation << 24;
}

/// The error of an answer other than granted.
inline error_code to_error(port_answer answer) {
    namespace errc = boost::system::errc;
    if (answer == port_answer::in_use) return errc::make_error_code(errc::address_in_use);
    return errc::make_error_code(errc::address_not_available);
}

}  // namespace stack::socket
