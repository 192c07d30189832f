#include "cf/xcf/secure/fragment.hpp"

#include "cf/xcf/byte_reader.hpp"

namespace cf::xcf {

namespace {

bool is_consistent(fragment const& what) {
    if (what.index >= what.count || what.bytes.empty()) return false;
    if (what.count > 1 && what.stride < smallest_stride) return false;
    if (what.offset() + what.bytes.size() > max_frame) return false;
    return what.is_last() ? what.bytes.size() <= what.stride : what.bytes.size() == what.stride;
}

}  // namespace

std::optional<fragment> decode_fragment(std::span<std::byte const> bytes) {
    byte_reader in(bytes);
    fragment what;
    what.message = in.u32();
    what.index = in.u16();
    what.count = in.u16();
    what.stride = in.u16();
    what.bytes = in.rest();
    if (!in.complete() || what.count > most_fragments || !is_consistent(what)) return std::nullopt;
    return what;
}

std::array<std::byte, fragment_prefix> encode_prefix(fragment const& what) {
    std::array<std::byte, fragment_prefix> prefix{};
    auto* at = prefix.data();
    auto const put = [&](std::uint32_t number, int bytes) {
        while (bytes-- > 0)
            *at++ = static_cast<std::byte>(number >> 8U * static_cast<unsigned>(bytes));
    };
    put(what.message, 4);
    put(what.index, 2);
    put(what.count, 2);
    put(what.stride, 2);
    return prefix;
}

}  // namespace cf::xcf
