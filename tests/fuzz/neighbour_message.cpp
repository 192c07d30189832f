// Fuzzes what anybody on a LAN can send: ARP messages and IPv6 packets with solicitations.
#include "daemon/device/neighbour_message.hpp"

#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace tcpplexd;
    constexpr ethernet_address ours{0x02, 0, 0, 0, 0, 0x01};
    auto const bytes = std::as_bytes(std::span(data, size));
    // An answer is never a question.
    if (auto const asked = read_arp_request(bytes))
        if (!asked->target.is_v4() || read_arp_request(arp_reply(*asked, ours))) std::abort();
    if (auto const asked = read_solicitation(bytes))
        if (asked->target.is_multicast() || read_solicitation(advertisement_for(*asked, ours)))
            std::abort();
    return 0;
}
