#include "parser/model/ip_address.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <arpa/inet.h>

namespace parser {

namespace {

std::optional<ip_address> parse_dotted(std::string_view text) {
    std::uint32_t value = 0;
    char const* at = text.data();
    char const* const end = at + text.size();
    for (int part = 0; part < 4; ++part) {
        std::uint32_t octet = 0;
        char const* const begin = at;
        for (; at != end && *at >= '0' && *at <= '9'; ++at) {
            octet = octet * 10 + static_cast<std::uint32_t>(*at - '0');
            if (octet > 255) return std::nullopt;
        }
        if (at == begin) return std::nullopt;
        value = value << 8 | octet;
        if (part == 3) break;
        if (at == end || *at != '.') return std::nullopt;
        ++at;
    }
    if (at != end) return std::nullopt;
    return ip_address::v4(value);
}

}  // namespace

ip_address ip_address::v4(std::uint32_t host_order) {
    ip_address result;
    result.bytes[10] = 0xff;
    result.bytes[11] = 0xff;
    for (unsigned i = 0; i < 4; ++i)
        result.bytes[12 + i] = static_cast<std::uint8_t>(host_order >> (24 - 8 * i));
    return result;
}

bool ip_address::is_v4() const {
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::memcmp(bytes.data(), mapped.data(), mapped.size()) == 0;
}

std::uint32_t ip_address::to_v4() const {
    std::uint32_t value = 0;
    for (unsigned i = 12; i < 16; ++i)
        value = value << 8 | bytes[i];
    return value;
}

bool ip_address::is_loopback() const {
    if (is_v4()) return bytes[12] == 127;
    return bytes[15] == 1 && std::all_of(bytes.begin(), bytes.end() - 1, [](auto b) { return !b; });
}

std::string ip_address::to_string() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_v4())
        inet_ntop(AF_INET, bytes.data() + 12, text.data(), text.size());
    else
        inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
    return text.data();
}

std::optional<ip_address> parse_ip_address(std::string_view text) {
    if (text.find(':') == std::string_view::npos) return parse_dotted(text);
    std::array<char, INET6_ADDRSTRLEN> copy{};
    if (text.size() >= copy.size()) return std::nullopt;
    std::copy(text.begin(), text.end(), copy.begin());
    ip_address result;
    if (inet_pton(AF_INET6, copy.data(), result.bytes.data()) != 1) return std::nullopt;
    return result;
}

bool ip_prefix::contains(ip_address const& candidate) const {
    return network.is_v4() == candidate.is_v4() && network_of(candidate, length).network == network;
}

std::string ip_prefix::to_string() const {
    return network.to_string() + '/' + std::to_string(length);
}

ip_prefix network_of(ip_address const& host, std::uint8_t length) {
    ip_prefix result{host, length};
    for (unsigned bit = 128 - host.bits() + length; bit < 128; ++bit) {
        auto const keep = static_cast<std::uint8_t>(~(0x80U >> (bit % 8)));
        result.network.bytes[bit / 8] &= keep;
    }
    return result;
}

std::optional<std::uint8_t> mask_length(ip_address const& mask) {
    if (!mask.is_v4()) return std::nullopt;
    std::uint32_t const bits = mask.to_v4();
    int const ones = std::countl_one(bits);
    if (ones < 32 && (bits << ones) != 0) return std::nullopt;
    return static_cast<std::uint8_t>(ones);
}

ip_address mask_of(std::uint8_t length) {
    return ip_address::v4(length == 0 ? 0 : ~std::uint32_t{0} << (32 - length));
}

}  // namespace parser
