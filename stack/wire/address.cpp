#include "stack/wire/address.hpp"

#include "stack/wire/endpoint.hpp"

#include <algorithm>
#include <bit>

#include <arpa/inet.h>

namespace stack {

std::optional<address> address::parse(std::string_view text) {
    std::array<char, INET6_ADDRSTRLEN> copy{};
    if (text.empty() || text.size() >= copy.size()) return std::nullopt;
    std::copy(text.begin(), text.end(), copy.begin());
    in_addr four{};
    if (inet_pton(AF_INET, copy.data(), &four) == 1) return v4(ntohl(four.s_addr));
    bytes_type six{};
    if (inet_pton(AF_INET6, copy.data(), six.data()) == 1) return address(six);
    return std::nullopt;
}

std::string address::to_string() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_v4())
        inet_ntop(AF_INET, bytes_.data() + 12, text.data(), text.size());
    else
        inet_ntop(AF_INET6, bytes_.data(), text.data(), text.size());
    return text.data();
}

address address::masked(std::uint8_t length) const {
    unsigned const bits = 128 - this->bits() + length;
    constexpr std::uint64_t ones = ~std::uint64_t{0};
    std::uint64_t const kept_high = bits >= 64 ? ones : ~(ones >> bits);
    std::uint64_t const kept_low = bits <= 64 ? 0 : bits == 128 ? ones : ~(ones >> (bits - 64));
    return {high() & kept_high, low() & kept_low};
}

bool prefix::contains(address const& candidate) const {
    return network.is_v4() == candidate.is_v4() &&
           candidate.masked(length) == network.masked(length);
}

std::string prefix::to_string() const {
    return network.to_string() + '/' + std::to_string(length);
}

std::optional<std::uint8_t> mask_length(address const& mask) {
    if (!mask.is_v4()) return std::nullopt;
    std::uint32_t const bits = mask.to_v4();
    int const ones = std::countl_one(bits);
    if (ones < 32 && (bits << ones) != 0) return std::nullopt;
    return static_cast<std::uint8_t>(ones);
}

std::string endpoint::to_string() const {
    return host.to_string() + ".." + std::to_string(port);
}

}  // namespace stack
