// Fuzz target: any bytes as the header of a datagram: they are refused, or they mean what was read.
#include "app/datagram.hpp"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const packet = std::as_bytes(std::span(data, size));
    auto const header = app::parse_datagram_header(packet);
    if (!header) return 0;
    auto const again = app::to_bytes(*header);
    if (!std::equal(again.begin(), again.end(), packet.begin())) std::abort();
    auto const shown = app::peer_of(*header).address;
    auto const address = app::parse_address(shown);
    if (address.has_error() || *address != header->peer) std::abort();
    return 0;
}
