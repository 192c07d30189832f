// XCF frames from another process: whatever arrives is refused or understood, and what is
// understood is consistent.
#include "cf/xcf/frame.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace cf::xcf;
    auto bytes = std::as_bytes(std::span(data, size));
    auto what = decode(bytes);
    if (!what) return 0;
    // What was understood says the same again.
    auto same = [&](std::vector<std::byte> const& again) {
        if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) std::abort();
    };
    if (auto const* one = std::get_if<hello>(&*what)) same(encode(*one));
    if (auto const* one = std::get_if<control>(&*what)) same(encode(*one));
    if (auto const* one = std::get_if<notice>(&*what)) same(encode(*one));
    if (auto const* one = std::get_if<packet>(&*what)) {
        auto end = std::size_t{one->header.checksum_start} + one->header.checksum_offset + 2;
        if (one->header.checksum_partial && end > one->bytes.size()) std::abort();
        if (one->bytes.size() + packet_prefix_size != size) std::abort();
    }
    return 0;
}
