// DVIPAs that a stack has no part in any more, and whose connections live on there.
#pragma once

#include "daemon/sysplex/roles.hpp"

#include <functional>
#include <vector>

namespace tcpplexd {

/// Of those in `before`, the stack's settings until now, which are not in `now`, what roles()
/// gives: those that it `uses`, and that another stack owns or can come to own. Not one that this
/// stack owned and was told to delete. The stack is the first of `members`.
std::vector<stack::dvipa_settings> still_moving(
    std::vector<stack::dvipa_settings> const& before, std::vector<stack::dvipa_settings> const& now,
    std::vector<group_member> const& members,
    std::function<bool(stack::address const&)> const& uses);

}  // namespace tcpplexd
