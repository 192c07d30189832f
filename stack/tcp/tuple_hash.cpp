#include "stack/tcp/tuple_hash.hpp"

#include "stack/core/byte_order.hpp"

#include <array>
#include <cstring>

namespace stack::tcp {

namespace {

constexpr std::size_t endpoint_bytes = 18;

void write(std::byte* to, endpoint const& where) {
    std::memcpy(to, where.host.bytes().data(), 16);
    store_be16(to + 16, where.port);
}

}  // namespace

std::uint64_t hash_of(siphash_key const& key, four_tuple const& tuple) {
    std::array<std::byte, 2 * endpoint_bytes> bytes;
    write(bytes.data(), tuple.local);
    write(bytes.data() + endpoint_bytes, tuple.remote);
    return siphash(key, bytes);
}

std::uint64_t hash_of(siphash_key const& key, endpoint const& where) {
    std::array<std::byte, endpoint_bytes> bytes;
    write(bytes.data(), where);
    return siphash(key, bytes);
}

}  // namespace stack::tcp
