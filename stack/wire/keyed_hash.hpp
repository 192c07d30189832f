// Hashing of connection names that strangers choose.
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/wire/endpoint.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace stack::wire {

/// Keyed, so that nobody can aim at one place of a table. For tables by four_tuple, endpoint or
/// address.
struct keyed_hash {
    siphash_key key;

    std::size_t operator()(endpoint const& name) const {
        std::array<std::byte, 18> text;
        put(text.data(), name);
        return siphash(key, text);
    }
    std::size_t operator()(four_tuple const& name) const {
        std::array<std::byte, 36> text;
        put(text.data(), name.local);
        put(text.data() + 18, name.remote);
        return siphash(key, text);
    }

  private:
    static void put(std::byte* to, endpoint const& name) {
        std::memcpy(to, name.host.bytes().data(), 16);
        std::memcpy(to + 16, &name.port, 2);
    }
};

}  // namespace stack::wire
