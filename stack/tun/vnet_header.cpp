#include "stack/tun/vnet_header.hpp"

namespace stack::tun {

vnet_header to_vnet_header(offload const& meta, std::uint16_t headers) {
    vnet_header out;
    if (!meta.checksum_partial) return out;
    out.flags = vnet_header::needs_checksum;
    out.checksum_start = meta.checksum_start;
    out.checksum_offset = meta.checksum_offset;
    if (meta.kind == offload::segmentation::none) return out;
    out.gso_type =
        meta.kind == offload::segmentation::tcp4 ? vnet_header::gso_tcp4 : vnet_header::gso_tcp6;
    out.gso_size = meta.gso_size;
    out.header_length = headers;
    return out;
}

}  // namespace stack::tun
