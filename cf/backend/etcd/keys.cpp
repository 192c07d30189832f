#include "cf/backend/etcd/keys.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include <arpa/inet.h>

namespace cf::etcd {

namespace {

std::string number(char const* form, unsigned long long value) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), form, value);
    return text.data();
}

// Words are named by their first port, so that a listing can be read and is in the order of ports.
std::string port_of_word(std::size_t word) {
    return number("%05llu", word * 64);
}

}  // namespace

std::string key_names::first(cf::dvipa const& of, std::size_t word) const {
    return prefix_ + "f/" + of.to_string() + "/" + port_of_word(word);
}

std::string key_names::entry(cf::dvipa const& of, table_entry const& which) const {
    auto const to = which.to_anyone() ? std::string("*")
                                      : cf::dvipa{which.to.host}.to_string() + ".." +
                                            std::to_string(which.to.port);
    return prefix_ + "h/" + of.to_string() + "/" + number("%05llu", which.port) + "/" + to;
}

std::string key_names::links(cf::dvipa const& of, std::size_t word) const {
    return prefix_ + "k/" + of.to_string() + "/" + port_of_word(word);
}

std::string key_names::lock(cf::dvipa const& of, std::string const& stack) const {
    return prefix_ + "l/" + of.to_string() + "/" + stack;
}

std::string key_names::second(cf::dvipa const& of, std::uint16_t slot, std::size_t word) const {
    return prefix_ + "s/" + of.to_string() + "/" + number("%02llu", slot) + "/" +
           port_of_word(word);
}

std::string key_names::sequence(lease_id lease) const {
    return prefix_ + "w/" + number("%016llx", static_cast<unsigned long long>(lease));
}

key_range key_names::seconds(cf::dvipa const& of, std::uint16_t slot) const {
    return under("s/" + of.to_string() + "/" + number("%02llu", slot) + "/");
}

// '0' follows '/'.
key_range key_names::under(std::string const& path) const {
    auto first = prefix_ + path;
    auto end = first;
    end.back() = '0';
    return {std::move(first), std::move(end)};
}

char key_names::kind_of(std::string_view key) const {
    if (!key.starts_with(prefix_) || key.size() == prefix_.size()) return 0;
    auto rest = key.substr(prefix_.size());
    return rest.size() == 1 || rest[1] == '/' ? rest[0] : '\0';
}

std::string_view key_names::name_in(std::string_view key) const {
    return key.substr(std::min(key.size(), prefix_.size() + 2));
}

namespace {

std::optional<std::uint16_t> port_named(std::string_view text) {
    std::uint16_t port = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return port;
}

}  // namespace

std::optional<table_entry> entry_named(std::string_view name) {
    auto const slash = name.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto const port = port_named(name.substr(0, slash));
    auto const to = name.substr(slash + 1);
    if (!port) return std::nullopt;
    if (to == "*") return table_entry{*port, {}};
    auto const dots = to.rfind("..");
    if (dots == std::string_view::npos) return std::nullopt;
    auto const host = dvipa_named(to.substr(0, dots));
    auto const there = port_named(to.substr(dots + 2));
    if (!host || !there) return std::nullopt;
    return table_entry{*port, {host->bytes, *there}};
}

std::optional<dvipa> dvipa_named(std::string_view name) {
    std::string text(name);
    in_addr v4{};
    if (::inet_pton(AF_INET, text.c_str(), &v4) == 1) return dvipa::v4(ntohl(v4.s_addr));
    dvipa v6;
    if (::inet_pton(AF_INET6, text.c_str(), v6.bytes.data()) == 1) return v6;
    return std::nullopt;
}

}  // namespace cf::etcd
