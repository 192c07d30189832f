// What an operator asks of a stack's part in the sysplex: VARY TCPIP,,SYSPLEX and MODDVIPA.
#pragma once

#include "app/json_members.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace app {

enum class sysplex_action : std::uint8_t {
    leave_group,  ///< leave the group; all DVIPAs go, their configuration is kept
    join_group,   ///< join it again, and carry out the kept configuration
    deactivate,   ///< as if the DVIPA were deleted here: a backup takes over
    reactivate,   ///< undoes that
    quiesce,      ///< servers here get no more connections that are distributed
    resume,       ///< undoes that
    create_vipa,  ///< make a DVIPA of a VIPARANGE (MODDVIPA -c)
    delete_vipa   ///< MODDVIPA -d
};

/// Changes the stack's part in the sysplex; the reply is `obeyed`, with the return code of MODDVIPA
/// for the two actions that are its.
struct sysplex_request {
    sysplex_action action = sysplex_action::leave_group;
    std::string dvipa = {};    ///< of deactivate, reactivate, create_vipa and delete_vipa
    std::string command = {};  ///< for the echo, "VARY TCPIP,,SYSPLEX,LEAVEGROUP"; empty: no echo
    /// Of quiesce and resume: the servers of that port (not 0), of that job (1 to 8 characters), or
    /// of both; of neither: all of the stack.
    std::optional<std::uint16_t> port = {};
    std::string job = {};
};

/// MODDVIPA's return codes.
inline constexpr std::uint8_t vipa_done = 0;
inline constexpr std::uint8_t vipa_active_already = 4;  ///< create: here, on this stack
/// Create: in no VIPARANGE, or another's; delete: not here, or not to be deleted this way.
inline constexpr std::uint8_t vipa_not_done = 8;
inline constexpr std::uint8_t vipa_bad_parameters = 12;

/// Whether the action is MODDVIPA's, whose replies have a return code.
constexpr bool is_utility(sysplex_action action) {
    return action == sysplex_action::create_vipa || action == sysplex_action::delete_vipa;
}

boost::json::object sysplex_json(sysplex_request const& asked);
sysplex_request take_sysplex(json_members& members);

}  // namespace app
