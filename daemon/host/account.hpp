// Users and groups of this machine, as settings name them.
#pragma once

#include "daemon/host/failure.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <sys/types.h>

namespace tcpplexd {

static_assert(sizeof(uid_t) == sizeof(gid_t));

/// A user or a group: a number or a name.
using account = std::variant<uid_t, std::string>;

/// Nothing if `written` is a number that no user can have.
std::optional<account> to_account(std::string_view written);

/// From the user database. `what` names the one who is asked for, "operator", in the failure.
host_result<uid_t> uid_of(account const& user, std::string_view what);
host_result<gid_t> gid_of(account const& group, std::string_view what);

}  // namespace tcpplexd
