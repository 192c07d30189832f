#include "cf/backend/shared_memory/table.hpp"

#include <cstring>

namespace cf::shared_memory {

namespace {

std::size_t home_of(dvipa const& address) {
    std::uint64_t high = 0, low = 0;
    std::memcpy(&high, address.bytes.data(), 8);
    std::memcpy(&low, address.bytes.data() + 8, 8);
    auto mixed = (high ^ low * 0x9e3779b97f4a7c15U) * 0xff51afd7ed558ccdU;
    return (mixed >> 40U) % dvipa_count;
}

// The entry of the address, or the free one where it would be.
std::optional<std::size_t> probe(file_contents const& file, dvipa const& address) {
    auto home = home_of(address);
    for (std::size_t step = 0; step < dvipa_count; ++step) {
        auto index = (home + step) % dvipa_count;
        auto const& key = file.keys[index];
        if (key.published.load(std::memory_order_acquire) != 1) return index;
        if (key.bytes == address.bytes) return index;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::size_t> find(file_contents const& file, dvipa const& address) {
    auto index = probe(file, address);
    if (!index || file.keys[*index].published.load(std::memory_order_acquire) != 1)
        return std::nullopt;
    return index;
}

std::optional<std::size_t> place_for(file_contents const& file, dvipa const& address) {
    return probe(file, address);
}

void publish(file_contents& file, std::size_t index, dvipa const& address) {
    file.keys[index].bytes = address.bytes;
    file.keys[index].published.store(1, std::memory_order_release);
}

std::vector<dvipa> published(file_contents const& file) {
    std::vector<dvipa> all;
    for (auto const& key : file.keys)
        if (key.published.load(std::memory_order_acquire) == 1) all.push_back({key.bytes});
    return all;
}

}  // namespace cf::shared_memory
