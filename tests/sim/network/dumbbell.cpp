#include "network/dumbbell.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/ecn.hpp"
#include "stack/wire/tcp.hpp"

#include <algorithm>

namespace sim {

namespace {

constexpr std::uint32_t ip_header = 20;
constexpr std::uint16_t discard = 9;

}  // namespace

dumbbell::dumbbell(network_plan const& plan, std::uint64_t seed)
    : random_(seed), silent_(plan.silent), there_(plan.there, random_), back_(plan.back, random_) {
    std::uint32_t number = 0;
    for (flow_plan const& p : plan.flows) {
        pair& f = flows_.emplace_back();
        f.plan = p;
        f.tuple = {{stack::address::v4(0x0a010001 + number), 40000},
                   {stack::address::v4(0x0a020001 + number), discard}};
        auto const towards = [this, number](bool right) {
            return [this, number, right](stack::tcp::outgoing_segment const& segment) {
                put(number, right, segment);
            };
        };
        f.left = std::make_unique<bulk_host>(p.sender, plan.first_mtu, towards(true), random_);
        f.right = std::make_unique<bulk_host>(p.receiver, plan.first_mtu, towards(false), random_);
        f.right->listen(f.tuple.remote);
        add(begin + p.starts, event_kind::start, false, number);
        ++number;
    }
}

void dumbbell::add(instant at, event_kind kind, bool to_right, std::uint32_t flow,
                   std::uint32_t packet) {
    events_to_come_.push({at, order_++, kind, to_right, flow, packet});
}

std::uint32_t dumbbell::keep(frame one) {
    if (free_packets_.empty()) {
        packets_.push_back(std::move(one));
        return static_cast<std::uint32_t>(packets_.size() - 1);
    }
    std::uint32_t const packet = free_packets_.back();
    free_packets_.pop_back();
    packets_[packet] = std::move(one);
    return packet;
}

frame dumbbell::take(std::uint32_t packet) {
    free_packets_.push_back(packet);
    return std::move(packets_[packet]);
}

void dumbbell::put(std::uint32_t flow, bool to_right, stack::tcp::outgoing_segment const& segment) {
    for (frame& one : split(copy_of(segment)))
        put_one(flow, to_right, std::move(one));
}

void dumbbell::put_one(std::uint32_t flow, bool to_right, frame one) {
    bool const data = to_right && one.bytes.size() > one.header;
    if (data && drop_ && drop_(data_packets_++)) return;
    line& through = to_right ? there_ : back_;
    instant arrives;
    auto const bytes = static_cast<std::uint32_t>(one.bytes.size()) + ip_header;
    fate const what_happens = through.enter(bytes, one.ecn != 0, now_, arrives);
    duration const extra = flows_[flow].plan.extra_delay;
    if (what_happens == fate::marked) one.ecn = stack::wire::ecn_congested;
    if (what_happens == fate::arrives || what_happens == fate::marked)
        add(arrives + extra, event_kind::packet, to_right, flow, keep(std::move(one)));
    if (what_happens == fate::too_big && !silent_)
        add(now_, event_kind::too_big, !to_right, flow, keep(std::move(one)));
}

void dumbbell::input(bulk_host& to, frame const& f) {
    to.engine().input({f.source, f.destination, f.bytes, f.gso_size, f.ecn}, now_);
}

void dumbbell::arrive(event const& e) {
    bulk_host& to = host(e.flow, e.to_right);
    frame whole = take(e.packet);
    // What has arrived together is joined, as a network card's offload does.
    auto const follows = [&] {
        if (events_to_come_.empty()) return false;
        event const& next = events_to_come_.top();
        return next.at == e.at && next.kind == event_kind::packet && next.flow == e.flow &&
               next.to_right == e.to_right;
    };
    while (follows()) {
        event const next = events_to_come_.top();
        events_to_come_.pop();
        frame one = take(next.packet);
        if (merge(whole, one)) continue;
        input(to, whole);
        whole = std::move(one);
    }
    input(to, whole);
}

void dumbbell::tell_too_big(event const& e) {
    frame const one = take(e.packet);
    auto const& [left, right] = flows_[e.flow].tuple;
    stack::four_tuple const tuple{e.to_right ? right : left, e.to_right ? left : right};
    std::uint32_t const quoted = stack::load_be32(one.bytes.data() + 4);
    std::uint16_t const mtu = e.to_right ? back_.mtu() : there_.mtu();
    host(e.flow, e.to_right).engine().path_mtu_changed(tuple, quoted, mtu, now_);
}

void dumbbell::happen(event const& e) {
    pair& f = flows_[e.flow];
    switch (e.kind) {
        case event_kind::start:
            f.left->connect(f.tuple, f.plan.to_send, now_);
            break;
        case event_kind::wake: {
            instant& wakes = e.to_right ? f.right_wakes : f.left_wakes;
            if (wakes == e.at) wakes = instant::max();
            break;
        }
        case event_kind::packet:
            arrive(e);
            break;
        case event_kind::too_big:
            tell_too_big(e);
            break;
    }
    let_work(e.flow, e.to_right);
}

void dumbbell::let_work(std::uint32_t flow, bool right) {
    bulk_host& h = host(flow, right);
    h.work(now_);
    instant& wakes = right ? flows_[flow].right_wakes : flows_[flow].left_wakes;
    auto const next = h.engine().next_deadline();
    if (!next || *next >= wakes) return;
    wakes = std::max(*next, now_);
    add(wakes, event_kind::wake, right, flow);
}

void dumbbell::run_until(duration time) {
    instant const end = begin + time;
    while (!events_to_come_.empty() && events_to_come_.top().at <= end) {
        event const e = events_to_come_.top();
        events_to_come_.pop();
        now_ = e.at;
        ++events_;
        happen(e);
        pair const& f = flows_[e.flow];
        if (f.left->trouble() || f.right->trouble()) return;
    }
}

std::optional<std::string> dumbbell::trouble() const {
    for (std::size_t i = 0; i < flows_.size(); ++i) {
        std::string const name = "flow " + std::to_string(i);
        if (auto const& t = flows_[i].left->trouble()) return name + ", sender: " + *t;
        if (auto const& t = flows_[i].right->trouble()) return name + ", receiver: " + *t;
    }
    return std::nullopt;
}

unsigned jain_per_mille(std::vector<std::uint64_t> const& shares) {
    double sum = 0;
    double squares = 0;
    for (std::uint64_t const share : shares) {
        auto const x = static_cast<double>(share);
        sum += x;
        squares += x * x;
    }
    if (squares == 0) return 0;
    return static_cast<unsigned>(1000 * sum * sum / (static_cast<double>(shares.size()) * squares));
}

}  // namespace sim
