// Who may use what the profile puts under a SAF resource.
#pragma once

#include "daemon/host/account.hpp"

#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tcpplexd {

/// As the host settings name them.
struct resource_users {
    std::vector<account> users;
    std::vector<account> groups;
};

/// As this machine knows them.
struct resource_holders {
    std::vector<uid_t> users;
    std::vector<gid_t> groups;
};

using named_resources = std::map<std::string, resource_users>;  ///< by name, upper case
using resources = std::map<std::string, resource_holders>;

/// Looks all names up. An unknown one is a failure that names it.
host_result<resources> look_up(named_resources const& named);

}  // namespace tcpplexd
