#include "cf/step/permission.hpp"

namespace cf::step {

outcome<> may_take(view& structures, std::uint16_t me) {
    auto settings = structures.settings();
    if (settings.state == sharing_state::enabling) return error::enabling;
    if (settings.state != sharing_state::on) return error::not_shared;
    if (structures.backfilled(me) != settings.generation) return error::enabling;
    return {};
}

}  // namespace cf::step
