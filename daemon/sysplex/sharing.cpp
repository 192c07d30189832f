#include "daemon/sysplex/sharing.hpp"

#include "daemon/loop/log.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace tcpplexd {

namespace {

constexpr auto barrier_time = std::chrono::seconds(5);
constexpr auto poll_interval = std::chrono::milliseconds(10);

std::string shown(stack::address const& dvipa) {
    return dvipa == stack::explicit_bind_pool ? "EXPLICITBINDPORTRANGE" : dvipa.to_string();
}

}  // namespace

struct sharing::attempt {
    attempt(boost::asio::io_context& io, stack::address const& which, switch_done tell)
        : timer(io), dvipa(which), done(std::move(tell)), deadline(boot_time() + barrier_time) {}
    boost::asio::steady_timer timer;
    stack::address dvipa;
    switch_done done;
    stack::instant deadline;
};

sharing::sharing(cf::connector& facility, facility_thread& worker, port_bridge& bridge,
                 stack_ports& ports, std::vector<shard_loop*> const& loops,
                 std::function<void()> reconfigure)
    : facility_(facility),
      worker_(worker),
      bridge_(bridge),
      ports_(ports),
      loops_(loops),
      reconfigure_(std::move(reconfigure)) {}

bool sharing::shared(stack::address const& dvipa) const {
    auto const found = views_.find(dvipa);
    return found != views_.end() && found->second.settings.state != cf::sharing_state::off;
}

bool sharing::shared_by_connection(stack::address const& dvipa) const {
    auto const found = views_.find(dvipa);
    return shared(dvipa) && found->second.settings.form == cf::structure_form::hashtable;
}

bool sharing::in_blocks(stack::address const& dvipa) const {
    auto const found = views_.find(dvipa);
    return found != views_.end() && found->second.settings.state == cf::sharing_state::on &&
           found->second.settings.grain != 1;
}

bool sharing::load() {
    bool changed = false;
    for (auto const& key : facility_.dvipas()) {
        auto const now = facility_.settings(key);
        if (!now) continue;  // asked again at the next look
        auto& seen = views_[stack_address(key)];
        changed |= seen.settings != *now;
        seen.settings = *now;
    }
    return changed;
}

void sharing::refresh() {
    if (!load()) return;
    reconfigure_();
    for (auto& [dvipa, seen] : views_) {
        switch (seen.settings.state) {
            case cf::sharing_state::enabling:
            case cf::sharing_state::on:
                if (seen.filled_generation != seen.settings.generation) report_ports(dvipa, seen);
                break;
            case cf::sharing_state::off:
                ports_.disown(dvipa);
                break;
            case cf::sharing_state::draining:
                break;
        }
    }
    for (auto* const each : loops_)
        each->run([](shard_loop& loop) { loop.touch(); });
    bridge_.sharing_changed();
}

void sharing::start_over() {
    for (auto& [dvipa, seen] : views_)
        seen = {};
    refresh();
}

cf::adoption sharing::uses_of(stack::address const& dvipa, bool by_connection) {
    cf::adoption uses;
    for (auto const& use : ports_.adopt(dvipa))
        cf::insert(use.service ? uses.services : uses.bound, use.port);
    if (!by_connection) return uses;
    auto const add = [&](stack::connection_info const& each) {
        using stack::tcp::state;
        // Half-open ones never reach the table; they are noted when they are established.
        bool const counts = each.state != state::listen && each.state != state::closed &&
                            !(each.passive && each.state == state::syn_received);
        if (each.tuple.local.host == dvipa && counts)
            uses.connections.push_back(
                {.entry = {each.tuple.local.port, facility_destination(each.tuple.remote)},
                 .inbound = each.passive});
    };
    for (auto* const each : loops_)
        each->run([&](shard_loop& loop) { loop.core().each_connection(add); });
    return uses;
}

void sharing::report_ports(stack::address const& dvipa, view& seen) {
    seen.filled_generation = seen.settings.generation;
    auto const uses = std::make_shared<cf::adoption>(uses_of(dvipa, shared_by_connection(dvipa)));
    worker_.run([this, key = facility_key(dvipa), uses] { return facility_.backfill(key, *uses); },
                [this, dvipa](cf::result<> const& outcome) {
                    if (!outcome && outcome.error().code != cf::error::not_shared) {
                        views_[dvipa].filled_generation =
                            0;  // tried again at the next change, or the barrier names us
                        views_[dvipa].settings = {};
                    }
                    bridge_.sharing_changed();
                });
}

void sharing::switch_on(stack::address const& dvipa, cf::sharing_request const& wanted,
                        switch_done done) {
    auto const trying = std::make_shared<attempt>(loops_.front()->io(), dvipa, std::move(done));
    worker_.run(
        [this, key = facility_key(dvipa), wanted] { return facility_.begin_enable(key, wanted); },
        [this, trying](cf::result<cf::dvipa_settings> const& outcome) {
            if (!outcome) return trying->done(outcome.error().text);
            refresh();
            poll(trying);
        });
}

void sharing::poll(std::shared_ptr<attempt> const& trying) {
    worker_.run([this, key = facility_key(trying->dvipa)] { return facility_.try_complete(key); },
                [this, trying](cf::result<cf::barrier> const& outcome) {
                    if (!outcome) return trying->done(outcome.error().text);
                    if (outcome->on) {
                        refresh();
                        advise(trying->dvipa);
                        return trying->done({});
                    }
                    if (boot_time() >= trying->deadline) return give_up(trying);
                    trying->timer.expires_after(poll_interval);
                    trying->timer.async_wait([this, trying](boost::system::error_code error) {
                        if (!error) poll(trying);
                    });
                });
}

// z/OS gives ports out in blocks of 64.
void sharing::advise(stack::address const& dvipa) const {
    auto const found = views_.find(dvipa);
    if (!facility_.is_remote() || found == views_.end()) return;
    auto const& settings = found->second.settings;
    if (settings.grain != 1 || settings.form != cf::structure_form::bitmap) return;
    log_message(severity::info,
                fmt::format("{}: at GRAIN 1 each connection waits for etcd; with SYSPLEXPORTS "
                            "GRAIN 64 ports are there before they are needed",
                            dvipa.to_string()));
}

void sharing::give_up(std::shared_ptr<attempt> const& trying) {
    worker_.run(
        [this, key = facility_key(trying->dvipa)] { return facility_.abandon(key); },
        [this, trying](cf::result<std::vector<std::string>> const& outcome) {
            refresh();
            if (!outcome) return trying->done(outcome.error().text);
            if (outcome->empty()) return trying->done({});  // the barrier opened meanwhile
            trying->done(fmt::format(
                "{}: no answer from {} within {} s, so its ports are not shared; see whether "
                "these stacks are running (tcpplex display sysplex group), and try again",
                shown(trying->dvipa), fmt::join(*outcome, ", "), barrier_time.count()));
        });
}

void sharing::switch_off(stack::address const& dvipa, switch_done done) {
    worker_.run([this, key = facility_key(dvipa)] { return facility_.begin_disable(key); },
                [this, done = std::move(done)](cf::result<> const& outcome) {
                    refresh();
                    done(outcome ? std::string() : outcome.error().text);
                });
}

}  // namespace tcpplexd
