#include "stack/dvipa/datagram_router.hpp"

namespace stack::dvipa {
namespace {

using kind = connection_notice::kind;

/// The finalizer of MurmurHash3: every bit of a flow's hash and of a member's name counts.
std::uint64_t mixed(std::uint64_t flow, member_id who) {
    std::uint64_t x = flow ^ (std::uint64_t{who.incarnation} << 16 | who.slot);
    x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
    x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
}

/// The one of those offered to it that has the highest number with the flow.
class highest {
  public:
    explicit highest(std::uint64_t flow) : flow_(flow) {}
    void offer(member_id who) {
        auto const number = mixed(flow_, who);
        if (best && number <= most_) return;
        best = who;
        most_ = number;
    }
    std::optional<member_id> best;

  private:
    std::uint64_t flow_;
    std::uint64_t most_ = 0;
};

}  // namespace

std::optional<member_id> datagram_router::receiver(dvipa_settings const& dvipa,
                                                   four_tuple const& tuple) const {
    auto const self = topology_.settings().self;
    auto const own = own_.takes(tuple);
    if (own == udp::sockets::match::connected) return self;
    auto const* const rule = dvipa.distribution_of(tuple.local.port);
    bool const by_client = rule != nullptr && rule->affinity.count() != 0;
    highest choice(hash_(
        {tuple.local, {tuple.remote.host, by_client ? std::uint16_t{0} : tuple.remote.port}}));
    for (auto const who : receivers_.find(tuple))
        choice.offer(who);
    if (choice.best) return choice.best;

    bool const own_bound = own == udp::sockets::match::bound;
    bool const own_counts = rule != nullptr && rule->target(self) != nullptr &&
                            !topology_.settings().quiesced.contains(tuple.local.port);
    if (rule == nullptr && own_bound) return self;
    for (auto const who : receivers_.find({tuple.local, {}}))
        if (rule == nullptr || rule->target(who) != nullptr) choice.offer(who);
    if (own_bound && own_counts) choice.offer(self);
    if (!choice.best && own_bound) return self;
    return choice.best;
}

void datagram_router::notice(member_id from, connection_notice const& notice) {
    auto const* const dvipa = topology_.dvipa(notice.tuple.local.host);
    if (notice.what == kind::stopped_receiving) return receivers_.remove(notice.tuple, from);
    if (dvipa == nullptr || !topology_.owns(*dvipa)) return;
    if (!receivers_.add(notice.tuple, from)) counts_.drop(ip::drop_reason::routing_table_full);
}

void datagram_router::configure() {
    receivers_.keep_addresses([&](address const& host) {
        auto const* const dvipa = topology_.dvipa(host);
        return dvipa != nullptr && topology_.owns(*dvipa);
    });
}

void datagram_router::announce_quiesced(quiesced_servers const& before) {
    auto const& now = topology_.settings().quiesced;
    if (now == before) return;
    for (auto const& dvipa : topology_.settings().dvipas)
        own_.each_name([&](bound_name const& local, endpoint const& remote) {
            bool const is_now = now.contains(local.local.port);
            if (is_now != before.contains(local.local.port))
                tell(is_now ? kind::stopped_receiving : kind::receiving, dvipa, local, remote);
        });
}

void datagram_router::named(bound_name const& local, endpoint const& remote) {
    if (is_quiesced(local)) return;
    for (auto const& dvipa : topology_.settings().dvipas)
        tell(kind::receiving, dvipa, local, remote);
}

void datagram_router::unnamed(bound_name const& local, endpoint const& remote) {
    for (auto const& dvipa : topology_.settings().dvipas)
        tell(kind::stopped_receiving, dvipa, local, remote);
}

void datagram_router::tell(kind what, dvipa_settings const& dvipa, bound_name const& local,
                           endpoint const& remote) {
    if (!local.covers(dvipa.host) || !topology_.owned_by_another(dvipa)) return;
    world_.notify(dvipa.owner, {what, {{dvipa.host, local.local.port}, remote}});
}

}  // namespace stack::dvipa
