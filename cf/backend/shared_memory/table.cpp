#include "cf/backend/shared_memory/table.hpp"

namespace cf::shared_memory {

void publish(file_contents& file, std::size_t index, dvipa const& address) {
    auto [high, low] = std::bit_cast<std::array<std::uint64_t, 2>>(address.bytes);
    auto& key = file.keys[index];
    key.high.store(high);
    key.low.store(low);
    key.published.store(1, std::memory_order_release);
}

std::vector<dvipa> published(file_contents const& file) {
    std::vector<dvipa> all;
    for (auto const& key : file.keys) {
        if (key.published.load(std::memory_order_acquire) != 1) continue;
        std::array<std::uint64_t, 2> words{key.high.load(), key.low.load()};
        all.push_back({std::bit_cast<std::array<std::uint8_t, 16>>(words)});
    }
    return all;
}

}  // namespace cf::shared_memory
