#include "plex.hpp"

#include "cf/backend/etcd/backend.hpp"
#include "cf/backend/etcd/keys.hpp"
#include "daemon/loop/log.hpp"
#include "invariants.hpp"
#include "log.hpp"
#include "node.hpp"
#include "partner.hpp"
#include "station.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace sim {

namespace {

constexpr nanos end_of_faults = 40 * s;
constexpr nanos end_of_load = 60 * s;
constexpr nanos look_interval = 20 * ms;
cf::etcd::key_names const etcd_names("SIM");

class plex {
  public:
    plex(scenario const& what, crash_points& points)
        : fate_(what.seed), time_(what.seed), net_(fate_), xcf_(fate_), points_(points) {
        static constexpr std::array<cf::sharing_request, 4> forms{
            {{.form = cf::structure_form::bitmap},
             {.form = cf::structure_form::list, .first_port = 40000, .last_port = 40031},
             {.form = cf::structure_form::hashtable},
             {.form = cf::structure_form::bitmap, .grain = 64}}};
        around_.sharing = forms[what.seed % forms.size()];
        if (around_.sharing.grain != 1) around_.first_port = 39936, around_.last_port = 40447;
        how_.group = "SIM";
        how_.lock = fate_.one_in(3) ? cf::etcd::locking::held : cf::etcd::locking::transaction;
        how_.lease = std::chrono::seconds(2 + fate_.roll(4));
        how_.keep_alive = how_.lease / 10;
        if (!what.grace) how_.grace = std::chrono::milliseconds(0);
        auto const count = 2 + fate_.roll(4);
        for (nanos i = 0; i < count; ++i)
            stations_.push_back(std::make_unique<station>());
        for (std::size_t i = 0; i < stations_.size(); ++i)
            stations_[i]->name = "S" + std::to_string(i);
        around_.sends = [this](node& sender, stack::fragments const& packet) {
            guarded([&] { check_opening(sender, packet, all_living()); });
            guarded([&] { check_reset(sender, packet, all_living(), cluster_.keys); });
        };
        time_.observe([this] {
            guarded([this] {
                rules_.check(all_living(), cluster_.keys);
                check_owner(all_living());
            });
        });
    }

    verdict play() {
        auto* const outside = new process{.name = "world"};
        time_.run(*outside, [this] {
            try {
                live();
            } catch (broken const& found) {
                report(found);
            } catch (std::exception const& problem) {
                report({problem.what()});
            }
        });
        for (auto const& one : stations_)
            if (one->running != nullptr) count(*one);
        verdict_.inbound = partner_ != nullptr ? partner_->counts().echoed : 0;
        verdict_.log = last_messages();
        return verdict_;
    }

  private:
    void report(broken const& found) {
        if (!verdict_.broken.empty()) return;
        verdict_.broken = std::to_string(time_.now() / us) + " us: " + found.what;
    }
    // What a thread of a stack finds is for the world to tell.
    template <class Look>
    void guarded(Look look) {
        try {
            look();
        } catch (broken const& found) {
            report(found);
        }
    }
    void look() {
        if (auto const error = first_violation()) throw broken{*error};
        if (!verdict_.broken.empty()) throw broken{};
    }

    std::vector<living> all_living() const {
        std::vector<living> all;
        for (auto const& one : stations_)
            if (one->running != nullptr && !one->machine->dead)
                all.push_back({one->name, one->running});
        return all;
    }

    // --- processes
    void start(station& at) {
        at.machine = std::make_unique<process>();
        at.machine->name = at.name;
        at.machine->clock_offset = fate_.roll(1000 * s);
        at.machine->clock_rate = 1 + static_cast<double>(fate_.roll(2001) - 1000) / 1e6;
        at.to_etcd = {.from = at.machine.get()};
        if (whole_) sim::make_whole(at);
        time_.start(*at.machine, [this, &at] { live_as(at); });
    }

    void live_as(station& at) {
        auto facility = join(at);
        auto const rank = static_cast<std::uint8_t>(at.name.back() - '0');
        auto stack = std::make_unique<node>(around_, std::move(facility), rank);
        at.running = stack.get();
        if (calm_) stack->calm_down();
        stack->run();
        count(at);
        at.running = nullptr;
        stack.reset();
        at.machine->dead = true;
    }

    std::unique_ptr<cf::connector> join(station& at) {
        for (;;) {
            auto opened =
                cf::etcd::backend::open(how_, make_client(cluster_, at.to_etcd, fate_, points_));
            if (opened) {
                cf::member_description const who{
                    .stack = at.name, .system = "SYS", .xcf = at.name, .dynamic_xcf = {}, .pid = 1};
                auto joined = cf::connector::join(std::move(*opened), who, fate_.seed());
                if (joined) return std::move(*joined);
                tcpplexd::log_message(tcpplexd::severity::info, joined.error().text);
            } else {
                tcpplexd::log_message(tcpplexd::severity::info, opened.error().text);
            }
            time_.let_pass(200 * ms + fate_.roll(500 * ms));
        }
    }

    void count(station& at) {
        verdict_.connections += at.running->counts().connected;
        verdict_.echoed += at.running->counts().echoed;
        verdict_.fenced += at.running->was_fenced();
        verdict_.moves += at.running->times_owner();
    }

    // Its memory stays as it is; nobody looks at it any more.
    void bury(station& at) {
        if (at.running != nullptr) count(at);
        ++verdict_.deaths;
        at.running = nullptr;
        xcf_.died(at.name);
        (void)at.machine.release();
    }

    void restart_the_dead(bool all) {
        for (auto const& one : stations_) {
            if (one->machine && one->machine->dead) bury(*one);
            if (!one->machine && (all || fate_.one_in(40))) start(*one);
        }
    }

    // --- faults
    template <class Undo>
    void for_a_while(nanos most, Undo undo) {
        time_.at(time_.now() + fate_.roll(most), undo);
    }

    void do_harm() {
        auto& victim =
            *stations_[static_cast<std::size_t>(fate_.roll(static_cast<nanos>(stations_.size())))];
        bool const there = victim.machine && !victim.machine->dead;
        bool const spared = time_.now() < victim.spared_until;
        nanos const life = how_.lease.count() * s;
        switch (fate_.roll(12)) {
            case 0:
                if (there) time_.kill(*victim.machine);
                break;
            case 1:
            case 2:
                if (!there || spared || victim.machine->paused) break;
                ++verdict_.pauses;
                time_.pause(*victim.machine);
                for_a_while(life * 3 / 2,
                            [machine = victim.machine.get()] { machine->paused = false; });
                break;
            case 3:
            case 4:
            case 5:
                if (!there || spared || victim.to_etcd.cut) break;
                ++verdict_.cuts;
                victim.to_etcd.cut = true;
                for_a_while(life * 2, [this, &victim] {
                    victim.to_etcd.cut = false;
                    victim.to_etcd.broken_streams += fate_.one_in(2);
                });
                break;
            case 6:
                xcf_.cut(victim.name, stations_[0]->name);
                for_a_while(5 * s, [this] { xcf_.mend(); });
                break;
            case 7:
                if (time_.now() < etcd_spared_until_) break;
                ++verdict_.outages;
                cluster_.away_until = time_.now() + fate_.roll(fate_.one_in(3) ? 2 * life : 1 * s);
                time_.at(cluster_.away_until, [this] { cluster_.keys.renew_all(time_.now()); });
                break;
            case 8:
                if (there && time_.now() >= cluster_.away_until) expire_early(victim);
                break;
            case 9:
                if (there) ++victim.to_etcd.broken_streams;
                break;
            case 10:
                cluster_.keys.compact();
                break;
            default:
                if (there) victim.to_etcd.deadly = !victim.to_etcd.deadly;
        }
    }

    // A leader may do that (etcd#15247). The time of grace is for a stack that hears of it: one cut
    // off meanwhile is not covered, see docs/decisions.md.
    void expire_early(station& of) {
        if (of.running == nullptr || of.to_etcd.cut || of.machine->paused) return;
        auto const found = cluster_.keys.read({etcd_names.life(of.name), {}}).found;
        if (found.empty()) return;
        ++verdict_.expired;
        of.spared_until = etcd_spared_until_ = time_.now() + 4 * s;
        cluster_.keys.revoke(found[0].lease);
    }

    void make_whole() {
        xcf_.mend();
        net_.lose_one_in(0);
        cluster_.away_until = 0;
        whole_ = true;
        for (auto const& one : stations_)
            sim::make_whole(*one);
    }

    // --- the run
    void pass(nanos until) {
        while (time_.now() < until) {
            time_.let_pass(look_interval);
            if (time_.now() >= cluster_.away_until) cluster_.keys.expire(time_.now());
            look();
        }
    }

    template <class Reached>
    bool pass_until(Reached reached, nanos until) {
        while (!reached()) {
            if (time_.now() >= until) return false;
            restart_the_dead(true);
            pass(time_.now() + 100 * ms);
        }
        return true;
    }

    void live() {
        auto* const far = new process{.name = "partner"};
        time_.start(*far, [this] {
            partner_ = new partner_host(fate_, net_);
            partner_->run();
        });
        net_.lose_one_in(200);
        for (auto const& one : stations_)
            start(*one);
        pass(3 * s);
        while (time_.now() < end_of_faults) {
            pass(time_.now() + fate_.roll(500 * ms));
            restart_the_dead(false);
            do_harm();
        }
        make_whole();
        recover();
        end_owners();
        wind_up();
    }

    // Whatever has happened: all are there again, and make connections.
    void recover() {
        auto const at_work = [this] {
            return std::all_of(stations_.begin(), stations_.end(), [](auto const& one) {
                return one->running != nullptr && one->running->takes_part();
            });
        };
        if (!pass_until(at_work, time_.now() + 30 * s))
            throw broken{"30 s after the last fault a stack still does not take part"};
        for (auto const& one : stations_)
            one->echoed = one->running->counts().echoed;
        auto const all_connect = [this] {
            return std::all_of(stations_.begin(), stations_.end(), [](auto const& one) {
                return one->running != nullptr && one->running->counts().echoed >= one->echoed + 3;
            });
        };
        if (!pass_until(all_connect, std::max(time_.now() + 20 * s, end_of_load)))
            throw broken{"20 s after the last fault a stack still makes no connections: " +
                         idle_stack(stations_)};
    }

    // Whoever has the DVIPA, and however young it is in the group: when it dies another has it
    // soon.
    void end_owners() {
        for (int round = 0; round < 3; ++round) {
            if (!pass_until([this] { return owner_among(stations_) != nullptr; },
                            time_.now() + 10 * s))
                throw broken{"10 s after all are there nobody owns the DVIPA"};
            auto const name = owner_among(stations_)->name;
            time_.kill(*owner_among(stations_)->machine);
            auto const patience = 2 * how_.lease.count() * s + 5 * s;
            for (auto const end = time_.now() + patience; owner_among(stations_) == nullptr;
                 pass(time_.now() + 1))
                if (time_.now() >= end) throw broken{"nobody takes over from " + name};
            restart_the_dead(true);
            recover();
        }
    }

    void wind_up() {
        calm_ = true;  // of stacks that begin anew, too
        for (auto const& one : stations_)
            one->running->calm_down();
        partner_->calm_down();
        auto const ended = [this] {
            return partner_->is_idle() &&
                   std::all_of(stations_.begin(), stations_.end(), [](auto const& one) {
                       return one->running != nullptr && one->running->is_idle() &&
                              one->running->uses().empty();
                   });
        };
        if (!pass_until(ended, time_.now() + 60 * s))
            throw broken{std::string("the connections do not end within 60 s: ") +
                         (partner_->is_idle() ? "the partner has none" : "the partner has some") +
                         what_is_left(stations_)};
        for (auto const& one : stations_)
            one->running->end_all();
        // Blocks go back when they have been idle for a minute.
        auto const blocks = around_.sharing.grain != 1 ? 150 * s : 0;
        auto const empty = [this] {
            try {
                check_empty(cluster_.keys);
            } catch (broken const&) {
                return false;
            }
            return true;
        };
        if (!pass_until(empty, time_.now() + 15 * s + blocks)) check_empty(cluster_.keys);
    }

    dice fate_;
    scheduler time_;
    cluster cluster_;
    internet net_;
    xcf_network xcf_;
    crash_points& points_;
    surroundings around_{fate_, net_, xcf_, {}, 40000, 40031, {}};
    cf::etcd::settings how_;
    stations stations_;
    partner_host* partner_ = nullptr;
    rules_of_use rules_;
    nanos etcd_spared_until_ = 0;
    bool whole_ = false;  ///< nothing fails any more, on the way of stacks that begin anew, too
    bool calm_ = false;
    verdict verdict_;
};

}  // namespace

verdict run(scenario const& how, crash_points& points) {
    auto* const all = new plex(how, points);  // its threads outlive this call
    return all->play();
}

}  // namespace sim
