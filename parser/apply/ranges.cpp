#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

/// z/OS: statements of a stack.
constexpr std::size_t most_ranges = 4096;

void define(application& run, viparange_statement const& wanted) {
    auto const& network = wanted.network;
    auto* range = run.find.range(network.value);
    if (range == nullptr) {
        if (run.find.number_of_ranges() >= most_ranges)
            return run.error(network.where,
                             fmt::format("a stack has at most {} VIPARANGEs", most_ranges),
                             "delete some, or make one of several");
        run.next.ranges.push_back({network.value,
                                   wanted.interface ? wanted.interface->value : std::string(),
                                   range_move::nondisruptive,
                                   {},
                                   {}});
        range = &run.next.ranges.back();
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
    if (auto const* gone = run.find.range(network.value))
        run.find.remove(*gone);
    else
        run.missing(network.where, fmt::format("there is no VIPARANGE {} to delete", text),
                    "name mask and network as they were defined");
}

}  // namespace parser
