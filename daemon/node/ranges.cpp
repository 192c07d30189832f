// DVIPAs that come to life when an application binds to an address of a VIPARANGE, and go with
// their last user.
#include "daemon/change/translate.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tcpplexd {

namespace {

using kind = dvipa_definition::kind;

bool is_home(stack::address const& host, stack::settings const& settings) {
    return std::any_of(settings.interfaces.begin(), settings.interfaces.end(),
                       [&](auto const& each) { return each.host == host; }) ||
           std::any_of(settings.dvipas.begin(), settings.dvipas.end(), [&](auto const& each) {
               return each.host == host && each.part != stack::dvipa_settings::role::moving;
           });
}

/// Whether a bind here may make it: nobody has it, or one who must let it go
/// (IP Configuration Guide, creation results: bind and bind, NONDISRUPTIVE).
bool may_have(stack::address const& host, std::vector<group_member> const& members) {
    auto const* const owner = owner_of(host, members);
    if (owner == nullptr || !owner->id.valid()) return true;
    auto const* const theirs = owner->definitions.find(host);
    return theirs != nullptr && theirs->origin == kind::range && theirs->immediate;
}

}  // namespace

std::vector<stack::address> node::defined_dvipas() const {
    std::vector<stack::address> result;
    for (auto const& each : own_definitions(configuration_).dvipas)
        result.push_back(each.host);
    return result;
}

void node::activate(stack::address const& host, std::function<void()> then) {
    auto const* range = configuration_.find_range(to_parser(host));
    if (range == nullptr || !joined_ || is_home(host, *settings_) ||
        !may_have(host, group_->members()))
        return then();
    std::erase_if(made_in_range_, [&](auto const& each) { return each.host == host; });
    dvipa_definition made;
    made.host = host;
    made.prefix_length = range->network.length;
    made.origin = kind::range;
    made.immediate = range->moveable == parser::range_move::nondisruptive;
    made.since = now_in_ms();
    made_in_range_.push_back(std::move(made));
    auto const sharing = configuration_.sharing(to_parser(host));
    for (auto const& problem : adopt(configuration_, {}))
        log_message(severity::error, problem);
    log_message(severity::info, fmt::format("DVIPA {} made by bind in VIPARANGE {}",
                                            host.to_string(), range->network.to_string()));
    when_owned(host, [this, host, sharing, then = std::move(then)]() mutable {
        if (!sharing) return then();
        sharing_.switch_on(host, sharing_request_of(*sharing, configuration_),
                           [then = std::move(then)](std::string const& problem) {
                               if (!problem.empty()) log_message(severity::error, problem);
                               then();
                           });
    });
}

void node::drop_unused() {
    auto const count = std::erase_if(made_in_range_, [this](dvipa_definition const& each) {
        if (uses(each.host) || is_awaited(each.host) || created_.contains(each.host)) return false;
        log_message(severity::info,
                    fmt::format("DVIPA {} has no user any more and goes", each.host.to_string()));
        return true;
    });
    if (count == 0) return;
    for (auto const& problem : adopt(configuration_, {}))
        log_message(severity::error, problem);
}

}  // namespace tcpplexd
