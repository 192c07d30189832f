#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

std::string describe(port_sharing const& sharing) {
    return fmt::format("{} GRAIN {}", to_string(sharing.form), sharing.grain);
}

}  // namespace

bool accept_sharing(application& run, sharing_keyword const& keyword,
                    std::vector<spanned_address> const& dvipas) {
    auto const& wanted = keyword.value;
    if (wanted && wanted->grain != 1 && wanted->form != sharing_form::bitmap) {
        run.error(
            keyword.where,
            fmt::format("SYSPLEXPORTS {}: only BITMAP is given out in blocks", describe(*wanted)),
            "leave GRAIN out, or write BITMAP");
        return false;
    }
    bool acceptable = true;
    for (auto const& dvipa : dvipas) {
        auto const there = run.find.sharing(dvipa.value);
        if (!wanted || !there || *there == *wanted) continue;
        run.error(keyword.where,
                  fmt::format("the source ports of {} are shared with {} already",
                              dvipa.value.to_string(), describe(*there)),
                  "name the same form on all its definitions; to change it, switch off with "
                  "NOSYSPLEXPORTS first");
        acceptable = false;
    }
    for (auto const& dvipa : dvipas) {
        auto const [seen, first] = run.sharing_here.emplace(dvipa.value, wanted.has_value());
        if (first || seen->second == wanted.has_value()) continue;
        run.error(
            keyword.where,
            fmt::format("{} has both SYSPLEXPORTS and NOSYSPLEXPORTS", dvipa.value.to_string()),
            "remove one of them: the keyword holds for all definitions of a DVIPA");
        acceptable = false;
    }
    return acceptable;
}

void set_sharing(application& run, dvipa_configuration& dvipa,
                 std::optional<port_sharing>& definition, sharing_keyword const& keyword) {
    definition = keyword.value;
    if (keyword.value) return;
    dvipa.sharing.reset();
    run.find.switch_sharing_off(dvipa);
    auto const* range = run.find.range_around(dvipa.address);
    if (range != nullptr && range->sharing)
        run.warning(keyword.where,
                    fmt::format("{} stays shared by VIPARANGE {}", dvipa.address.to_string(),
                                range->network.to_string()),
                    "write NOSYSPLEXPORTS on the VIPARANGE too");
}

}  // namespace parser
