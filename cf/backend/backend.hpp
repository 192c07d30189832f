// What a coupling facility has to offer: a group with proof of life, and the one operation on the
// structures of a DVIPA.
#pragma once

#include "cf/backend/revise.hpp"
#include "cf/dvipa.hpp"
#include "cf/failure.hpp"
#include "cf/group/lease.hpp"
#include "cf/group/member.hpp"
#include "cf/group/secret.hpp"
#include "cf/structure/holder.hpp"
#include "cf/structure/ownership.hpp"
#include "cf/structure/step_kind.hpp"
#include "cf/trace/record.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace cf {

/// Whether a call may wait for another stack that has the structures locked.
enum class patience : std::uint8_t {
    try_once,  ///< `busy` at once
    wait       ///< at most lock_deadline, then `unavailable`
};

/// Nothing is ever taken from a living holder of a lock: after this time the caller is told who it
/// is.
inline constexpr std::chrono::milliseconds lock_deadline{1000};

/// What an update is about.
struct want {
    step_kind step = step_kind::display;
    patience how = patience::try_once;
    /// Make the structures if the DVIPA is unknown; else its revise is not called.
    bool create = false;
    /// Only looks, for a display: a copy that is some milliseconds old will do. Writes are dropped.
    bool look = false;
    std::uint16_t port = 0;  ///< the port asked for by number, if one is: for the trace
    /// Set by revise if it refuses, for the trace.
    std::optional<error> refused{};
};

/// What the facility's own bookkeeping says about the structures of one DVIPA.
struct structure_status {
    std::uint64_t version = 0;                 ///< grows with each update that wrote
    std::optional<std::uint16_t> locked_by{};  ///< slot of the stack that has it locked just now
    std::uint32_t inherited = 0;               ///< locks taken over from a stack that died in them
    std::uint32_t repaired = 0;                ///< of these, with an update half-done
};

/// How an incarnation that is no longer a member ended.
enum class ending : std::uint8_t { left = 1, recovered = 2 };

/// A connection of one stack to a facility. Thread-safe.
class backend {
  public:
    virtual ~backend() = default;

    // --- the one operation
    // -----------------------------------------------------------------------------------------
    /// Obtains the structures of `of`, locks them against every other stack, lets `revise` change
    /// them, returns and unlocks them. Whatever a crashed stack left half-done is repaired first.
    /// Returns whether revise was called: not for an unknown DVIPA without want::create. Errors:
    /// busy, unavailable.
    virtual result<bool> update(dvipa const& of, want const& want, revise_ref revise) = 0;
    /// One read of the first structure, without lock. HASHTABLE: of the entry for `to`, or of the
    /// one to anyone; `several` also if the table was being changed all the time.
    virtual port_holder who_holds(dvipa const& of, std::uint16_t port,
                                  destination const& to) const = 0;
    /// Who owns the DVIPA: one read, without lock.
    virtual dvipa_owner owner(dvipa const& of) const = 0;
    /// The same, once members() has in it who had joined when that was written; waits for that
    /// where news come out of order, and shows nobody if they do not come.
    virtual dvipa_owner settled_owner(dvipa const& of) const { return owner(of); }
    /// Whether a DVIPA can have a first structure of this form.
    virtual bool offers(structure_form) const { return true; }
    /// Whether an update costs a round trip, so that several had better be made one.
    virtual bool is_remote() const { return false; }
    /// All DVIPAs that have structures.
    virtual std::vector<dvipa> dvipas() const = 0;
    /// At most `most` of the newest operations on the structures, oldest first; read without a
    /// lock. None where no trace is kept.
    virtual std::vector<trace::record> trace(dvipa const& of, std::size_t most) const;
    /// Read without a lock; nothing for an unknown DVIPA, or where it is not kept.
    virtual std::optional<structure_status> status(dvipa const& of) const;

    // --- the group
    // ------------------------------------------------------------------------------------------------
    /// Takes a free slot and the next incarnation. Once per backend object.
    virtual result<member> join(member_description const& who) = 0;
    /// Of a member.
    virtual group_secret secret() const = 0;
    /// Gives the slot up, whose structures are empty.
    virtual void leave() = 0;
    /// Members that have not left and have not been recovered, dead ones included, in the order of
    /// slots.
    virtual std::vector<member> members() const = 0;
    /// Whether the member's process has not ended (a stopped one has not). For the end, this is
    /// proof.
    virtual bool alive(member const& who) const = 0;
    /// How it ended, as far as still known: only of the last incarnation in its slot.
    virtual std::optional<ending> ended(member const& who) const = 0;
    /// The exclusive right to recover a dead member; false: nothing is left to do. Lost with the
    /// caller's death. Errors: busy, unavailable (it is alive).
    virtual result<bool> begin_recovery(member const& failed, patience how) = 0;
    /// Gives the right up; `done`: nothing of the member is left in the structures, its slot is
    /// free.
    virtual void end_recovery(member const& failed, bool done) = 0;
    /// This stack's own lease; none where death is proven otherwise. As long as the backend.
    virtual lease* own_lease() { return nullptr; }
    /// Grows with each change of the group, and with note_change().
    virtual std::uint64_t changes() const = 0;
    virtual void note_change() = 0;
};

}  // namespace cf
