#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

/// Adds an entry to a table; there is one for each job and family.
bool add(application& run, std::map<job_key, source_choice>& into,
         srcip_job_statement const& wanted) {
    if (into.emplace(job_key{is_v4(wanted.source.value), wanted.job.value}, wanted.source.value)
            .second)
        return true;
    run.error(wanted.job.where,
              fmt::format("JOBNAME {} has a source of this family already", wanted.job.value),
              "remove one of the entries");
    return false;
}

}  // namespace

void carry_out(application& run, srcip_statement const&, span where) {
    if (run.sources_begun)
        return run.error(where, "SRCIP has been specified already",
                         "write all entries in one block", "EZZ0769I");
    run.sources_begun = true;
    run.next.sources = {};
}

void carry_out(application& run, srcip_job_statement const& wanted) {
    auto& rules = run.next.sources;
    if (wanted.role != source_role::server && !add(run, rules.clients, wanted)) return;
    if (wanted.role != source_role::client) add(run, rules.servers, wanted);
}

void carry_out(application& run, srcip_destination_statement const& wanted) {
    ip_prefix const network = network_of(wanted.destination.value, wanted.prefix_length);
    if (network.network != wanted.destination.value)
        return run.error(
            wanted.destination.where,
            fmt::format("{} has bits beyond its mask", wanted.destination.value.to_string()),
            fmt::format("did you mean {}?", network.to_string()));
    if (network.network.is_v4() != is_v4(wanted.source.value))
        return run.error(wanted.source.where,
                         fmt::format("the source is not of the family of {}", network.to_string()),
                         network.network.is_v4()
                             ? "name an IPv4 address"
                             : "name an IPv6 address or the interface that has it");
    if (!run.next.sources.destinations.emplace(network, wanted.source.value).second)
        run.error(wanted.destination.where,
                  fmt::format("DESTINATION {} has a source already", network.to_string()),
                  "remove one of the entries");
}

void settle_sources(application& run, span where) {
    if (run.next.sources == run.running.sources) return;
    auto const& rules = run.next.sources;
    if (run.next.global.explicit_bind_ports) return;
    for (auto const& [network, source] : rules.destinations) {
        auto const* address = std::get_if<ip_address>(&source);
        auto const* dvipa = address != nullptr ? run.find.dvipa(*address) : nullptr;
        if (dvipa != nullptr && !dvipa->distributions.empty())
            run.warning(where,
                        fmt::format("SRCIP DESTINATION {} has the distributed DVIPA {} as source",
                                    network.to_string(), address->to_string()),
                        "let no other stack have the ports of its sockets bound to port 0: "
                        "GLOBALCONFIG EXPLICITBINDPORTRANGE");
    }
}

}  // namespace parser
