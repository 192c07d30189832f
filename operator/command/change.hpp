// Asking a stack for a change, and telling how it went.
#pragma once

#include "app/message/request.hpp"
#include "operator/context.hpp"

#include <string>

namespace operators {

/// Asks `stack` for a change that `what` names in messages, and prints the messages of its reply.
/// The exit status: the reply's return code if it has one, else exit_good or exit_failed.
int change(context const& with, app::client& stack, app::request_body asked,
           std::string const& what);

}  // namespace operators
