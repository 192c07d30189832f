// Who is at the other end of a control connection.
#pragma once

#include "app/error.hpp"
#include "daemon/host/resources.hpp"

#include <string>
#include <vector>

#include <sys/types.h>

namespace tcpplexd {

/// The credentials of a control connection's other end when it connected (SO_PEERCRED, unix(7)).
struct caller {
    pid_t process = 0;
    uid_t user = 0;
    gid_t group = 0;
    std::vector<gid_t> groups = {};  ///< its others (SO_PEERGROUPS)

    /// The user's name, or "uid 1234" of one that has none.
    std::string name() const;
    /// The user's name in upper case, at most 8 characters: the job name of those who give none.
    std::string job() const;
    /// May look at displays: root and the members of the group "tcpplex".
    bool may_look() const;
    /// May change the configuration: root and the operators that the host settings name.
    bool may_change(std::vector<uid_t> const& operators) const;
    /// Is one of the users, or in one of the groups. Root is no exception.
    bool may_use(resource_holders const& resource) const;
};

app::result<caller> caller_of(int connection);

}  // namespace tcpplexd
