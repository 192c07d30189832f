// Socket options as words of the command: TCP_NODELAY=1.
#pragma once

#include "app/error.hpp"
#include "app/message/socket_options.hpp"

#include <string>

namespace operators {

/// Takes one NAME=VALUE into `to`. EINVAL names the option, the value and what it may be.
app::result<void> take_option(app::socket_options& to, std::string const& word);
/// The names with their values, one a line.
std::string option_help();

}  // namespace operators
