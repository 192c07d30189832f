// The other stacks of the sysplex, as a shard names them.
#pragma once

#include <compare>
#include <cstdint>

namespace stack {

/// One incarnation of one stack of the group. The slot is its place in the group (0..63), the
/// incarnation grows with each start.
struct member_id {
    std::uint16_t slot = 0xffff;
    std::uint32_t incarnation = 0;

    constexpr bool valid() const { return slot != 0xffff; }
    friend constexpr bool operator==(member_id const&, member_id const&) = default;
    friend constexpr auto operator<=>(member_id const&, member_id const&) = default;
};

}  // namespace stack
