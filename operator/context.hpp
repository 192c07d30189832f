// What every command of tcpplex works with: the stack it is for, and where its input and output
// are.
#pragma once

#include "app/client.hpp"
#include "app/error.hpp"
#include "app/locate.hpp"

#include <string>
#include <string_view>

namespace operators {

/// Exit statuses of the command.
inline constexpr int exit_good = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;

struct context {
    std::string stack = {};  ///< a name, a socket's path, or empty for the only stack
    bool json = false;
    int input = 0;  ///< the descriptors are not owned
    int output = 1;
    int error_output = 2;
    std::string directory = app::socket_directory;  ///< of control sockets
};

/// Writes all of `text`; false if the reader has gone.
bool write_text(int fd, std::string_view text);
/// One line on the error output, "tcpplex: ..."; returns exit_failed.
int fail(context const& with, std::string const& text);
/// Opens the control socket of the stack.
app::result<app::client> open_stack(context const& with);

}  // namespace operators
