// The embedded coupling facility: a mapped file that all stacks of one machine open, robust against
// kill -9.
#pragma once

#include "cf/backend/backend.hpp"
#include "cf/backend/shared_memory/connection_tables.hpp"
#include "cf/backend/shared_memory/file.hpp"
#include "cf/backend/shared_memory/group_table.hpp"
#include "cf/backend/shared_memory/mapped_view.hpp"
#include "cf/backend/shared_memory/robust_mutex.hpp"
#include "cf/backend/shared_memory/table_size.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace cf::shared_memory {

/// What befell the locks of this file since it was made.
struct lock_history {
    std::uint32_t inherited = 0;  ///< locks taken over from a stack that died in them
    std::uint32_t repaired = 0;   ///< of these, with an update half-done
};

struct options {
    std::uint32_t connections = default_connections;  ///< of each table: see table_size.hpp
    write_hook before_write{};                        ///< for tests that crash there
};

/// One file per sysplex and XCFGRPID. See layout.hpp for its contents.
class backend final : public cf::backend {
  public:
    /// Opens or creates the facility; see mapped_file::open for what is refused.
    static result<std::unique_ptr<backend>> open(std::string const& path, options how = {});
    ~backend() override;

    result<bool> update(dvipa const& of, want const& want, revise_ref revise) override;
    port_holder who_holds(dvipa const& of, std::uint16_t port,
                          destination const& to) const override;
    dvipa_owner owner(dvipa const& of) const override;
    std::vector<dvipa> dvipas() const override;
    std::vector<trace::record> trace(dvipa const& of, std::size_t most) const override;
    std::optional<structure_status> status(dvipa const& of) const override;

    result<member> join(member_description const& who) override;
    group_secret secret() const override { return file_.contents().id.secret; }
    void leave() override;
    std::vector<member> members() const override { return group_.members(); }
    bool alive(member const& who) const override { return group_.alive(who); }
    std::optional<ending> ended(member const& who) const override { return group_.ended(who); }
    result<bool> begin_recovery(member const& failed, patience how) override {
        return group_.begin_recovery(failed, how);
    }
    void end_recovery(member const& failed, bool done) override {
        group_.end_recovery(failed, done);
    }
    std::uint64_t changes() const override { return file_.contents().changes.load(); }
    void note_change() override { file_.contents().changes.fetch_add(1); }

    lock_history history() const;

  private:
    backend(mapped_file file, write_hook before_write);
    result<std::size_t> create(dvipa const& of);
    result<> obtain(dvipa const& of, std::size_t index, want const& want, lock_outcome outcome);
    result<> replace_lock(first_structure& structure);
    /// `form`: read under the lock, so that it is the one that the update will see.
    bool map_table(std::size_t index, structure_form form) const {
        return form != structure_form::hashtable || tables_.map(index);
    }
    static failure not_mapped(dvipa const& of, want const& want);
    port_holder who_has(std::size_t index, table_entry const& entry) const;
    port_holder only_holder(std::uint16_t slot) const;
    void inherit(std::size_t index);
    failure held_too_long(dvipa const& of, first_structure const& structure,
                          want const& want) const;

    mapped_file file_;
    connection_tables mutable tables_{file_};  // mapped when first read
    group_table group_;
    write_hook before_write_;
    std::atomic<std::uint64_t> self_mark_ = trace::who_word(slot_count + 1, 0);
    std::mutex self_mutex_;
    std::optional<member> self_;
};

}  // namespace cf::shared_memory
