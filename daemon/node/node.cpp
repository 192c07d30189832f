#include "daemon/node/node.hpp"

#include "daemon/change/translate.hpp"
#include "daemon/display/reports.hpp"
#include "daemon/host/idle_processors.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/node/explain.hpp"
#include "daemon/node/names.hpp"
#include "daemon/node/version.hpp"
#include "daemon/sysplex/agreed_secrets.hpp"
#include "daemon/sysplex/moving.hpp"
#include "daemon/sysplex/vipa_routes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

#include <unistd.h>

namespace tcpplexd {

namespace {

void log_error(std::string const& text) {
    log_message(severity::error, text);
}

}  // namespace

node::node(boost::asio::io_context& io, node_parts parts)
    : io_(io),
      host_(std::move(parts.host)),
      operators_(std::move(parts.operators)),
      resources_(std::move(parts.resources)),
      configuration_(std::move(parts.configuration)),
      configured_by_(std::move(parts.configured_by)),
      facility_(std::move(parts.facility)),
      worker_(io),
      fences_(host_.shards),
      world_(*facility_, fences_.front()),
      bridge_(io, *facility_, worker_),
      place_{0, host_.shards, {random_.next(), random_.next()}},
      held_ports_(bridge_, place_),
      core_(world_, held_ports_.of(0), random_, place_),
      loop_(io, core_),
      loops_(make_further_shards()),
      kernel_(std::move(parts.kernel)),
      devices_(loops_, kernel_, host_, fences_),
      links_(std::move(parts.links)),
      recall_(io, *facility_, worker_, *links_),
      sharing_(*facility_, worker_, bridge_, held_ports_, loops_, [this] { reconfigure(); }),
      standing_check_(io, *facility_, worker_),
      reports_(io, loops_, *links_, [] { return idle_hundredths(); }),
      services_(loop_, log_error),
      datagrams_(loop_, log_error),
      sharing_retry_(io),
      use_watch_(io),
      ownership_(io, *facility_, worker_, *links_, *this),
      detection_(host_.stack),
      monitor_timer_(io),
      starting_over_(io, *facility_, worker_,
                     [this] {
                         bridge_.take_part_again();
                         sharing_.start_over();
                     }),
      fencing_(io, facility_->own_lease(), *this),
      changes_(io, *this, history_directory(host_), std::move(parts.kept)) {
    held_ports_.attach(loops_, [this](stack::address const& dvipa) {
        return sharing_.shared_by_connection(dvipa);
    });
    bridge_.attach(
        held_ports_,
        {.wanted =
             [this](stack::address const& dvipa) {
                 return sharing_wanted(dvipa, configuration_).has_value();
             },
         .in_blocks = [this](stack::address const& dvipa) { return sharing_.in_blocks(dvipa); },
         .others = [this] { return group_->others(); },
         .recall =
             [this](stack::address const& dvipa, std::uint16_t port,
                    std::vector<stack::member_id> const& holders, std::function<void(bool)> done) {
                 recall_.ask(dvipa, port, holders, std::move(done));
             }});
    auto const secrets = agreed_secrets(*facility_);
    for (auto* each : loops_)
        each->core().use(secrets);
    world_.attach(devices_);
    world_.attach(*links_);
    world_.attach(loop_);
    links_->attach(loop_);
    for (auto& each : further_)
        each->start(devices_);
}

/// Returns the loops of all shards.
std::vector<shard_loop*> node::make_further_shards() {
    std::vector<shard_loop*> all{&loop_};
    if (place_.is_alone()) return all;
    office_ = std::make_unique<post_office>(place_.count);
    mail_ = std::make_unique<mail_reader>(loop_, place_.index, *office_);
    world_.attach(*office_);
    for (std::size_t i = 1; i < place_.count; ++i) {
        auto const& made = further_.emplace_back(std::make_unique<further_shard>(
            stack::placement{i, place_.count, place_.key}, loop_, *office_, held_ports_, world_));
        all.push_back(&made->loop());
    }
    return all;
}

node::~node() {
    stall_guard_.reset();
    for (auto& each : further_)
        each->stop();
    worker_.stop();
    if (group_) group_->stop();
}

void node::stop() {
    stall_guard_.reset();
    control_.reset();
    for (auto* const each : loops_)
        each->run([](shard_loop& loop) {
            loop.core().abort_all(loop.now());
            loop.core().advance(loop.now());
        });
    for (auto& each : further_)
        each->stop();
    fencing_.stop();
}

std::vector<group_member> node::members_with(parser::configuration const& from) const {
    auto result = group_->members();
    result.front().definitions = own_definitions(from);
    return result;
}

stack::settings node::settings_for(parser::configuration const& from) const {
    auto result = stack_settings(from);
    result.quiesced = quiesced_;
    result.explicit_bind = explicit_bind(from);
    result.self = {facility_->self().slot, facility_->self().incarnation};
    auto const members = members_with(from);
    result.dvipas = roles(result.self, members);
    if (settings_ != nullptr) {
        auto const moving = still_moving(settings_->dvipas, result.dvipas, members,
                                         [this](auto const& dvipa) { return uses(dvipa); });
        result.dvipas.insert(result.dvipas.end(), moving.begin(), moving.end());
    }
    for (auto& each : result.dvipas) {
        auto const wanted = from.sharing(to_parser(each.host));
        each.shared = sharing_.shared(each.host) || wanted;
        each.shared_by_connection = sharing_.shared(each.host)
                                        ? sharing_.shared_by_connection(each.host)
                                        : wanted && wanted->form == parser::sharing_form::hashtable;
        each.settling = ownership_.is_settling(each.host);
    }
    add_vipa_routes(result, members, adjustment_of(from.global.adjust_dvipa_mss));
    return result;
}

std::string node::conflict(parser::configuration const& from) const {
    for (auto const& each : definitions(from).dvipas) {
        auto const* const owner = owner_of(each.host, group_->members());
        if (owner == nullptr || !owner->id.valid()) continue;
        auto const* const theirs = owner->definitions.find(each.host);
        // IP Configuration Guide, creation results: a VIPADEFINE or VIPABACKUP of an address that
        // an application's bind has made fails, on any stack.
        if (theirs != nullptr && theirs->origin == dvipa_definition::kind::range)
            return fmt::format(
                "{0} {1}: an application on {2} ({3}) has made it in a VIPARANGE; end that "
                "application first, or take the address out of the range",
                each.origin == dvipa_definition::kind::backup ? "VIPABACKUP" : "VIPADEFINE",
                each.host.to_string(), owner->name, owner->system);
    }
    return {};
}

/// Of each once, until it has a route again.
void node::report_vipa_routes() {
    std::set<stack::address> without;
    for (auto const& each : vipa_route_states(*settings_, members_with(configuration_))) {
        if (each.status != vipa_route_state::kind::inactive) continue;
        without.insert(each.route.via);
        if (unrouted_.contains(each.route.via)) continue;
        log_message(severity::warning,
                    fmt::format("VIPAROUTE {} {}: there is no route to {}, so the stack behind it "
                                "gets no connections; add one to BEGINROUTES, or start its "
                                "interface",
                                each.route.xcf.to_string(), each.route.via.to_string(),
                                each.route.via.to_string()));
    }
    unrouted_ = std::move(without);
}

void node::reconfigure() {
    if (!in_service_) return;
    settings_ = std::make_shared<stack::settings const>(settings_for(configuration_));
    report_vipa_routes();
    note_activations(*settings_);
    guard_dvipas();
    for (auto& problem : devices_.commit({}, *settings_)) {
        log_message(severity::error, problem);
        problems_.push_back(std::move(problem));
    }
    configure_shards();
    reports_.configure(*settings_, std::chrono::seconds(configuration_.global.wlm_poll_seconds));
    watch_uses();
}

void node::configure_shards() {
    auto const configure = [this](shard_loop& loop, misc_server& services) {
        loop.core().configure(settings_, loop.now());
        services.configure(*settings_);
        loop.touch();
    };
    configure(loop_, services_);
    datagrams_.configure(*settings_);
    for (auto& each : further_)
        each->loop().run([&](shard_loop& loop) { configure(loop, each->services()); });
}

std::vector<std::string> node::adopt(parser::configuration next, device_set::prepared added) {
    configuration_ = std::move(next);
    note_resources();
    note_definitions();
    note_explicit_bind();
    auto const planned = settings_for(configuration_);
    auto problems = devices_.commit(std::move(added), planned);
    reconfigure();
    publish();
    ownership_.review();
    return problems;
}

void node::note_activations(stack::settings const& now) {
    std::map<stack::address, std::int64_t> still;
    for (auto const& each : now.dvipas) {
        auto const found = active_since_.find(each.host);
        still.emplace(each.host, found != active_since_.end() ? found->second : std::time(nullptr));
    }
    active_since_ = std::move(still);
}

void node::group_changed() {
    if (!group_) return;
    ownership_.read_owners();
    note_owners();
    hear_explicit_bind();
    publish();
    reconfigure();
    ownership_.review();
    if (stall_guard_) guard_against_stalls();  // who is alone does not end
}

void node::member_gone(stack::member_id who) {
    core_.member_gone(who, loop_.now());
    recall_.member_gone(who);
    ownership_.member_gone(who);
    loop_.touch();
}

void node::member_reached(stack::member_id who) {
    for (auto* const each : loops_)
        each->run([who](shard_loop& loop) {
            loop.core().announce_all(who);
            loop.touch();
        });
    ownership_.member_reached(who);
    reports_.member_reached(who);
}

void node::with_subject(std::function<void(display_subject const&)> const& look) const {
    look({.stack = host_.stack,
          .system = host_.system,
          .core = core_,
          .shards = loops_,
          .settings = *settings_,
          .configuration = configuration_,
          .members = group_->members(),
          .facility = *facility_,
          .facility_at = host_.coupling_facility,
          .group = group_name(host_),
          .active_since = active_since_,
          .checks = standing_check_.counters(),
          .recalls = recall_.counts()});
}

boost::json::object node::display(std::string_view report, display_filter const& filter) {
    boost::json::object result;
    with_subject([&](display_subject const& subject) {
        boost::json::object members;
        if (report == "history") members = changes_.history_members();
        if (report == "config") members = changes_.configuration_members(filter.number);
        if (members.empty()) {
            result = tcpplexd::display(subject, report, filter);
            return;
        }
        result = document(subject, report);
        for (auto& each : members)
            result.insert(each);
    });
    return result;
}

app::alive node::identity() const {
    return {host_.stack, host_.system, static_cast<std::uint64_t>(getpid()), version};
}

std::string node::explain(stack::endpoint const& local, stack::endpoint const& remote,
                          stack::error_code why) {
    auto text = tcpplexd::explain(local, remote, why, *settings_, *facility_, group_->members());
    if (recall_.has_timed_out(local.host, local.port)) text += " (recall timed out)";
    return text;
}

}  // namespace tcpplexd
