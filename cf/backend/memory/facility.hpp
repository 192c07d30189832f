// A coupling facility inside one process, with faults injected: for tests and simulations.
#pragma once

#include "cf/backend/backend.hpp"
#include "cf/backend/memory/store.hpp"

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace cf::memory {

/// Thrown out of an update whose stack "crashed": its writes up to there stay, the lock is
/// inherited by the next.
struct crashed {};

/// What a test may have happen. The default: nothing.
class faults {
  public:
    virtual ~faults() = default;
    /// A place between writes, named "step: before|after kind". Throwing crashed{} ends the stack
    /// there.
    virtual void reach(std::string const& /*point*/) {}
    /// Whether some other, living stack has the structures locked just now: try_once gets busy,
    /// wait runs into its deadline.
    virtual bool locked(dvipa const& /*of*/) { return false; }
};

/// What all stacks share. Outlives none of its backends. Thread-safe, but a fault object belongs to
/// one thread.
class facility {
  public:
    explicit facility(std::shared_ptr<faults> what_goes_wrong = std::make_shared<faults>())
        : faults_(std::move(what_goes_wrong)) {}

    /// The stack's process ends: it stays a member until it is recovered.
    void kill(member const& who);

  private:
    friend class backend;
    struct slot {
        std::optional<member> who;
        bool alive = false;
        std::optional<member> recovering_by;
        std::uint32_t ended_incarnation = 0;
        ending how = ending::left;
    };
    struct structures {
        store contents;
        std::uint8_t half_done_by = trace::no_slot;
        bool half_done = false;  ///< a crashed stack's update: repaired by the next
        std::uint64_t version = 0;
        std::uint64_t traced = 0;  ///< the last number of a record
        std::deque<trace::record> records;
    };

    slot* current(member const& who);

    std::mutex mutex_;
    std::shared_ptr<faults> faults_;
    std::map<dvipa, structures> dvipas_;
    std::array<slot, slot_count> slots_;
    group_secret const secret_ = make_secret();
    std::uint32_t incarnations_ = 0;
    std::uint64_t changes_ = 0;
};

/// One stack's connection. Runs every revise function twice and compares, so that an impure one is
/// found.
class backend final : public cf::backend {
  public:
    explicit backend(std::shared_ptr<facility> shared) : shared_(std::move(shared)) {}

    result<bool> update(dvipa const& of, want const& want, revise_ref revise) override;
    port_holder who_holds(dvipa const& of, std::uint16_t port,
                          destination const& to) const override;
    dvipa_owner owner(dvipa const& of) const override;
    std::vector<dvipa> dvipas() const override;
    std::vector<trace::record> trace(dvipa const& of, std::size_t most) const override;
    std::optional<structure_status> status(dvipa const& of) const override;
    result<member> join(member_description const& who) override;
    group_secret secret() const override { return shared_->secret_; }
    void leave() override;
    std::vector<member> members() const override;
    bool alive(member const& who) const override;
    std::optional<ending> ended(member const& who) const override;
    result<bool> begin_recovery(member const& failed, patience how) override;
    void end_recovery(member const& failed, bool done) override;
    std::uint64_t changes() const override;
    void note_change() override;

  private:
    bool is_fenced() const;
    port_holder who_has(recording_view& structures, table_entry const& entry) const;
    port_holder only_holder(holder_code code) const;
    void repair(facility::structures& structures);
    void apply(facility::structures& structures, std::vector<store_write> const& writes,
               trace::record entry);
    trace::record entry_of(step_kind step) const;

    std::shared_ptr<facility> shared_;
    std::optional<member> self_;
};

}  // namespace cf::memory
