// The configuration model in the stack's terms.
#pragma once

#include "cf/structure/settings.hpp"
#include "daemon/sysplex/definitions.hpp"
#include "daemon/sysplex/vipa_routes.hpp"
#include "parser/configuration.hpp"
#include "stack/shard/settings.hpp"

namespace tcpplexd {

stack::address to_stack(parser::ip_address const& from);
parser::ip_address to_parser(stack::address const& from);

/// Everything of `from` that concerns one stack alone; settings::self and settings::dvipas are left
/// empty: they depend on the group. Interface 0 is the loopback, the others follow in the order
/// defined, the dynamic XCF address (if configured) last.
stack::settings stack_settings(parser::configuration const& from);

mss_adjustment adjustment_of(parser::dvipa_mss from);

/// What `from` tells the other stacks.
member_definitions definitions(parser::configuration const& from);

/// What a stack with the configuration `of` asks the facility for.
cf::sharing_request sharing_request_of(parser::port_sharing const& wanted,
                                       parser::configuration const& of);

/// The same for the pool of EXPLICITBINDPORTRANGE: whatever its range is, of all ports.
/// `is_remote`: the facility is on other machines.
cf::sharing_request explicit_bind_request(bool is_remote);

}  // namespace tcpplexd
