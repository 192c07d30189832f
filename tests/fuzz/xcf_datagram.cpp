// What an authenticated peer's datagrams may contain: fragments that are refused, or joined within
// the bounds of a message, and messages that are refused or understood.
//
// The input is a series of datagrams' contents, each after its length in two bytes.
#include "cf/xcf/byte_reader.hpp"
#include "cf/xcf/frame.hpp"
#include "cf/xcf/secure/joiner.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace cf::xcf;
    joiner join;
    auto rest = std::as_bytes(std::span(data, size));
    while (rest.size() >= 2) {
        auto const length = std::size_t{byte_reader(rest.first(2)).u16()};
        rest = rest.subspan(2);
        auto const contents = rest.first(std::min(length, rest.size()));
        rest = rest.subspan(contents.size());
        auto const part = decode_fragment(contents);
        if (!part) continue;
        if (part->offset() + part->bytes.size() > max_frame) std::abort();
        auto const prefix = encode_prefix(*part);
        if (!std::equal(prefix.begin(), prefix.end(), contents.begin())) std::abort();
        auto const whole = join.add(*part);
        if (!whole) continue;
        if (whole->size() > max_frame || whole->size() < part->bytes.size()) std::abort();
        if (auto const what = decode(*whole); what && std::holds_alternative<packet>(*what))
            if (std::get<packet>(*what).bytes.size() > max_packet) std::abort();
    }
    return 0;
}
