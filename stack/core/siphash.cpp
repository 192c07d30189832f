#include "stack/core/siphash.hpp"

#include <bit>

namespace stack {

namespace {

struct sip_state {
    std::uint64_t v0, v1, v2, v3;

    void round() {
        v0 += v1;
        v1 = std::rotl(v1, 13) ^ v0;
        v0 = std::rotl(v0, 32);
        v2 += v3;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 += v3;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 += v1;
        v1 = std::rotl(v1, 17) ^ v2;
        v2 = std::rotl(v2, 32);
    }
    void absorb(std::uint64_t word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }
    std::uint64_t finish() {
        v2 ^= 0xff;
        for (int i = 0; i < 4; ++i)
            round();
        return v0 ^ v1 ^ v2 ^ v3;
    }
};

/// At most eight bytes.
std::uint64_t load_little_endian(std::span<std::byte const> bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        word |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    return word;
}

/// Eight bytes; written out, so that compilers see one load.
std::uint64_t load_word(std::byte const* from) {
    auto const at = [from](int i) { return std::to_integer<std::uint64_t>(from[i]) << (8 * i); };
    return at(0) | at(1) | at(2) | at(3) | at(4) | at(5) | at(6) | at(7);
}

}  // namespace

std::uint64_t siphash(siphash_key const& key, std::span<std::byte const> message) {
    sip_state state{key.k0 ^ 0x736f6d6570736575, key.k1 ^ 0x646f72616e646f6d,
                    key.k0 ^ 0x6c7967656e657261, key.k1 ^ 0x7465646279746573};
    std::size_t const whole = message.size() / 8 * 8;
    for (std::size_t i = 0; i < whole; i += 8)
        state.absorb(load_word(message.data() + i));
    auto const length = static_cast<std::uint64_t>(message.size()) << 56;
    state.absorb(length | load_little_endian(message.subspan(whole)));
    return state.finish();
}

}  // namespace stack
