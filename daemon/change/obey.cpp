#include "daemon/change/obey.hpp"

#include "daemon/change/translate.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/node/names.hpp"
#include "daemon/node/node.hpp"
#include "parser/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <utility>

namespace tcpplexd {

struct obey_command::plan {
    parser::configuration next;
    device_set::prepared devices;
    std::vector<stack::address> on;   ///< to be shared, in order
    std::vector<stack::address> off;  ///< to be shared no more
    std::size_t done_on = 0;          ///< how many of `on` are shared already
};

void obey_command::run(node& on, app::obeyfile_request const& asked, finished done) {
    std::shared_ptr<obey_command> self(new obey_command(on, std::move(done)));
    self->start(asked);
}

void obey_command::start(app::obeyfile_request const& asked) {
    messages_.push_back("EZZ0060I PROCESSING COMMAND: " + asked.command);
    if (asked.files.empty()) return fail("the request holds no file");
    name_ = asked.files.front().name;
    std::map<std::string, std::string> texts;
    for (auto const& each : asked.files)
        texts.emplace(each.name, each.text);
    messages_.push_back(fmt::format("EZZ0300I OPENED OBEYFILE FILE '{}'", name_));
    messages_.push_back(fmt::format("EZZ0309I PROFILE PROCESSING BEGINNING FOR '{}'", name_));

    auto const& host = node_.host();
    auto const parsed =
        parser::parse(name_, parser::memory_reader(std::move(texts)), symbols_of(host));
    if (!parsed.diagnostics.empty()) messages_.push_back(parser::to_text(parsed.diagnostics));
    auto applied = parser::apply(node_.configuration(), parsed.profile, parser::phase::obeyfile);
    if (!applied.diagnostics.empty()) messages_.push_back(parser::to_text(applied.diagnostics));
    if (!applied.ok()) return fail({});
    if (auto const taken = node_.conflict(applied.next); !taken.empty()) return fail(taken);

    plan_ = std::make_shared<plan>();
    for (auto const& each : applied.changes)
        messages_.push_back(each.text);
    plan_->next = std::move(applied.next);
    plan_sharing();
    auto prepared = node_.devices().prepare(node_.settings_for(plan_->next));
    if (!prepared) return fail(prepared.error().message);
    plan_->devices = std::move(*prepared);
    switch_on_next();
}

void obey_command::plan_sharing() {
    // Whatever statement changed it - on a DVIPA, its distribution or its range - the difference
    // counts.
    auto addresses = node_.defined_dvipas();
    for (auto const& each : plan_->next.dvipas)
        addresses.push_back(to_stack(each.address));
    std::sort(addresses.begin(), addresses.end());
    addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
    for (auto const& each : addresses) {
        bool const before = node_.configuration().sharing(to_parser(each)).has_value();
        bool const after = plan_->next.sharing(to_parser(each)).has_value();
        if (!before && after) plan_->on.push_back(each);
        if (before && !after) plan_->off.push_back(each);
    }
}

void obey_command::switch_on_next() {
    if (plan_->done_on == plan_->on.size()) return take_over();
    auto const dvipa = plan_->on[plan_->done_on];
    auto const wanted = plan_->next.sharing(to_parser(dvipa));
    node_.ports().switch_on(dvipa, sharing_request_of(*wanted, plan_->next),
                            [self = shared_from_this()](std::string const& problem) {
                                if (!problem.empty()) return self->fail(problem);
                                ++self->plan_->done_on;
                                self->switch_on_next();
                            });
}

void obey_command::take_over() {
    for (auto const& problem : node_.adopt(std::move(plan_->next), std::move(plan_->devices)))
        messages_.push_back(problem);
    for (auto const& dvipa : plan_->off)
        node_.ports().switch_off(dvipa, [dvipa](std::string const& problem) {
            if (!problem.empty()) log_message(severity::error, dvipa.to_string() + ": " + problem);
        });
    messages_.push_back(fmt::format("EZZ0316I PROFILE PROCESSING COMPLETE FOR FILE '{}'", name_));
    messages_.emplace_back("EZZ0053I COMMAND VARY OBEY COMPLETED SUCCESSFULLY");
    finish(app::obeyed{messages_});
}

void obey_command::fail(std::string reason) {
    // What this command has switched on goes back.
    if (plan_)
        for (std::size_t i = 0; i < plan_->done_on; ++i)
            node_.ports().switch_off(plan_->on[i], [](std::string const&) {});
    if (!reason.empty()) messages_.push_back(std::move(reason));
    messages_.push_back(fmt::format("EZZ0316I PROFILE PROCESSING COMPLETE FOR FILE '{}'", name_));
    messages_.emplace_back("EZZ0303I OBEYFILE FILE CONTAINS ERRORS");
    messages_.emplace_back("EZZ0059I VARY OBEY COMMAND FAILED: SEE PREVIOUS MESSAGES");
    finish(app::failed{{EINVAL, "nothing has been changed"}, messages_});
}

void obey_command::finish(app::reply_body body) {
    for (auto const& each : messages_)
        log_message(severity::info, each);
    done_(std::move(body));
}

}  // namespace tcpplexd
