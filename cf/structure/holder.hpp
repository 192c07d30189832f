// Who uses a port of a DVIPA, as the first structure says beside each taken port.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cf {

/// Stacks of one group.
inline constexpr std::size_t slot_count = 64;

/// The byte beside a taken port: the slot of its only holder, or one of these. Values are stored.
using holder_code = std::uint8_t;
inline constexpr holder_code held_by_several = 0xfe;  ///< more than one use (after adoption)
inline constexpr holder_code held_as_service = 0xfd;  ///< a service port, on any number of stacks

/// The answer to "who holds this port?".
struct port_holder {
    enum class kind : std::uint8_t {
        nobody,   ///< the port is free, or the DVIPA is not known to the facility
        one,      ///< exactly one stack uses it as a source port
        several,  ///< more than one use, left from the time before sharing was switched on
        service   ///< a service port: connections *to* it are distributed
    };
    kind what = kind::nobody;
    std::uint16_t slot = 0;         ///< valid if `one`
    std::uint32_t incarnation = 0;  ///< valid if `one`

    friend constexpr bool operator==(port_holder const&, port_holder const&) = default;
};

}  // namespace cf
