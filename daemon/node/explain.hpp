// Why a socket could not have what it asked for, in a sentence.
#pragma once

#include "cf/connector.hpp"
#include "daemon/sysplex/roles.hpp"
#include "stack/shard/settings.hpp"
#include "stack/socket/event.hpp"

#include <string>
#include <vector>

namespace tcpplexd {

/// Names the address, who holds the port where the facility knows, and what to do. `local` is what
/// was asked for, `remote` is unspecified for a bind.
std::string explain(stack::endpoint const& local, stack::endpoint const& remote,
                    stack::error_code why, stack::settings const& settings, cf::connector& facility,
                    std::vector<group_member> const& members);

}  // namespace tcpplexd
