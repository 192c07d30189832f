// The view of one DVIPA's structures in the mapped file: every write takes effect at once, in
// order.
#pragma once

#include "cf/backend/shared_memory/connection_tables.hpp"
#include "cf/backend/shared_memory/file.hpp"
#include "cf/backend/shared_memory/stepwise.hpp"
#include "cf/structure/view.hpp"
#include "cf/trace/changes.hpp"

#include <functional>

namespace cf::shared_memory {

/// Who updates, and what for, as the words of a trace record have it.
struct origin {
    std::uint64_t who = 0;  ///< trace::who_word and what is added to it
    std::uint16_t port = 0;
    bool always_told = false;  ///< the trace tells it even if nothing was written
};

/// Valid while the caller has the DVIPA's lock.
class mapped_view final : public view {
  public:
    mapped_view(mapped_file const& file, connection_tables& tables, std::size_t index,
                write_hook const& hook)
        : file_(file),
          tables_(tables),
          index_(index),
          first_(file.contents().first[index]),
          second_(file.contents().second[index]),
          steps_(first_.writing, hook),
          settings_(read_settings()) {}

    dvipa_settings settings() override { return settings_; }
    void set_settings(dvipa_settings const& settings) override;
    std::uint16_t cursor() override;
    void set_cursor(std::uint16_t port) override;
    std::uint64_t first(std::size_t word) override;
    void set_first(std::size_t word, std::uint64_t in_use) override;
    holder_code holder(std::uint16_t port) override;
    void set_holder(std::uint16_t port, holder_code code) override;
    bool prepare(structure_form form) override;
    list_link link(std::uint16_t port) override;
    void set_link(std::uint16_t port, list_link link) override;
    table_value value(table_entry const& entry) override;
    bool set_value(table_entry const& entry, table_value const& value) override;
    std::uint32_t uses(std::uint16_t slot, std::uint16_t port) override;
    std::uint32_t entry_count() override;
    std::vector<table_row> entries(std::uint64_t slots) override;
    std::uint64_t users() override;
    bool add_user(std::uint16_t slot) override;
    void remove_user(std::uint16_t slot) override;
    std::uint64_t held(std::uint16_t slot, std::size_t word) override;
    void set_held(std::uint16_t slot, std::size_t word, std::uint64_t ports) override;
    std::uint64_t served(std::uint16_t slot, std::size_t word) override;
    void set_served(std::uint16_t slot, std::size_t word, std::uint64_t ports) override;
    std::uint32_t backfilled(std::uint16_t slot) override;
    void set_backfilled(std::uint16_t slot, std::uint32_t generation) override;

    /// Makes the chains of the table whole, before the structures are repaired.
    void repair_table();
    /// What a dead stack wrote and did not end is part of this update, which repairs it.
    void resume() { steps_.resume(); }
    /// The update is complete and told in the trace: nothing has to be repaired if the process dies
    /// now.
    void complete(origin const& by);

  private:
    void record(origin const& by);
    dvipa_settings read_settings() const;

    mapped_file const& file_;
    connection_tables& tables_;
    std::size_t index_;
    first_structure& first_;
    std::array<second_structure, slot_count>& second_;
    stepwise steps_;
    dvipa_settings settings_;  ///< steps ask often; nobody else writes them under the lock
    trace::changes changes_;
};

}  // namespace cf::shared_memory
