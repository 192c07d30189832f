// tcpplex vary obeyfile, rollback, confirm and syntaxcheck: changing a running stack's
// configuration.
#pragma once

#include "app/message/request.hpp"
#include "operator/context.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace operators {

/// Reads `file` and what it INCLUDEs with the caller's rights, and converts what is in EBCDIC or
/// UTF-16. `system` resolves &SYSNAME. in names of included files. An error names the file that
/// cannot be read.
app::result<app::obeyfile_request> collect_files(std::string const& file,
                                                 std::string const& system);

struct obeyfile_options {
    std::string file;
    app::obey_purpose purpose = app::obey_purpose::carry_out;
    bool as_zos = false;
    std::optional<std::uint32_t> confirm_seconds = {};
    std::string echo = {};  ///< the command as typed on a console
};

/// Has the stack carry out the file, or say what that would do, and prints its messages; the exit
/// status.
int run_obeyfile(context const& with, obeyfile_options const& options);

struct rollback_options {
    std::uint64_t steps = 1;
    bool plan = false;
};

int run_rollback(context const& with, rollback_options const& options);

struct confirm_options {};

int run_confirm(context const& with, confirm_options const& options);

}  // namespace operators
