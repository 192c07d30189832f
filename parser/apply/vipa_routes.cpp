#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

void carry_out(application& run, viparoute_statement const& wanted) {
    auto& all = run.next.vipa_routes;
    std::string const name = fmt::format("VIPAROUTE {} {}", wanted.xcf.value.to_string(),
                                         wanted.target.value.to_string());
    if (wanted.xcf.value.is_v4() != wanted.target.value.is_v4())
        return run.error(wanted.target.where,
                         "the two addresses of VIPAROUTE are of different families",
                         "name addresses of the same family");
    if (wanted.remove) {
        auto const found = all.find(wanted.xcf.value);
        if (found == all.end() || found->second != wanted.target.value)
            return run.missing(wanted.xcf.where, fmt::format("there is no {}", name),
                               "name both addresses as they were defined");
        all.erase(found);
        return;
    }
    if (run.find.dvipa(wanted.target.value) != nullptr)
        return run.error(wanted.target.where,
                         fmt::format("{} is a DVIPA", wanted.target.value.to_string()),
                         "name another home address of the target");
    auto const [entry, added] = all.emplace(wanted.xcf.value, wanted.target.value);
    if (!added && entry->second != wanted.target.value)
        run.error(wanted.xcf.where,
                  fmt::format("{} has a VIPAROUTE to {} already", wanted.xcf.value.to_string(),
                              entry->second.to_string()),
                  "delete it first, with VIPAROUTE DELETE");
}

}  // namespace parser
