#include "stack/tcp/segment.hpp"

#include "stack/wire/ecn.hpp"

namespace stack::tcp {

std::optional<arrived> read_segment(incoming_segment const& incoming) {
    auto const parsed = wire::parse_tcp(incoming.bytes);
    if (!parsed) return std::nullopt;
    wire::tcp_header const& header = parsed->header;
    // No length or offset arithmetic below can overflow: a packet is at most 64 KiB.
    if (parsed->payload.size() > 0xffff) return std::nullopt;
    return arrived{
        {{incoming.destination, header.destination_port}, {incoming.source, header.source_port}},
        {seq(header.sequence), seq(header.acknowledgment), header.window, header.flags,
         incoming.gso_size, incoming.ecn == wire::ecn_congested, parsed->payload, header.options}};
}

}  // namespace stack::tcp
