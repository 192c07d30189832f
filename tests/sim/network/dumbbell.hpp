// Many flows through one bottleneck, in virtual time, from one seed.
#pragma once

#include "network/bulk_host.hpp"
#include "network/line.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <vector>

namespace sim {

/// A sender left of the bottleneck, a receiver right of it.
struct flow_plan {
    std::uint64_t to_send = UINT64_MAX;  ///< bytes; UINT64_MAX: without end
    duration starts{};                   ///< after the simulation's begin
    duration extra_delay{};              ///< one way, after the line both ways
    stack::tcp_settings sender;
    stack::tcp_settings receiver;
};

struct network_plan {
    line_settings there;  ///< from senders to receivers
    line_settings back;
    std::uint16_t first_mtu = 1500;  ///< of the links beside the hosts
    bool silent = false;             ///< the lines tell nobody of what was too big
    std::vector<flow_plan> flows;
};

class dumbbell {
  public:
    dumbbell(network_plan const& plan, std::uint64_t seed);

    /// Goes on until `time` after the begin, or until nothing is left to happen, or until
    /// something is wrong. Invariants of an engine are checked after each event of it.
    void run_until(duration time);
    /// From the next packet on, the line to the receivers takes packets of up to `mtu` bytes; its
    /// router tells the senders of what was too big, unless it is silent.
    void change_mtu(std::uint16_t mtu) { there_.change_mtu(mtu); }
    /// Packet number `n` of those with payload that reach the line is dropped if `wanted(n)`.
    void drop_data(std::function<bool(std::uint64_t)> wanted) { drop_ = std::move(wanted); }

    bulk_host& sender(std::size_t flow) { return *flows_[flow].left; }
    bulk_host& receiver(std::size_t flow) { return *flows_[flow].right; }
    std::size_t flows() const { return flows_.size(); }
    line const& bottleneck() const { return there_; }
    /// The moment of the last event.
    instant now() const { return now_; }
    std::uint64_t events() const { return events_; }
    std::optional<std::string> trouble() const;

  private:
    static constexpr instant begin{std::chrono::hours(1)};

    struct pair {
        flow_plan plan;
        stack::four_tuple tuple;  ///< as the sender sees it
        std::unique_ptr<bulk_host> left;
        std::unique_ptr<bulk_host> right;
        instant left_wakes = instant::max();
        instant right_wakes = instant::max();
    };
    enum class event_kind : std::uint8_t { start, wake, packet, too_big };
    struct event {
        instant at;
        std::uint64_t order;  ///< of two at one moment, the first made is the first
        event_kind kind;
        bool to_right;
        std::uint32_t flow;
        std::uint32_t packet;
        bool operator<(event const& other) const {
            return at != other.at ? at > other.at : order > other.order;
        }
    };

    bulk_host& host(std::uint32_t flow, bool right) {
        return right ? *flows_[flow].right : *flows_[flow].left;
    }
    void add(instant at, event_kind kind, bool to_right, std::uint32_t flow,
             std::uint32_t packet = 0);
    void put(std::uint32_t flow, bool to_right, stack::tcp::outgoing_segment const& segment);
    void put_one(std::uint32_t flow, bool to_right, frame one);
    std::uint32_t keep(frame one);
    frame take(std::uint32_t packet);
    void happen(event const& e);
    void arrive(event const& e);
    void input(bulk_host& to, frame const& f);
    void tell_too_big(event const& e);
    void let_work(std::uint32_t flow, bool right);

    random_source random_;
    bool silent_;
    line there_;
    line back_;
    std::deque<pair> flows_;
    std::priority_queue<event> events_to_come_;
    std::vector<frame> packets_;
    std::vector<std::uint32_t> free_packets_;
    std::function<bool(std::uint64_t)> drop_;
    std::uint64_t data_packets_ = 0;
    std::uint64_t order_ = 0;
    std::uint64_t events_ = 0;
    instant now_ = begin;
};

/// 1000 times Jain's index of fairness: 1000 if all are equal, 1000 / n if one has everything.
unsigned jain_per_mille(std::vector<std::uint64_t> const& shares);

}  // namespace sim
