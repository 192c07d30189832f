// Arbitrary offload metadata with arbitrary packets: what is accepted can be cut and re-checked
// without harm.
#include "stack/tun/offload_check.hpp"

#include "stack/packet/segmentation.hpp"

#include <cstdlib>
#include <cstring>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace stack;
    tun::vnet_header header;
    if (size < sizeof header) return 0;
    std::memcpy(&header, data, sizeof header);
    auto const packet = std::as_bytes(std::span(data, size)).subspan(sizeof header);
    auto const meta = tun::check_offload(header, packet);
    if (!meta) return 0;
    if (!tun::is_sound(*meta, packet)) std::abort();
    fragments view;
    view.push_back(packet);
    segmenter cutter;
    std::size_t total = 0;
    bool const cut =
        cutter.split(view, *meta, [&](fragments const& piece) { total += piece.bytes(); });
    if (cut && total < packet.size()) std::abort();
    return 0;
}
