// The members of the group as the file records them.
#pragma once

#include "cf/backend/backend.hpp"
#include "cf/backend/shared_memory/file.hpp"

#include <mutex>
#include <optional>
#include <vector>

namespace cf::shared_memory {

/// Membership by slot records and life bytes. Thread-safe.
class group_table {
  public:
    explicit group_table(mapped_file const& file) : file_(file) {}

    result<member> join(member_description const& who);
    void leave(member const& self);
    std::vector<member> members() const;
    bool alive(member const& who) const;
    std::optional<ending> ended(member const& who) const;
    result<bool> begin_recovery(member const& failed, patience how);
    void end_recovery(member const& failed, bool done);
    /// The member in the slot, or nothing.
    std::optional<member> in_slot(std::uint16_t slot) const;

  private:
    result<member> take_slot(member_description const& who);
    std::optional<std::uint16_t> free_slot() const;
    void free(slot_record& record, ending how);
    bool is_current(member const& who) const;
    slot_record& record(std::uint16_t slot) const { return file_.contents().slots[slot]; }

    mapped_file const& file_;
    std::mutex mutex_;              // byte locks do not exclude threads that share the descriptor
    std::uint64_t recovering_ = 0;  // slots for which this object holds the recovery byte
    std::optional<std::uint16_t>
        joined_;  // the slot this object is in: its life byte looks free to itself
};

}  // namespace cf::shared_memory
