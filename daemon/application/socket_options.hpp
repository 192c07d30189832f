// Socket options and reports between the words of applications and those of the stack.
#pragma once

#include "app/message/reply.hpp"
#include "app/message/socket_options.hpp"
#include "stack/tcp/option/options.hpp"
#include "stack/tcp/option/report.hpp"

namespace tcpplexd {

/// What an application may name that does not exist: an algorithm. Empty if all is well.
std::string unknown_name(app::socket_options const& wanted);
/// `before` with what `wanted` names.
stack::tcp::connection_options changed(stack::tcp::connection_options before,
                                       app::socket_options const& wanted);
app::options describe(stack::tcp::connection_options const& from);
app::info describe(stack::tcp::connection_report const& from);

}  // namespace tcpplexd
