#include "cf/group/recovery.hpp"

#include "cf/step/recover.hpp"

namespace cf {

namespace {

result<> recover_everywhere(backend& facility, member const& failed) {
    want const wanted{.step = step_kind::recover, .how = patience::wait};
    for (auto const& address : facility.dvipas()) {
        auto updated = facility.update(address, wanted, [&](view& structures) {
            step::recover(structures, failed.slot, failed.incarnation);
        });
        if (!updated) return updated.error();
    }
    return {};
}

}  // namespace

result<> recover_member(backend& facility, member const& failed, patience how) {
    auto mine = facility.begin_recovery(failed, how);
    if (!mine) return mine.error();
    if (!*mine) return {};
    auto recovered = recover_everywhere(facility, failed);
    facility.end_recovery(failed, recovered.has_value());
    return recovered;
}

}  // namespace cf
