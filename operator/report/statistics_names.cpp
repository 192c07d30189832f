// What z/OS calls the counters that it has too.
#include "operator/report/statistics_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace operators {

namespace {

using pair = std::pair<std::string_view, std::string_view>;

constexpr std::array zos_names{
    pair{"ip.packets_in", "Packets Received"},
    pair{"drop.martian_destination", "Received Address Errors"},
    pair{"ip.packets_routed", "Datagrams Forwarded"},
    pair{"drop.protocol_unreachable", "Unknown Protocols Received"},
    pair{"ip.packets_out", "Output Requests"},
    pair{"drop.no_route", "Output Discards No Route"},
    pair{"drop.reassembly_timeout", "Reassembly Timeouts"},
    pair{"ip.fragments_in", "Reassembly Required"},
    pair{"ip.reassembled", "Reassembly Successful"},
    pair{"ip.fragments_out", "Fragments Created"},
    pair{"tcp.current_established", "Current Established Connections"},
    pair{"tcp.active_opens", "Active Connections Opened"},
    pair{"tcp.passive_opens", "Passive Connections Opened"},
    pair{"tcp.time_wait_reused", "Timewait Connections Reused"},
    pair{"tcp.segments_in", "Segments Received"},
    pair{"drop.bad_tcp_checksum", "Discards for Bad Checksum"},
    pair{"tcp.drop_malformed", "Discards for Bad Header Length"},
    pair{"tcp.drop_old_timestamp", "Discards for Old Timestamp"},
    pair{"tcp.segments_out_of_order", "Segments Out of Order"},
    pair{"tcp.drop_after_close", "Segments Received After Close"},
    pair{"tcp.segments_out", "Segments Sent"},
    pair{"tcp.resets_out", "Resets Sent"},
    pair{"tcp.segments_retransmitted", "Segments Retransmitted"},
    pair{"tcp.retransmission_timeouts", "Retransmit Timeouts"},
    pair{"tcp.window_probes", "Window Probes Sent"},
    pair{"tcp.keepalives", "KeepAlive Probes Sent"},
    pair{"udp.datagrams_in", "Datagrams Received"},
    pair{"drop.port_unreachable", "No Port Errors"},
    pair{"udp.datagrams_out", "Datagrams Sent"},
};

/// Words that do not begin with one capital letter.
constexpr std::array spellings{
    pair{"icmp", "ICMP"}, pair{"udp", "UDP"},
    pair{"ttl", "TTL"},   pair{"ecn", "ECN"},
    pair{"syn", "SYN"},   pair{"ack", "ACK"},
    pair{"acks", "ACKs"}, pair{"tcpstacksourcevipa", "TCPSTACKSOURCEVIPA"},
};

std::string_view found(auto const& table, std::string_view word) {
    auto const at = std::ranges::find(table, word, &pair::first);
    return at == table.end() ? std::string_view() : at->second;
}

std::string spelt(std::string_view word) {
    if (auto const special = found(spellings, word); !special.empty()) return std::string(special);
    std::string result(word);
    if (!result.empty())
        result.front() =
            static_cast<char>(std::toupper(static_cast<unsigned char>(result.front())));
    return result;
}

/// Without what the block says anyway: its protocol, or that this is a reason.
std::string_view without_prefix(std::string_view name) {
    for (std::string_view const prefix :
         {"tcp.drop_", "drop.", "ip.", "icmp.", "tcp.", "udp.", "dvipa."})
        if (name.starts_with(prefix)) return name.substr(prefix.size());
    return name;
}

}  // namespace

std::size_t zos_place(std::string_view name) {
    auto const at = std::ranges::find(zos_names, name, &pair::first);
    return static_cast<std::size_t>(at - zos_names.begin());
}

std::string_view zos_counter(std::string_view name) {
    return found(zos_names, name);
}

bool counts_drops(std::string_view name) {
    return name.starts_with("drop.") || name.starts_with("tcp.drop_");
}

std::string own_counter(std::string_view name) {
    std::string text;
    for (std::string_view rest = without_prefix(name); !rest.empty();) {
        auto const end = std::min(rest.find_first_of("._"), rest.size());
        text += (text.empty() ? "" : " ") + spelt(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return text;
}

}  // namespace operators
