// What can be wrong with a packet so that its sender should know, in words of both ICMPs.
#pragma once

#include <cstdint>

namespace stack::ip {

struct problem {
    enum class kind : std::uint8_t {
        no_route,         ///< destination unreachable: no way there
        port,             ///< destination unreachable: nobody has the port
        protocol,         ///< destination unreachable; of IPv6: parameter problem, code 1
        too_big,          ///< fragmentation needed; packet too big
        hops,             ///< time exceeded in transit
        reassembly,       ///< time exceeded while other fragments were awaited
        field,            ///< parameter problem: an erroneous field (IPv6 only)
        option,           ///< parameter problem: an unknown option (IPv6 only)
        incomplete_chain  ///< parameter problem: headers beyond the first fragment (IPv6 only)
    };
    kind what = kind::no_route;
    /// too_big: the MTU that would do. Parameter problems: the offset of the octet in question.
    std::uint32_t value = 0;
};

}  // namespace stack::ip
