#include "app/tcp_info.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace app {

namespace {

struct named_state {
    std::string_view name;
    std::uint8_t number;
};
constexpr std::array states{named_state{"ESTABLISHED", TCP_ESTABLISHED},
                            named_state{"SYN-SENT", TCP_SYN_SENT},
                            named_state{"SYN-RECEIVED", TCP_SYN_RECV},
                            named_state{"FIN-WAIT-1", TCP_FIN_WAIT1},
                            named_state{"FIN-WAIT-2", TCP_FIN_WAIT2},
                            named_state{"TIME-WAIT", TCP_TIME_WAIT},
                            named_state{"CLOSED", TCP_CLOSE},
                            named_state{"CLOSE-WAIT", TCP_CLOSE_WAIT},
                            named_state{"LAST-ACK", TCP_LAST_ACK},
                            named_state{"LISTEN", TCP_LISTEN},
                            named_state{"CLOSING", TCP_CLOSING}};

std::uint8_t state_number(std::string_view name) {
    for (auto const& each : states)
        if (each.name == name) return each.number;
    return TCP_CLOSE;
}

std::uint32_t number(std::uint64_t value) {
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

tcp_info to_tcp_info(info const& from) {
    std::uint64_t const mss = std::max<std::uint64_t>(from.mss, 1);
    auto const segments = [mss](std::uint64_t bytes) { return number((bytes + mss - 1) / mss); };
    tcp_info to{};
    to.tcpi_state = state_number(from.state);
    to.tcpi_retransmits = static_cast<std::uint8_t>(from.retransmits & 0xff);
    to.tcpi_probes = static_cast<std::uint8_t>(from.probes & 0xff);
    if (from.snd_wscale != 0 || from.rcv_wscale != 0) to.tcpi_options |= TCPI_OPT_WSCALE;
    to.tcpi_snd_wscale = from.snd_wscale & 0xf;
    to.tcpi_rcv_wscale = from.rcv_wscale & 0xf;
    to.tcpi_rto = number(from.rto);
    to.tcpi_snd_mss = number(from.mss);
    to.tcpi_unacked = segments(from.unacked);
    to.tcpi_last_data_sent = number(from.since_sent / 1000);
    to.tcpi_rtt = number(from.rtt);
    to.tcpi_snd_ssthresh = segments(from.ssthresh);
    to.tcpi_snd_cwnd = segments(from.cwnd);
    to.tcpi_rcv_space = number(from.rcvbuf);
    return to;
}

}  // namespace app
