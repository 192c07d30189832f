// DVIPAs that come to life when an application binds to an address of a VIPARANGE, and go with
// their last user.
#include "daemon/change/translate.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tcpplexd {

namespace {

/// How long after its last use a DVIPA made by bind goes, at most.
constexpr auto watch_interval = std::chrono::seconds(1);

bool is_home(stack::address const& host, stack::settings const& settings) {
    return std::any_of(settings.interfaces.begin(), settings.interfaces.end(),
                       [&](auto const& each) { return each.host == host; }) ||
           std::any_of(settings.dvipas.begin(), settings.dvipas.end(),
                       [&](auto const& each) { return each.host == host; });
}

}  // namespace

member_definitions node::own_definitions(parser::configuration const& from) const {
    auto result = definitions(from);
    result.dvipas.insert(result.dvipas.end(), made_by_bind_.begin(), made_by_bind_.end());
    return result;
}

std::vector<stack::address> node::defined_dvipas() const {
    std::vector<stack::address> result;
    for (auto const& each : own_definitions(configuration_).dvipas)
        result.push_back(each.host);
    return result;
}

void node::activate(stack::address const& host, std::function<void()> then) {
    auto const* range = configuration_.find_range(to_parser(host));
    if (range == nullptr || is_home(host, *settings_) ||
        owner_of(host, group_->members()) != nullptr)
        return then();
    dvipa_definition made;
    made.host = host;
    made.prefix_length = range->network.length;
    made_by_bind_.push_back(std::move(made));
    auto const sharing = configuration_.sharing(to_parser(host));
    for (auto const& problem : adopt(configuration_, {}))
        log_message(severity::error, problem);
    log_message(severity::info, fmt::format("DVIPA {} made by bind in VIPARANGE {}",
                                            host.to_string(), range->network.to_string()));
    watch_ranges();
    if (!sharing) return then();
    sharing_.switch_on(host, sharing_request_of(*sharing, configuration_),
                       [then = std::move(then)](std::string const& problem) {
                           if (!problem.empty()) log_message(severity::error, problem);
                           then();
                       });
}

void node::watch_ranges() {
    range_watch_.expires_after(watch_interval);
    range_watch_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        drop_unused();
        if (!made_by_bind_.empty()) watch_ranges();
    });
}

void node::drop_unused() {
    auto const count = std::erase_if(made_by_bind_, [this](dvipa_definition const& each) {
        if (!held_ports_.in_use(each.host).empty() || core_.udp().uses(each.host)) return false;
        log_message(severity::info,
                    fmt::format("DVIPA {} has no user any more and goes", each.host.to_string()));
        return true;
    });
    if (count == 0) return;
    for (auto const& problem : adopt(configuration_, {}))
        log_message(severity::error, problem);
}

}  // namespace tcpplexd
