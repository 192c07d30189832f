// Turns a step's refusal into a sentence that names the port, the DVIPA and the stacks concerned.
#pragma once

#include "cf/dvipa.hpp"
#include "cf/failure.hpp"
#include "cf/group/lease.hpp"
#include "cf/group/member.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cf {

/// Bit per slot: who has a port as source port, and who serves it.
struct port_users {
    std::uint64_t held = 0;
    std::uint64_t served = 0;
};
port_users users_of(view& structures, std::uint16_t port);

/// The stacks in these slots, by name.
std::vector<std::string> names_of(std::uint64_t slots, std::vector<member> const& members);

failure refusal(error code, dvipa const& of);
/// What a stack may not take because of its own lease, which is not active.
failure refused_by_lease(dvipa const& of, lease_state why);
/// `in_use`, or what refusal(code, of) says.
failure refusal(error code, dvipa const& of, std::uint16_t port, port_users const& users,
                std::vector<member> const& members);

}  // namespace cf
