#include "cf/xcf/secure/network_address.hpp"

#include <array>
#include <charconv>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace cf::xcf {

namespace {

sockaddr_in& v4(sockaddr_storage& storage) {
    return reinterpret_cast<sockaddr_in&>(storage);
}
sockaddr_in const& v4(sockaddr_storage const& storage) {
    return reinterpret_cast<sockaddr_in const&>(storage);
}
sockaddr_in6& v6(sockaddr_storage& storage) {
    return reinterpret_cast<sockaddr_in6&>(storage);
}
sockaddr_in6 const& v6(sockaddr_storage const& storage) {
    return reinterpret_cast<sockaddr_in6 const&>(storage);
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    bool const whole = error == std::errc() && end == text.data() + text.size();
    return whole && port != 0 ? std::optional(port) : std::nullopt;
}

}  // namespace

std::optional<network_address> network_address::parse(std::string_view text) {
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto const port = parse_port(text.substr(colon + 1));
    auto host = text.substr(0, colon);
    bool const bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    network_address made;
    made.storage_.ss_family = bracketed ? AF_INET6 : AF_INET;
    void* const address = bracketed ? static_cast<void*>(&v6(made.storage_).sin6_addr)
                                    : static_cast<void*>(&v4(made.storage_).sin_addr);
    if (!port || ::inet_pton(made.storage_.ss_family, std::string(host).c_str(), address) != 1)
        return std::nullopt;
    return made.with_port(*port);
}

std::optional<network_address> network_address::local_of(int descriptor) {
    network_address made;
    socklen_t size = sizeof made.storage_;
    bool const known =
        ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&made.storage_), &size) == 0;
    return known && made.port() != 0 ? std::optional(made) : std::nullopt;
}

std::optional<network_address> network_address::peer_of(int descriptor) {
    network_address made;
    socklen_t size = sizeof made.storage_;
    bool const known =
        ::getpeername(descriptor, reinterpret_cast<sockaddr*>(&made.storage_), &size) == 0;
    return known && made.port() != 0 ? std::optional(made) : std::nullopt;
}

std::string network_address::to_string() const {
    std::array<char, INET6_ADDRSTRLEN> host{};
    void const* const address = is_v6() ? static_cast<void const*>(&v6(storage_).sin6_addr)
                                        : static_cast<void const*>(&v4(storage_).sin_addr);
    ::inet_ntop(storage_.ss_family, address, host.data(), host.size());
    std::string const text = host.data();
    return (is_v6() ? "[" + text + "]" : text) + ":" + std::to_string(port());
}

bool network_address::is_unspecified() const {
    return is_v6() ? IN6_IS_ADDR_UNSPECIFIED(&v6(storage_).sin6_addr) != 0
                   : v4(storage_).sin_addr.s_addr == INADDR_ANY;
}

std::uint16_t network_address::port() const {
    if (is_v6()) return ntohs(v6(storage_).sin6_port);
    return storage_.ss_family == AF_INET ? ntohs(v4(storage_).sin_port) : std::uint16_t{0};
}

network_address network_address::with_port(std::uint16_t port) const {
    network_address made = *this;
    (is_v6() ? v6(made.storage_).sin6_port : v4(made.storage_).sin_port) = htons(port);
    return made;
}

socklen_t network_address::size() const {
    return is_v6() ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
}

}  // namespace cf::xcf
