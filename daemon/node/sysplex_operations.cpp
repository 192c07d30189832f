// What an operator does to this stack's part in the sysplex: VARY TCPIP,,SYSPLEX.
#include "daemon/change/translate.hpp"
#include "daemon/node/names.hpp"
#include "daemon/node/node.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace tcpplexd {

namespace {

std::string as_one(std::vector<std::string> const& problems) {
    return fmt::format("{}", fmt::join(problems, "\n"));
}

}  // namespace

std::vector<std::string> node::change_part() {
    publish();
    reconfigure();
    ownership_.review();
    return std::exchange(problems_, {});
}

void node::when_done(operation_done done) {
    auto const now = change_part();
    when_dvipas_settled([now, done = std::move(done)](std::vector<std::string> const& later) {
        auto all = now;
        all.insert(all.end(), later.begin(), later.end());
        done(as_one(all));
    });
}

void node::leave_group(operation_done done) {
    if (!joined_) return done(host_.stack + " is not a member of the sysplex group");
    joined_ = false;
    made_in_range_.clear();
    created_.clear();
    of_last_owners_.clear();
    when_done(std::move(done));
}

void node::join_group(operation_done done) {
    if (joined_) return done(host_.stack + " is a member of the sysplex group already");
    joined_ = true;
    detection_.forget();
    defined_since_.clear();  // its claims count from here on
    note_definitions();
    note_owners();
    when_done([this, done = std::move(done)](std::string const& problem) {
        if (!problem.empty()) return done(problem);
        switch_on_all([done] { done({}); });
    });
}

void node::deactivate(stack::address const& dvipa, operation_done done) {
    if (auto const problem = why_not_operable(dvipa); !problem.empty()) return done(problem);
    if (!deactivated_.insert(dvipa).second)
        return done(fmt::format("{} is deactivated already", dvipa.to_string()));
    when_done(std::move(done));
}

void node::reactivate(stack::address const& dvipa, operation_done done) {
    if (auto const problem = why_not_operable(dvipa); !problem.empty()) return done(problem);
    if (deactivated_.erase(dvipa) == 0)
        return done(fmt::format("{} is not deactivated", dvipa.to_string()));
    defined_since_[dvipa] = now_in_ms();
    when_done(std::move(done));
}

std::string node::why_not_operable(stack::address const& dvipa) const {
    if (!joined_) return host_.stack + " is not a member of the sysplex group";
    if (configuration_.find_dvipa(to_parser(dvipa)) != nullptr) return {};
    return fmt::format(
        "{} has neither VIPADEFINE nor VIPABACKUP on {}: only such a DVIPA can be deactivated",
        dvipa.to_string(), host_.stack);
}

}  // namespace tcpplexd
