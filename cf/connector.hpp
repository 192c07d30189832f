// One stack's way to the coupling facility: the class the daemon uses.
#pragma once

#include "cf/backend/backend.hpp"
#include "cf/block/pools.hpp"
#include "cf/dvipa.hpp"
#include "cf/failure.hpp"
#include "cf/group/boot_clock.hpp"
#include "cf/group/lease.hpp"
#include "cf/group/member.hpp"
#include "cf/group/watch.hpp"
#include "cf/owed.hpp"
#include "cf/ports.hpp"
#include "cf/step/verify.hpp"
#include "cf/structure/adoption.hpp"
#include "cf/structure/connection_note.hpp"
#include "cf/structure/holder.hpp"
#include "cf/structure/ownership.hpp"
#include "cf/structure/settings.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cf {

/// Sharing of one DVIPA, for displays.
struct dvipa_usage {
    struct per_stack {
        std::string stack{};
        std::uint16_t slot = 0;
        std::uint32_t incarnation = 0;
        std::uint32_t in_use = 0;    ///< source ports held
        std::uint32_t services = 0;  ///< service ports
    };
    dvipa address{};
    dvipa_settings settings{};
    std::string set_by{};           ///< the stack that switched sharing on; empty if it is gone
    std::uint32_t in_use = 0;       ///< ports that cannot be assigned: held or service ports
    std::uint32_t connections = 0;  ///< HASHTABLE: entries of the table
    std::uint32_t available = 0;    ///< ports neither in use nor in `excluded`
    std::vector<per_stack> stacks{};
};

/// Where a switching on stands.
struct barrier {
    bool on = false;                   ///< all have back-filled: sharing is ON
    std::vector<std::string> waiting;  ///< else the stacks that have not
};

/// All that the second structures of one DVIPA say.
struct dvipa_contents {
    struct per_stack {
        std::uint16_t slot = 0;
        std::uint32_t backfilled = 0;  ///< the generation it has back-filled for
        port_words held{};             ///< its source ports
        port_words served{};           ///< its service ports
    };
    dvipa address{};
    dvipa_settings settings{};
    std::vector<per_stack> stacks{};
};

/// What was found wrong with the structures of one DVIPA.
struct verification {
    struct violation {
        step::violation what{};
        std::uint16_t port = 0;             ///< 0: not about one port
        std::vector<std::string> stacks{};  ///< those concerned that are members
        std::string text{};                 ///< all of it, for a log
    };
    dvipa address{};
    std::vector<violation> violations{};
};

/// A member of the group, and all it may ask of the facility. Two threads may use it at once: a
/// shard's thread, which asks with patience::try_once and never waits, and a facility thread, which
/// asks with patience::wait (at most 1 s, then `unavailable` with the name and pid of the stack
/// that has the structures locked). While its lease is not active, allocate(), claim() and serve()
/// are `unavailable` at once, but for ports held in blocks, which are given until it is fenced.
///
///     auto facility = connector::join(shared_memory::backend::open(path).value(), {.stack =
///     "TCPIP1", ...}, seed); facility->begin_enable(d, {});      // + tell
///     the others over XCF facility->backfill(d, uses);        // every
///     member, on being told, for its own uses facility->try_complete(d); // until .on, at most 5
///     s, then abandon(d) auto port = facility->allocate(d, remote, excluded, patience::try_once);
///     facility->release(d, *port, patience::wait);
class connector {
  public:
    /// Joins the group. Ports of members found dead are recovered first. Refused: a name already
    /// alive in the group, a full group, a description that is too long. `seed`: unpredictable, for
    /// the order in which ports are given.
    static result<std::unique_ptr<connector>> join(std::unique_ptr<backend> facility,
                                                   member_description const& who,
                                                   std::uint64_t seed);
    /// Leaves the group, as leave() does. A process that dies without is recovered by others.
    ~connector();
    connector(connector const&) = delete;
    connector& operator=(connector const&) = delete;

    member const& self() const { return self_; }
    /// What all members have, and nobody else.
    group_secret secret() const { return facility_->secret(); }
    /// This stack's own lease; none on shared memory, where a stopped stack keeps what it has.
    lease* own_lease() const { return facility_->own_lease(); }
    lease_state state() const {
        auto const* mine = own_lease();
        return mine == nullptr ? lease_state::active : mine->state(boot_clock::now());
    }
    /// Whether an update of the facility costs a round trip.
    bool is_remote() const { return facility_->is_remote(); }
    /// Gives back all ports and services still held, all at once, and remains a member; backfill()
    /// follows, where it is to take part again. Errors: busy, unavailable: call again.
    result<> start_over();
    /// Gives back all ports and services still held and leaves the group; nothing else may be
    /// called afterwards. Errors: busy, unavailable: this stack is still a member; call again, or
    /// end the process.
    result<> leave();

    // --- ports
    // ---------------------------------------------------------------------------------------------------

    /// A port of `from` for a connection to `to`, not in `excluded`; it is this stack's until
    /// release(); HASHTABLE: the connection is, until note() says that it has ended. Errors:
    /// exhausted, full, busy, enabling, not_shared, unavailable.
    result<std::uint16_t> allocate(dvipa const& from, destination const& to,
                                   port_words const& excluded, patience how);
    /// One of several allocations that are made together.
    struct allocation {
        destination to{};
        port_words const* excluded = nullptr;  ///< read during the call
        result<std::uint16_t> port = failure{};
    };
    /// As allocate() for each, with patience::wait; in one update where that costs a round trip. A
    /// group of group_size usually fits into one transaction.
    void allocate(dvipa const& from, std::span<allocation> group);
    static constexpr std::size_t group_size = 40;
    /// HASHTABLE: connections that were not opened with allocate() - inbound, or of bound sockets -
    /// are there, or connections have ended: in this order, under one lock. Other forms have
    /// nothing to note. Errors: full: one at least could not be recorded (the others are); busy,
    /// unavailable: call again.
    result<> note(dvipa const& of, std::span<connection_note const> notes, patience how);
    /// Exactly this port, for a bind. A port this stack holds already is granted again (local rules
    /// decide about that). Errors: in_use (with the holders), busy, enabling, not_shared,
    /// unavailable.
    result<> claim(dvipa const& from, std::uint16_t port, patience how);
    /// Gives back a port that was allocated, claimed or adopted; HASHTABLE: one that was claimed,
    /// or allocated for no destination. A port not held is not an error. Works in every state.
    /// Errors: busy, unavailable: it may not be done yet; it comes before everything else in this
    /// stack's next update of the DVIPA: do not call again, but flush().
    result<> release(dvipa const& from, std::uint16_t port, patience how);
    /// Gives back several under one lock.
    result<> release(dvipa const& from, std::vector<std::uint16_t> const& ports, patience how);
    /// To be released with the next update of the DVIPA, or by flush().
    void owe(dvipa const& of, std::uint16_t port, bool service);
    /// What owe() has collected and release(), unserve() and note() have left to do. Errors: busy,
    /// unavailable: call again.
    result<> flush(dvipa const& of, patience how);
    /// Makes the port a service port of this stack: other stacks may serve it too, nobody gets it
    /// as source port. Errors: in_use if it is a source port of anyone, this stack included; busy,
    /// enabling, not_shared, unavailable.
    result<> serve(dvipa const& on, std::uint16_t port, patience how);
    /// The last listener on the port has ended. Errors: as release().
    result<> unserve(dvipa const& on, std::uint16_t port, patience how);

    // --- blocks of ports (GRAIN above 1): held ahead of need
    // ----------------------------------------

    /// A free port of the blocks this stack holds, without asking the facility; nothing if none is.
    std::optional<std::uint16_t> allocate_held(dvipa const& from, port_words const& excluded) {
        auto* held = pools_.find(from);
        return held != nullptr ? take_from(*held, excluded) : std::nullopt;
    }
    /// Whether refill() should be called soon.
    bool wants_blocks(dvipa const& of) const;
    /// Fetches blocks, more at a time if they are used up fast. Errors: busy, unavailable,
    /// enabling, not_shared; that no block is free is none.
    result<> refill(dvipa const& of, port_words const& excluded, patience how);
    /// Returns what has been idle for a minute, and everything where sharing has been switched off:
    /// to be called every second or so while holds_blocks(). Errors: unavailable; call again.
    result<> tend(block_pool::clock::time_point now);
    bool holds_blocks() const;
    /// What to say when another stack asks for a port of a block of this one.
    enum class recalled : std::uint8_t {
        given_back,  ///< it is free now: whoever takes it first has it
        in_use,      ///< by a connection or socket of this stack
        not_held     ///< by this stack
    };
    /// Gives the port back if nothing uses it; port 0: gives back what it can spare, `in_use` if
    /// that is nothing. Errors: unavailable.
    result<recalled> recall(dvipa const& of, std::uint16_t port);
    /// Of this stack, for displays.
    block_pool::counts blocks(dvipa const& of) const;

    /// Who uses the port: one read of the first structure, without lock, at most 50 ns on shared
    /// memory.
    /// HASHTABLE: who has the connection from the port to `to`, or the port for any.
    port_holder who_holds(dvipa const& of, std::uint16_t port, destination const& to = {}) const;
    /// The names of all stacks that hold or serve the port.
    result<std::vector<std::string>> holders(dvipa const& of, std::uint16_t port);

    // --- who owns a DVIPA
    // ---------------------------------------------------------------------------------------------

    /// The last owner that was recorded, which may have ended. A memory read.
    dvipa_owner owner(dvipa const& of) const;
    /// This stack owns `of` from here on: packets for it arrive here. Errors: in_use (another
    /// member that lives does: it has to pass it), unavailable.
    result<> take_ownership(dvipa const& of);
    /// `next` owns `of`, or nobody, if this stack did: what it did as owner it does not any more.
    /// Errors: unavailable; call again.
    result<> pass_ownership(dvipa const& of, dvipa_owner const& next);

    // --- switching on and off
    // ---------------------------------------------------------------------------------------

    /// OFF or DRAINING -> ENABLING. If sharing is ON or ENABLING already with the same form and
    /// grain, nothing changes and that is a success. Errors: disagree (says what it is and who set
    /// it), unavailable. All stacks, this one and those that come to ON included, then call
    /// backfill(). Returns the settings now in force.
    result<dvipa_settings> begin_enable(dvipa const& of, sharing_request const& wanted);
    /// Records the ports that this stack's connections and sockets use, and its service ports; two
    /// stacks may record one port. Once done, this stack may use the DVIPA (in state ON). Repeating
    /// it adds what is new. Needed from every member while ENABLING, and from a member that joins
    /// later before it uses the DVIPA.
    result<> backfill(dvipa const& of, adoption const& uses);
    /// ENABLING -> ON if every living member has back-filled. Errors: not_shared if the switching
    /// on was abandoned.
    result<barrier> try_complete(dvipa const& of);
    /// ENABLING -> OFF; what was adopted is removed. Returns the stacks that had not back-filled.
    /// If the barrier opened meanwhile, sharing stays ON and the list is empty.
    result<std::vector<std::string>> abandon(dvipa const& of);
    /// ON -> DRAINING; OFF when the last port is released. OFF or DRAINING already: a success.
    result<> begin_disable(dvipa const& of);
    /// The settings in force; OFF for a DVIPA the facility does not know.
    result<dvipa_settings> settings(dvipa const& of);

    /// All DVIPAs the facility knows.
    std::vector<dvipa> dvipas() const;
    /// For displays: `available` counts ports not in `excluded`.
    result<dvipa_usage> usage(dvipa const& of, port_words const& excluded);
    /// At most `most` of the newest operations of all stacks on the ports of `of`, oldest first.
    std::vector<trace::record> trace(dvipa const& of, std::size_t most) const;
    /// Ports by stack. Errors: unavailable.
    result<dvipa_contents> contents(dvipa const& of);
    /// Whether the member's process has not ended.
    bool alive(member const& who) const;
    /// Checks the structures, under the lock. Violations are errors of tcpplex, or damage to the
    /// facility: the steps that a stack may die in leave none. Errors: unavailable.
    result<verification> verify(dvipa const& of);
    /// Version and lock; nothing if the facility does not know the DVIPA, or does not keep them.
    std::optional<structure_status> status(dvipa const& of) const;

    // --- the group
    // -----------------------------------------------------------------------------------------------

    /// All members, this one included, in the order of their slots.
    std::vector<member> members() const;
    /// Counts changes of the group and of settings: a memory read. The same number as before:
    /// nothing happened, but for deaths.
    std::uint64_t changes() const;
    /// What happened to the others since the last call (the first call reports everyone as joined).
    /// Looks at each member's proof of life: call it when watched() reports, and every 50 ms or so
    /// where a member's process cannot be watched. From one thread only.
    std::vector<group_event> check();
    /// Descriptors that become readable when a member's process ends; valid until the next check().
    /// From check()'s thread.
    std::vector<int> watched() const;
    /// Gives back the ports of a failed member: exactly once in effect, whoever calls and however
    /// often. Errors: busy if another stack is doing it; unavailable if the member is alive or a
    /// lock was not to be had in time. check() reports a failure only once: call again until it
    /// succeeds or check() reports the member as recovered.
    result<> recover(member const& failed);

  private:
    connector(std::unique_ptr<backend> facility, member self, std::uint64_t seed);
    std::uint64_t random();
    result<> may_take_from(dvipa const& of) const;
    bool may_use_held() const;
    bool has_ended(dvipa_owner const& owner, std::vector<member> const& members) const;
    std::optional<std::uint16_t> take_from(block_pool& held, port_words const& excluded);
    failure not_offered(dvipa const& of, sharing_request const& wanted);
    result<> give_back(dvipa const& of, owed_work::release what, step_kind step, patience how);
    result<> give_back(dvipa const& of, std::span<owed_work::release const> what, patience how);
    /// How much of what is owed goes with an update that need not wait for all of it. Where updates
    /// are cheap each release is one of its own, and a record of the trace.
    std::size_t some_owed(std::size_t most) const { return facility_->is_remote() ? most : 1; }
    static constexpr auto everything_owed = static_cast<std::size_t>(-1);
    /// What an update has to do besides.
    struct besides {
        std::span<owed_work::release const> releases{};  ///< before it; owed if it fails
        std::span<connection_note const> notes{};        ///< what it is for; owed if it fails
        std::size_t most_owed = everything_owed;         ///< of what is owed from before
    };
    /// The facility's update, and before it what is owed.
    result<bool> update(dvipa const& of, want const& wanted, revise_ref revise,
                        besides const& more = {{}, {}, everything_owed});
    /// The same, compiled for the revise function: for what every connection pays for.
    template <class Revise>
    result<bool> update_inline(dvipa const& of, want const& wanted, Revise revise,
                               besides const& more);
    bool settle(view& structures, owed_work::work const& owed) const;

    std::unique_ptr<backend> facility_;
    member self_;
    block_pools pools_;
    owed_work owed_;
    std::atomic<std::uint64_t> random_state_;
    group_watch watch_;
    bool left_ = false;
};

}  // namespace cf
