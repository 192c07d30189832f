// Keyed hashes of the names of connections and listeners.
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstdint>

namespace stack::tcp {

std::uint64_t hash_of(siphash_key const& key, four_tuple const& tuple);
std::uint64_t hash_of(siphash_key const& key, endpoint const& where);

}  // namespace stack::tcp
