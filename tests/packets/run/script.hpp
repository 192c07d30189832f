// A script as a list of steps.
#pragma once

#include "run/segment.hpp"
#include "stack/core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace packets {

/// When a step happens, or may be seen to happen.
struct moment {
    enum class base : std::uint8_t { begin, last_step, any };
    base from = base::any;
    stack::duration earliest{};
    stack::duration latest{};
};

struct arrival {
    packets::segment segment;
};
struct expectation {
    packets::segment segment;
};
/// An ICMP error about the segment `quoted`; without, about the last one sent.
struct icmp {
    std::string kind;  ///< "mtu", "port", "host", ...
    std::uint16_t mtu = 0;
    std::optional<std::uint32_t> quoted;
};
/// What the user does or a script asserts: "write 1000", "counter fast_retransmits 1".
struct call {
    std::vector<std::string> words;
};
/// "set mtu 1500"
struct setting {
    std::string name;
    std::uint64_t value = 0;
};

struct step {
    std::size_t line = 0;
    moment when;
    std::variant<arrival, expectation, icmp, call, setting> what;
};

/// The steps of `text`. Throws std::runtime_error, "file:line:column: ...", if it is no script.
std::vector<step> parse(std::string const& text, std::string const& file);

}  // namespace packets
