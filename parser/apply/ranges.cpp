#include "parser/apply/application.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser {

namespace {

void define(application& run, viparange_statement const& wanted) {
    auto& all = run.next.ranges;
    auto range = std::find_if(all.begin(), all.end(), [&](auto const& other) {
        return other.network == wanted.network.value;
    });
    if (range == all.end()) {
        all.push_back({wanted.network.value,
                       wanted.interface ? wanted.interface->value : std::string(),
                       range_move::nondisruptive,
                       {},
                       {}});
        range = std::prev(all.end());
    }
    if (wanted.moveable) range->moveable = *wanted.moveable;
    if (wanted.sharing) range->sharing = wanted.sharing->value;
    if (wanted.saf) range->saf = wanted.saf;
}

}  // namespace

void carry_out(application& run, viparange_statement const& wanted) {
    auto const& network = wanted.network;
    std::string const text = network.value.to_string();
    if (network.value.network.is_loopback())
        return run.error(network.where,
                         fmt::format("loopback address {} can't be used in VIPARANGE", text),
                         "use a routable network", "EZZ0638I");
    if (wanted.sharing && wanted.remove)
        return run.error(wanted.sharing->where, "SYSPLEXPORTS has no meaning with DELETE",
                         "remove it");
    if (wanted.sharing && !accept_sharing(run, *wanted.sharing, {})) return;
    if (!wanted.remove) return define(run, wanted);
    auto const gone = std::erase_if(
        run.next.ranges, [&](auto const& other) { return other.network == network.value; });
    if (gone == 0)
        run.missing(network.where, fmt::format("there is no VIPARANGE {} to delete", text),
                    "name mask and network as they were defined");
}

}  // namespace parser
