// Why packets are dropped: one table of outcomes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stack::ip {

/// `none` is the verdict "go on".
enum class drop_reason : std::uint8_t {
    none,
#define DROP(name, protocol, text) name,
#include "stack/ip/drop_reason.def"
#undef DROP
    count
};

/// "drop.no_route".
std::string_view counter_name(drop_reason reason);
/// "IP", "ICMP", "TCP", "UDP" or "DVIPA".
std::string_view protocol_of(drop_reason reason);
/// "no route".
std::string_view to_string(drop_reason reason);

}  // namespace stack::ip
