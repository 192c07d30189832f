#include "cf/backend/shared_memory/mapped_view.hpp"

namespace cf::shared_memory {

void mapped_view::set_settings(dvipa_settings const& settings) {
    settings_ = to_words(settings);
    steps_.write(first_.set_by, settings_.set_by);
    steps_.write(first_.settings, settings_.main);
}

void mapped_view::set_owner(dvipa_owner const& owner) {
    changes_.concerns(owner.slot);
    steps_.write(first_.owned_by, to_word(owner));
}

bool mapped_view::prepare(structure_form form) {
    auto const& list = file_.contents().lists[index_];
    switch (form) {
        case structure_form::bitmap:
            return true;
        case structure_form::list:
            return file_.reserve(&list, sizeof list);
        case structure_form::hashtable:
            return tables_.reserve(index_) && tables_.map(index_);
    }
    return false;
}

list_link mapped_view::link(std::uint16_t port) {
    return list_link::unpacked(
        file_.contents().lists[index_].links[port].load(std::memory_order_relaxed));
}

void mapped_view::set_link(std::uint16_t port, list_link link) {
    steps_.write(file_.contents().lists[index_].links[port], link.packed());
}

table_value mapped_view::value(table_entry const& entry) {
    return tables_.at(index_).value(entry);
}

bool mapped_view::set_value(table_entry const& entry, table_value const& value) {
    return tables_.at(index_).set_value(entry, value, steps_);
}

std::uint32_t mapped_view::uses(std::uint16_t slot, std::uint16_t port) {
    return tables_.at(index_).uses(slot, port);
}

std::uint32_t mapped_view::entry_count() {
    return tables_.at(index_).size();
}

std::vector<table_row> mapped_view::entries(std::uint64_t slots) {
    return tables_.at(index_).entries(slots);
}

void mapped_view::repair_table() {
    if (settings().form == structure_form::hashtable) tables_.at(index_).repair();
}

bool mapped_view::add_user(std::uint16_t slot) {
    if (!file_.reserve(&second_[slot], sizeof(second_structure))) return false;
    changes_.concerns(slot);
    steps_.write(first_.users, users() | std::uint64_t{1} << slot);
    return true;
}

void mapped_view::remove_user(std::uint16_t slot) {
    changes_.concerns(slot);
    steps_.write(first_.users, users() & ~(std::uint64_t{1} << slot));
}

std::uint64_t mapped_view::served(std::uint16_t slot, std::size_t word) {
    return second_[slot].served[word].load(std::memory_order_relaxed);
}

void mapped_view::set_served(std::uint16_t slot, std::size_t word, std::uint64_t ports) {
    changes_.served(slot, word, served(slot, word), ports);
    steps_.write(second_[slot].served[word], ports);
}

void mapped_view::set_backfilled(std::uint16_t slot, std::uint32_t generation) {
    changes_.concerns(slot);
    steps_.write(first_.backfilled[slot], generation);
}

}  // namespace cf::shared_memory
