#include "sim_world.hpp"

#include "cf/trace/ring.hpp"
#include "replay.hpp"
#include "sim_graves.hpp"
#include "sim_invariants.hpp"
#include "sim_stack.hpp"
#include "virtual_time.hpp"

namespace cf::sim {

namespace {

using test::d1;
constexpr std::int64_t ms = 1000, s = 1000 * ms;  // virtual microseconds
constexpr std::int64_t end_of_load = 60 * s;

class world {
  public:
    world(scenario const& how, crash_points& points)
        : how_(how),
          random_(how.seed),
          faults_(std::make_shared<random_faults>(random_, points, how.target)) {
        facility_ = std::make_shared<memory::facility>(faults_);
        for (std::size_t i = 0; i < stack_count; ++i)
            stacks_[i].name = "S" + std::to_string(i);
    }

    verdict play() {
        try {
            for (auto& one : stacks_)
                start(one);
            for (auto& one : stacks_)
                live(one);
            at(roll(2 * s), [this] { switch_on(); });
            run_until_idle();
            if (how_.coordinated) wind_up();
            verdict_.replayed = replay_.judged();
        } catch (broken const& found) {
            verdict_.broken = "seed " + std::to_string(how_.seed) + ", " +
                              std::to_string(time_.now()) + " us: " + found.what;
        }
        return verdict_;
    }

  private:
    std::int64_t roll(std::int64_t below) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(below));
    }
    void at(std::int64_t delay, std::function<void()> action) {
        time_.at(delay, std::move(action));
    }

    void run_until_idle() {
        while (time_.pass()) {
            // Half the time the next stack, not the check, finds what a crash left.
            if (how_.coordinated && roll(2) == 0) check();
        }
    }

    // --- operations of a stack; a crash inside ends the stack
    template <class Operation>
    bool attempt(simulated_stack& self, Operation operation) {
        if (!self.cf) return false;
        faults_->armed = true;
        try {
            operation();
            faults_->armed = false;
            return true;
        } catch (memory::crashed const&) {
            faults_->armed = false;
            die(self);
            return false;
        }
    }

    void die(simulated_stack& self) {
        ++verdict_.crashes;
        auto certain = self.ports();
        certain.erase(self.uncertain);
        graves_.bury(self.cf->self(), std::move(certain));
        facility_->kill(self.cf->self());
        self.forget();
        if (time_.now() < end_of_load) at(roll(3 * s), [this, &self] { start(self); });
    }

    void start(simulated_stack& self) {
        if (self.cf) return;
        graves_.clear();  // joining recovers the dead
        faults_->armed = true;
        try {
            auto joined = connector::join(std::make_unique<memory::backend>(facility_),
                                          test::described(self.name), random_());
            if (joined) self.cf = std::move(*joined);
        } catch (memory::crashed const&) {  // recovering others, before it was a member
            ++verdict_.crashes;
        }
        faults_->armed = false;
        if (!self.cf) return at(roll(2 * s), [this, &self] { start(self); });
        (void)attempt(self, [&] { (void)self.cf->backfill(d1, {}); });
    }

    // As long as the load lasts.
    void live(simulated_stack& self) {
        if (time_.now() >= end_of_load) return;
        at(roll(200 * ms), [this, &self] { live(self); });
        if (!self.cf) return;
        watch(self);
        if (!self.cf) return;
        switch (roll(24)) {
            case 0:
                serve(self);
                break;
            case 1:
                unserve(self);
                break;
            case 2:
            case 3:
            case 4:
                bind(self);
                break;
            case 5:
                if (roll(6) == 0) die(self);
                break;
            case 6:
                if (roll(3) == 0) leave(self);
                break;
            case 7:
                if (roll(5) == 0) switch_off(self);
                break;
            case 8:
                if (roll(3) == 0) switch_on();
                break;
            case 9:
                tend(self);
                break;
            default:
                open(self);
        }
    }

    void watch(simulated_stack& self) {
        for (auto const& seen : self.cf->check())
            if (seen.what == group_event::kind::failed) self.to_recover.push_back(seen.who);
        auto pending = std::exchange(self.to_recover, {});
        for (auto const& failed : pending) {
            result<> done;
            graves_.open(failed.incarnation);
            if (!attempt(self, [&] { done = self.cf->recover(failed); })) return;
            if (!done) self.to_recover.push_back(failed);
        }
        if (self.unreleased.empty()) return;
        result<> flushed = failure{};
        if (!attempt(self, [&] { flushed = self.cf->flush(d1, patience::try_once); })) return;
        if (flushed) self.unreleased.clear();
    }

    void open(simulated_stack& self) {
        if (!how_.coordinated) return open_alone(self, true);
        // As a daemon does, which asks nobody then: blocks may be left from before.
        if (self.cf->settings(d1).value().state == sharing_state::off)
            return open_alone(self, false);
        port_words excluded = test::only(first_port, last_port);
        for (auto port : self.ports())
            insert(excluded, port);
        result<std::uint16_t> port = failure{};
        if (!attempt(self, [&] {
                port = self.cf->allocate(d1, test::remote, excluded, patience::try_once);
            }))
            return;
        if (port) return opened(self, *port);
        if (port.error().code == error::not_shared) open_alone(self, false);
        if (port.error().code == error::exhausted) recall(self, 0);
    }

    // Blocks: the others spare what they can; the next connect finds it.
    void recall(simulated_stack& self, std::uint16_t port) {
        for (auto& other : stacks_)
            if (&other != &self) (void)attempt(other, [&] { (void)other.cf->recall(d1, port); });
    }

    void bind(simulated_stack& self) {
        auto port = static_cast<std::uint16_t>(first_port + roll(last_port - first_port + 1));
        if (!how_.coordinated || self.uses_port(port) || self.unreleased.count(port) != 0) return;
        result<> bound = failure{};
        self.uncertain = port;
        if (!attempt(self, [&] { bound = self.cf->claim(d1, port, patience::try_once); })) return;
        self.uncertain = 0;
        if (bound) return opened(self, port);
        if (bound.error().code == error::in_use) recall(self, port);
    }

    void opened(simulated_stack& self, std::uint16_t port) {
        self.unreleased.erase(port);  // what was owed came first
        ++verdict_.connections;
        for (auto const& other : stacks_) {
            if (&other == &self) continue;
            if (other.uses_port(port))
                throw broken{self.name + " got port " + std::to_string(port) + " that " +
                             other.name + " uses"};
            if (other.services.count(port) != 0)
                throw broken{self.name + " got service port " + std::to_string(port)};
        }
        graves_.check(self.name, port);
        begin_use(self, {port, true});
    }

    // Without the facility only its own uses count.
    void open_alone(simulated_stack& self, bool common_peer) {
        for (unsigned p = first_port; p <= last_port; ++p) {
            auto port = static_cast<std::uint16_t>(p);
            if (self.uses_port(port) || self.services.count(port) != 0 ||
                self.unreleased.count(port) != 0)
                continue;
            // As the daemon picks: a block still held may be given from by its holder.
            if (how_.coordinated && self.cf->who_holds(d1, port).what != port_holder::kind::nobody)
                continue;
            for (auto const& other : stacks_)
                if (&other != &self && common_peer && other.is_live_to_common_peer(port))
                    ++verdict_.collisions;
            return begin_use(self, {port, common_peer});
        }
    }

    // The connection lives, then TIME-WAIT, then the port goes back.
    void begin_use(simulated_stack& self, use what) {
        self.uses.push_back(what);
        auto incarnation = self.cf->self().incarnation;
        auto lives = roll(3 * s) + (roll(2) == 0 ? 2 * s : 0);
        at(lives, [this, &self, what, incarnation] {
            if (!self.cf || self.cf->self().incarnation != incarnation) return;
            std::erase_if(self.uses, [&](use const& one) { return one.port == what.port; });
            release(self, what.port);
        });
    }

    void release(simulated_stack& self, std::uint16_t port) {
        if (!how_.coordinated) return;
        result<> released;
        self.uncertain = port;
        if (!attempt(self, [&] { released = self.cf->release(d1, port, patience::try_once); }))
            return;
        self.uncertain = 0;
        if (!released) self.unreleased.insert(port);
    }

    void serve(simulated_stack& self) {
        auto port = static_cast<std::uint16_t>(first_port + roll(last_port - first_port + 1));
        if (!how_.coordinated || self.uses_port(port) || self.unreleased.count(port) != 0) return;
        result<> served = failure{};
        if (!attempt(self, [&] { served = self.cf->serve(d1, port, patience::try_once); })) return;
        if (!served) return;
        for (auto const& other : stacks_)
            if (&other != &self && other.uses_port(port))
                throw broken{self.name + " serves port " + std::to_string(port) + " that " +
                             other.name + " uses"};
        self.services.insert(port);
    }

    void unserve(simulated_stack& self) {
        if (self.services.empty()) return;
        auto port = *self.services.begin();
        result<> done = failure{};
        self.services.erase(port);
        if (!attempt(self, [&] { done = self.cf->unserve(d1, port, patience::try_once); })) return;
        if (!done) self.unreleased.insert(port);
    }

    void leave(simulated_stack& self) {
        result<> left = failure{};
        self.uses.clear();  // it ends its connections first
        self.services.clear();
        self.unreleased.clear();
        if (!attempt(self, [&] { left = self.cf->leave(); })) return;
        if (!left) return die(self);
        self.forget();
        at(roll(3 * s), [this, &self] { start(self); });
    }

    // A form can't change while a port is in use: each run has its own.
    sharing_request form_of_the_run() const {
        static constexpr std::array<sharing_request, 3> forms{
            {{.form = structure_form::bitmap},
             {.form = structure_form::list, .first_port = first_port, .last_port = last_port},
             {.form = structure_form::bitmap, .grain = 64}}};
        return forms[how_.seed % forms.size()];
    }

    // --- switching
    void switch_on() {
        auto& self = stacks_[static_cast<std::size_t>(roll(stack_count))];
        if (!how_.coordinated || !self.cf || time_.now() >= end_of_load) return;
        result<dvipa_settings> begun = failure{};
        if (!attempt(self, [&] { begun = self.cf->begin_enable(d1, form_of_the_run()); })) return;
        if (!begun || begun->state != sharing_state::enabling) return;
        for (auto& other : stacks_)
            at(roll(500 * ms), [this, &other] { backfill(other); });
        complete(self, time_.now() + 5 * s);
    }

    void backfill(simulated_stack& self) {
        port_words ports{}, services{};
        for (auto port : self.ports())
            insert(ports, port);
        for (auto port : self.services)
            insert(services, port);
        result<> filled = failure{};
        if (!attempt(self, [&] {
                filled = self.cf->backfill(d1, {.bound = ports, .services = services});
            }))
            return;
        if (filled)
            verdict_.adopted += static_cast<int>(self.ports().size());
        else if (filled.error().code != error::not_shared)
            at(roll(100 * ms), [this, &self] { backfill(self); });
    }

    // Asks again until the barrier opens or its time is over.
    void complete(simulated_stack& self, std::int64_t deadline) {
        at(100 * ms, [this, &self, deadline] {
            result<barrier> reached = failure{};
            if (!attempt(self, [&] { reached = self.cf->try_complete(d1); })) return;
            if (reached && reached->on) return void(++verdict_.switched_on);
            if (!reached && reached.error().code == error::not_shared) return;
            if (time_.now() < deadline) return complete(self, deadline);
            result<std::vector<std::string>> silent = failure{};
            if (attempt(self, [&] { silent = self.cf->abandon(d1); }) && !silent)
                complete(self, deadline);
        });
    }

    // As if a minute had gone by since blocks were last used.
    void tend(simulated_stack& self) {
        auto const later = block_pool::clock::now() + 2 * block_pool::idle_time;
        (void)attempt(self, [&] { (void)self.cf->tend(later); });
    }

    void switch_off(simulated_stack& self) {
        (void)attempt(self, [&] { (void)self.cf->begin_disable(d1); });
    }

    // --- invariants
    void check() {
        bool every_word = roll(16) == 0;
        memory::backend oracle(facility_);
        auto checked = oracle.update(
            d1, {}, [&](view& structures) { check_structures(structures, stacks_, every_word); });
        if (!checked) throw broken{"the structures cannot be read: " + checked.error().text};
        if (++checks_ % 50 == 0) verify_structures(oracle);
        replay_.feed(oracle.trace(d1, trace::ring_size));
        if (!replay_.fault().empty()) throw broken{"the trace: " + replay_.fault()};
    }

    static void give_all_back(connector& one) {
        do
            one.flush(d1, patience::wait).value();
        while (one.recall(d1, 0).value() == connector::recalled::given_back);
    }

    // The load is over, every connection has ended: what is left must be nothing.
    void wind_up() {
        faults_->armed = false;
        auto& last = stacks_[0];
        if (!last.cf)
            last.cf = connector::join(std::make_unique<memory::backend>(facility_),
                                      test::described(last.name), 1)
                          .value();
        for (auto& one : stacks_)
            if (one.cf) give_all_back(*one.cf);
        for (auto& one : stacks_)
            for (auto port : one.services)
                one.cf->unserve(d1, port, patience::wait).value();
        for (auto const& one : last.cf->members())
            if (!memory::backend(facility_).alive(one)) last.cf->recover(one).value();
        for (unsigned p = 0; p < 65536; ++p)
            if (last.cf->who_holds(d1, static_cast<std::uint16_t>(p)).what !=
                port_holder::kind::nobody)
                throw broken{"port " + std::to_string(p) + " is lost"};
    }

    scenario how_;
    std::mt19937_64 random_;
    std::shared_ptr<random_faults> faults_;
    std::shared_ptr<memory::facility> facility_;
    std::array<simulated_stack, stack_count> stacks_;
    graves graves_;
    test::replay replay_;
    std::uint64_t checks_ = 0;
    virtual_time time_;
    verdict verdict_;
};

}  // namespace

verdict run(scenario const& how, crash_points& points) {
    return world(how, points).play();
}

}  // namespace cf::sim
