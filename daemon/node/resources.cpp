// SAF: names that the profile keeps for the users of a resource, and who these are.
#include "daemon/loop/log.hpp"
#include "daemon/node/guard.hpp"
#include "daemon/node/node.hpp"

#include <fmt/format.h>

namespace tcpplexd {

namespace {

std::string settings_text(host_settings const& host) {
    return host.file.empty() ? "the host settings (there are none: tcpplexd --host FILE)"
                             : "the host settings " + host.file;
}

}  // namespace

std::string node::guarded_from(caller const& who, wanted_name const& wanted) {
    for (auto const& each : guards_of(configuration_, wanted)) {
        auto const found = resources_.find(each.resource);
        if (found != resources_.end() && who.may_use(found->second)) continue;
        return fmt::format(
            "{} is for the users of the resource {}, and {} is none: name the user, or @ and a "
            "group, under 'resources: {}:' of {}, and start the stack again",
            each.statement, each.resource, who.name(), each.resource, settings_text(host_));
    }
    return {};
}

/// Those that nobody may use because they are not named.
void node::note_resources() {
    for (auto const& each : all_guards(configuration_)) {
        if (resources_.contains(each.resource)) continue;
        if (!unnamed_resources_.insert(each.resource).second) continue;
        log_message(severity::warning,
                    fmt::format("{} SAF {}: nobody may use it, since 'resources' of {} does not "
                                "name {}; add 'resources: {{{}: [USER, \"@GROUP\"]}}' and start "
                                "the stack again",
                                each.statement, each.resource, settings_text(host_), each.resource,
                                each.resource));
    }
}

}  // namespace tcpplexd
