// The view of one DVIPA's structures in the mapped file: every write takes effect at once, in
// order.
#pragma once

#include "cf/backend/shared_memory/connection_tables.hpp"
#include "cf/backend/shared_memory/file.hpp"
#include "cf/backend/shared_memory/stepwise.hpp"
#include "cf/structure/settings_words.hpp"
#include "cf/structure/view.hpp"
#include "cf/trace/changes.hpp"
#include "cf/trace/clock.hpp"

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
          settings_{.set_by = first_.set_by.load(std::memory_order_relaxed),
                    .main = first_.settings.load(std::memory_order_relaxed)} {}

    dvipa_settings settings() override { return from_words(settings_); }
    void set_settings(dvipa_settings const& settings) override;
    dvipa_owner owner() override {
        return owner_from_word(first_.owned_by.load(std::memory_order_relaxed));
    }
    void set_owner(dvipa_owner const& owner) override;
    std::uint16_t cursor() override {
        return static_cast<std::uint16_t>(first_.cursor.load(std::memory_order_relaxed));
    }
    void set_cursor(std::uint16_t port) override {
        first_.cursor.store(port, std::memory_order_relaxed);  // a hint: any value will do
    }
    std::uint64_t first(std::size_t word) override {
        return first_.bits[word].load(std::memory_order_relaxed);
    }
    std::uint64_t first_hint(std::size_t word) override { return first(word); }
    void set_first(std::size_t word, std::uint64_t in_use) override {
        changes_.first(word, first(word), in_use);
        steps_.write(first_.bits[word], in_use);
    }
    holder_code holder(std::uint16_t port) override {
        return first_.holders[port].load(std::memory_order_relaxed);
    }
    void set_holder(std::uint16_t port, holder_code code) override {
        steps_.write(first_.holders[port], code);
    }
    bool prepare(structure_form form) override;
    list_link link(std::uint16_t port) override;
    void set_link(std::uint16_t port, list_link link) override;
    table_value value(table_entry const& entry) override;
    bool set_value(table_entry const& entry, table_value const& value) override;
    std::uint32_t uses(std::uint16_t slot, std::uint16_t port) override;
    std::uint32_t entry_count() override;
    std::vector<table_row> entries(std::uint64_t slots) override;
    std::uint64_t users() override { return first_.users.load(std::memory_order_relaxed); }
    bool add_user(std::uint16_t slot) override;
    void remove_user(std::uint16_t slot) override;
    std::uint64_t held(std::uint16_t slot, std::size_t word) override {
        return second_[slot].held[word].load(std::memory_order_relaxed);
    }
    void set_held(std::uint16_t slot, std::size_t word, std::uint64_t ports) override {
        changes_.held(slot, word, held(slot, word), ports);
        steps_.write(second_[slot].held[word], ports);
    }
    std::uint64_t served(std::uint16_t slot, std::size_t word) override;
    void set_served(std::uint16_t slot, std::size_t word, std::uint64_t ports) override;
    std::uint32_t backfilled(std::uint16_t slot) override {
        return first_.backfilled[slot].load(std::memory_order_relaxed);
    }
    void set_backfilled(std::uint16_t slot, std::uint32_t generation) override;

    /// Makes the chains of the table whole, before the structures are repaired.
    void repair_table();
    /// The update is complete and told in the trace: nothing has to be repaired if the process dies
    /// now. What a dead stack wrote and did not end is part of it.
    [[gnu::always_inline]] void complete(origin const& by) {
        if (!steps_.writing() && !by.always_told) return;
        record(by);
        steps_.complete();
    }

  private:
    [[gnu::always_inline]] void record(origin const& by) {
        auto const number = trace::next_number(first_.trace);
        auto const version =
            first_.version.load(std::memory_order_relaxed) + (steps_.writing() ? 1 : 0);
        auto const who = trace::has_subject(by.who)
                             ? by.who
                             : trace::with_subject(by.who, changes_.of_slot_plus_1());
        steps_.place();
        trace::prepare(first_.trace, number, trace::version_word(version, by.port), trace::now(),
                       who, changes_.first_word(), changes_.held_word(), changes_.served_word(),
                       settings_.main);
        steps_.place();
        trace::publish(first_.trace, number);
        first_.version.store(version, std::memory_order_release);
        steps_.place();
    }

    mapped_file const& file_;
    connection_tables& tables_;
    std::size_t index_;
    first_structure& first_;
    std::array<second_structure, slot_count>& second_;
    stepwise steps_;
    settings_words settings_;  ///< steps ask often; nobody else writes them under the lock
    trace::changes changes_;
};

}  // namespace cf::shared_memory
