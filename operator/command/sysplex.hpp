// tcpplex vary sysplex and vary vipa: the stack's part in the sysplex.
#pragma once

#include "app/message/sysplex_request.hpp"
#include "operator/context.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace operators {

struct sysplex_options {
    app::sysplex_action action = app::sysplex_action::leave_group;
    std::string dvipa = {};                  ///< of the actions that have one
    std::string echo = {};                   ///< the command as typed on a console
    std::optional<std::uint16_t> port = {};  ///< of quiesce and resume, as in the request
    std::string job = {};
};

/// The exit status; that of create_vipa and delete_vipa is MODDVIPA's return code, which is
/// app::vipa_not_done also if the stack can't be asked.
int run_sysplex(context const& with, sysplex_options const& options);

}  // namespace operators
