// Joins the stack's need for shared ports with the coupling facility that has them.
#pragma once

#include "cf/connector.hpp"
#include "daemon/sysplex/connection_notes.hpp"
#include "daemon/sysplex/facility_thread.hpp"
#include "daemon/sysplex/stack_ports.hpp"
#include "stack/shard/owner.hpp"
#include "stack/socket/port_source.hpp"

#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace tcpplexd {

/// The facility's key of an address.
cf::dvipa facility_key(stack::address const& dvipa);
cf::destination facility_destination(stack::endpoint const& remote);
stack::address stack_address(cf::dvipa const& dvipa);

/// The port_source of one stack. Tries on the shard's thread; a busy facility is waited for on the
/// facility thread, and from then on everything goes that way until it is idle again, so that
/// requests for one port keep their order. While sharing is being switched on requests wait, at
/// most 2 s. While the facility does not answer (cf::lease_state) they are refused at once, and
/// what is given back is kept until it does. While it is off or draining ports are picked here,
/// among those that nobody holds, and not recorded. Shared in blocks, ports come from those held;
/// what another stack holds in a block it is asked for before a request is refused.
class port_bridge : public stack::port_source {
  public:
    port_bridge(boost::asio::io_context& io, cf::connector& facility, facility_thread& worker);
    /// What is asked about a DVIPA.
    struct questions {
        /// Whether this stack's configuration shares its ports: while the facility does not share
        /// them then, requests are refused.
        std::function<bool(stack::address const&)> wanted;
        /// Whether the facility gives its ports out in blocks.
        std::function<bool(stack::address const&)> in_blocks;
        /// All other stacks of the group.
        std::function<std::vector<stack::member_id>()> others;
        /// recall::ask().
        std::function<void(stack::address const&, std::uint16_t port,
                           std::vector<stack::member_id> const& holders,
                           std::function<void(bool gave)>)>
            recall;
    };
    /// Needed before the first request; `users`, who get the answers, are made with the bridge.
    void attach(stack_ports& users, questions ask) {
        users_ = &users;
        ask_ = std::move(ask);
    }

    stack::port_reply allocate(stack::address const& dvipa, stack::endpoint const& remote,
                               stack::port_set const& excluded, std::uint64_t stride,
                               stack::port_ticket ticket) override;
    stack::port_reply claim(stack::address const& dvipa, std::uint16_t port,
                            stack::port_ticket ticket) override;
    void release(stack::address const& dvipa, std::uint16_t port) override;
    void opened(stack::four_tuple const& tuple, bool inbound) override;
    void ended(stack::four_tuple const& tuple) override;
    stack::port_reply serve(stack::address const& dvipa, std::uint16_t port,
                            stack::port_ticket ticket) override;
    void unserve(stack::address const& dvipa, std::uint16_t port) override;

    /// This stack may not use its ports any more: what is kept and asked is forgotten, until
    /// take_part_again(), before which connector::start_over() has given back all that was held.
    void fence();
    void take_part_again() { fenced_ = false; }

    /// A DVIPA's sharing state has changed: requests that waited for it are asked again.
    void sharing_changed();

  private:
    struct request {
        enum class kind : std::uint8_t { allocate, claim, serve };
        kind what = kind::allocate;
        stack::address dvipa;
        stack::endpoint remote;
        std::uint16_t port = 0;
        std::unique_ptr<stack::port_set>
            excluded;  ///< of an allocate that could not be answered at once
        std::unique_ptr<stack::port_set>
            of_no_block;  ///< of one within a stride, from blocks: what to leave in them
        stack::port_ticket ticket = 0;
        stack::instant deadline{};
        bool recalled = false;   ///< other stacks have nothing more to give back
        std::uint64_t life = 0;  ///< how often the stack had been fenced
    };
    using answer = cf::result<std::uint16_t>;

    static answer ask(cf::connector& facility, request const& what, stack::port_set const* excluded,
                      cf::patience how);
    stack::port_reply start(request what, stack::port_set const* excluded);
    void ask_patiently(request what);
    void ask_for_group(stack::address const& dvipa);
    void settle(request what, answer const& outcome);
    void resolve(request const& what, stack::port_reply const& reply);
    stack::port_reply pick_locally(request const& what);
    bool may_be_recalled(request const& what, answer const& outcome) const;
    void recall_and_ask_again(request what);
    void refill_if_low(stack::address const& dvipa, stack::port_set const& excluded);
    void tend();
    void give_back(stack::address const& dvipa, std::uint16_t port, bool service);
    void given_back(stack::address const& dvipa, cf::result<> const& outcome);
    void flush(stack::address const& dvipa);
    bool answers() const;
    void send_kept_later();
    void note(stack::four_tuple const& tuple, bool inbound, bool ended);
    void write_notes(stack::address const& dvipa);
    void noted(stack::address const& dvipa, cf::result<> const& outcome);
    void arm();

    cf::connector& facility_;
    facility_thread& worker_;
    stack_ports* users_ = nullptr;
    questions ask_;
    boost::asio::steady_timer timer_;
    boost::asio::steady_timer tending_;
    bool is_tending_ = false;
    bool unreturned_ = false;  ///< blocks withdrawn that the facility has not taken back yet
    std::set<stack::address> refilling_;
    /// Allocations of one DVIPA that wait for the facility, and releases: those that come while one
    /// group is on its way go together in the next.
    struct gathering {
        std::deque<request> allocations;
        bool asking = false;
        std::atomic<bool> flushing = false;
    };
    std::map<stack::address, gathering> gathered_;
    std::list<request> waiting_;  ///< for a barrier to open, oldest first
    std::map<stack::address, connection_notes> notes_;
    boost::asio::steady_timer kept_timer_;
    bool is_keeping_ = false;
    std::set<stack::address> unflushed_;  ///< DVIPAs for which something is owed to a facility that
                                          ///< does not answer
    std::uint64_t life_ = 0;
    bool fenced_ = false;
    stack::port_set narrowed_;  ///< what allocate() has made of an exclusion and a stride
    std::optional<stack::instant> told_of_full_table_;
};

}  // namespace tcpplexd
