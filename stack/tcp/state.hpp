// The states of a TCP connection.
#pragma once

#include <cstdint>
#include <string_view>

namespace stack::tcp {

/// RFC 9293 3.3.2.
enum class state : std::uint8_t {
    closed,
    listen,
    syn_sent,
    syn_received,
    established,
    fin_wait_1,
    fin_wait_2,
    close_wait,
    closing,
    last_ack,
    time_wait,
};

/// The RFC's name, "SYN-SENT".
std::string_view to_string(state value);

}  // namespace stack::tcp
