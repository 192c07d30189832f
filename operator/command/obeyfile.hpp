// tcpplex vary obeyfile: changing a running stack's configuration.
#pragma once

#include "app/message/request.hpp"
#include "operator/context.hpp"

#include <string>

namespace operators {

/// Reads `file` and what it INCLUDEs with the caller's rights, and converts what is in EBCDIC or
/// UTF-16. `system` resolves &SYSNAME. in names of included files. An error names the file that
/// cannot be read.
app::result<app::obeyfile_request> collect_files(std::string const& file,
                                                 std::string const& system);

/// Has the stack carry out the file and prints its messages; the exit status. `echo` is the command
/// as typed, or empty.
int run_obeyfile(context const& with, std::string const& file, std::string const& echo);

}  // namespace operators
