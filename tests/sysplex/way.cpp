#include "way.hpp"

#include <optional>
#include <utility>

namespace sim {

namespace etcd = cf::etcd;

namespace {

constexpr nanos call_deadline = 1 * s;

nanos latency(dice& fate) {
    return fate.one_in(100) ? fate.roll(100 * ms) : 50 * us + fate.roll(2 * ms);
}

class simulated_watch final : public etcd::watch_stream {
  public:
    simulated_watch(cluster& at, way& through, dice& fate, etcd::key_range which,
                    etcd::revision from)
        : at_(at),
          way_(through),
          fate_(fate),
          which_(std::move(which)),
          from_(from),
          stream_(through.broken_streams) {}

    std::optional<batch> next() override {
        auto& time = scheduler::current();
        for (;;) {
            if (cancelled_ || stream_ != way_.broken_streams) return std::nullopt;
            if (!way_.cut && time.now() >= at_.away_until) {
                if (from_ < at_.keys.compacted()) compacted_ = true;
                if (compacted_) return std::nullopt;
                auto found = at_.keys.change(which_, from_);
                bool const asked = std::exchange(asked_, false);
                if (found || asked) time.let_pass(latency(fate_));
                if (way_.cut || cancelled_) continue;
                if (found) {
                    from_ = found->at + 1;
                    return found;
                }
                if (asked) return batch{{}, at_.keys.at()};
            }
            time.wait(&at_.keys, time.now() + 100 * ms);
        }
    }
    bool compacted() const override { return compacted_; }
    void ask_for_life() override {
        asked_ = true;
        scheduler::current().wake(&at_.keys);
    }
    void cancel() override {
        cancelled_ = true;
        scheduler::current().wake(&at_.keys);
    }

  private:
    cluster& at_;
    way& way_;
    dice& fate_;
    etcd::key_range which_;
    etcd::revision from_;
    std::uint64_t stream_;
    bool cancelled_ = false;
    bool compacted_ = false;
    bool asked_ = false;
};

class simulated_client final : public etcd::client {
  public:
    simulated_client(cluster& at, way& through, dice& fate, crash_points& points)
        : at_(at), way_(through), fate_(fate), points_(points) {}

    etcd::call_result<etcd::answer> transact(etcd::transaction const& what) override {
        bool const reading = what.writes.empty() && what.compares.empty();
        ++(reading ? counts_.reads : counts_.transactions);
        return call<etcd::answer>(reading ? "read" : "transaction",
                                  [&at = at_, what] { return at.keys.transact(what); });
    }
    etcd::call_result<etcd::answer> read(etcd::key_range const& which) override {
        ++counts_.reads;
        return call<etcd::answer>("read", [&at = at_, which]() -> result_of<etcd::answer> {
            return at.keys.read(which);
        });
    }
    etcd::call_result<etcd::lease_id> grant(std::chrono::seconds life) override {
        return call<etcd::lease_id>("grant", [&at = at_, life]() -> result_of<etcd::lease_id> {
            return at.keys.grant(life.count() * s, scheduler::current().now());
        });
    }
    etcd::call_result<bool> keep_alive(etcd::lease_id lease) override {
        return call<bool>("keep alive", [&at = at_, lease]() -> result_of<bool> {
            return at.keys.keep_alive(lease, scheduler::current().now());
        });
    }
    etcd::call_result<> revoke(etcd::lease_id lease) override {
        auto done = call<bool>(
            "revoke", [&at = at_, lease]() -> result_of<bool> { return at.keys.revoke(lease); });
        if (!done) return done.error();
        return {};
    }
    std::unique_ptr<etcd::watch_stream> watch(etcd::key_range const& which,
                                              etcd::revision from) override {
        return std::make_unique<simulated_watch>(at_, way_, fate_, which, from);
    }
    etcd::call_counts counts() const override { return counts_; }
    std::string names() const override { return "etcd at simulated:2379"; }

  private:
    template <class T>
    using result_of = etcd::call_result<T>;
    template <class T>
    struct exchange {
        std::function<result_of<T>()> serve;
        std::optional<result_of<T>> served;
        bool answered = false;
    };

    void pass(std::string const& point) {
        auto& [passed, died] = points_.seen[point];
        ++passed;
        if (!way_.deadly || !fate_.one_in(300)) return;
        ++died;
        scheduler::current().kill(*way_.from);
    }

    // The request arrives, or not; so does the answer.
    template <class T>
    static void arrive(std::shared_ptr<exchange<T>> what, cluster& at, way& through, dice& fate) {
        auto& time = scheduler::current();
        if (through.cut) return;
        if (time.now() < at.away_until)
            return time.at(at.away_until + fate.roll(5 * ms),
                           [what, &at, &through, &fate] { arrive(what, at, through, fate); });
        what->served = what->serve();
        if (fate.one_in(through.loss)) return;
        time.at(time.now() + latency(fate), [what, &through] {
            if (through.cut) return;
            what->answered = true;
            scheduler::current().wake(what.get());
        });
    }

    template <class T, class Serve>
    result_of<T> call(std::string const& name, Serve serve) {
        auto& time = scheduler::current();
        auto const deadline = time.now() + call_deadline;
        pass(name + " not sent");
        // A connection known to be gone is not tried with.
        if (way_.cut && fate_.one_in(2)) {
            while (time.wait(this, deadline)) {
            }
            return etcd::call_failure{etcd::call_failure::kind::not_done, "no connection"};
        }
        auto const what = std::make_shared<exchange<T>>();
        what->serve = std::move(serve);
        auto const travel = fate_.one_in(way_.late) ? 500 * ms + fate_.roll(3 * s) : latency(fate_);
        if (!fate_.one_in(way_.loss))
            time.at(time.now() + travel, [what, &at = at_, &through = way_, &fate = fate_] {
                arrive(what, at, through, fate);
            });
        pass(name + " sent");
        while (!what->answered)
            if (!time.wait(what.get(), deadline) && !what->answered)
                return etcd::call_failure{etcd::call_failure::kind::unknown, "no answer"};
        pass(name + " answered");
        return *what->served;
    }

    cluster& at_;
    way& way_;
    dice& fate_;
    crash_points& points_;
    etcd::call_counts counts_;
};

}  // namespace

std::unique_ptr<etcd::client> make_client(cluster& at, way& through, dice& fate,
                                          crash_points& points) {
    return std::make_unique<simulated_client>(at, through, fate, points);
}

}  // namespace sim
