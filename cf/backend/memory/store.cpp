#include "cf/backend/memory/store.hpp"

#include "cf/structure/settings_words.hpp"

namespace cf::memory {

char const* name_of(key_kind kind) {
    switch (kind) {
        case key_kind::settings:
            return "settings";
        case key_kind::set_by:
            return "set-by";
        case key_kind::cursor:
            return "cursor";
        case key_kind::first:
            return "first";
        case key_kind::holder:
            return "holder";
        case key_kind::users:
            return "users";
        case key_kind::held:
            return "held";
        case key_kind::served:
            return "served";
        case key_kind::backfilled:
            return "backfilled";
    }
    return "?";
}

std::uint64_t store::read(store_key key) const {
    auto found = values_.find(key.packed());
    return found == values_.end() ? 0 : found->second;
}

void store::apply(store_write const& write) {
    values_[write.key.packed()] = write.value;
}

std::uint64_t recording_view::read(store_key key) {
    if (auto mine = written_.find(key.packed()); mine != written_.end()) return mine->second;
    auto [place, added] = read_.try_emplace(key.packed(), 0);
    if (added) place->second = contents_.read(key);
    return place->second;
}

void recording_view::write(store_key key, std::uint64_t value) {
    written_[key.packed()] = value;
    writes_.push_back({key, value});
}

dvipa_settings recording_view::settings() {
    return from_words({.set_by = read({key_kind::set_by}), .main = read({key_kind::settings})});
}

void recording_view::set_settings(dvipa_settings const& settings) {
    auto words = to_words(settings);
    write({key_kind::set_by}, words.set_by);
    write({key_kind::settings}, words.main);
}

std::uint16_t recording_view::cursor() {
    return static_cast<std::uint16_t>(read({key_kind::cursor}));
}

void recording_view::set_cursor(std::uint16_t port) {
    write({key_kind::cursor}, port);
}

std::uint64_t recording_view::first(std::size_t word) {
    return read({key_kind::first, 0, static_cast<std::uint32_t>(word)});
}

void recording_view::set_first(std::size_t word, std::uint64_t in_use) {
    write({key_kind::first, 0, static_cast<std::uint32_t>(word)}, in_use);
}

holder_code recording_view::holder(std::uint16_t port) {
    return static_cast<holder_code>(read({key_kind::holder, 0, port}));
}

void recording_view::set_holder(std::uint16_t port, holder_code code) {
    write({key_kind::holder, 0, port}, code);
}

std::uint64_t recording_view::users() {
    return read({key_kind::users});
}

bool recording_view::add_user(std::uint16_t slot) {
    write({key_kind::users}, users() | std::uint64_t{1} << slot);
    return true;
}

void recording_view::remove_user(std::uint16_t slot) {
    write({key_kind::users}, users() & ~(std::uint64_t{1} << slot));
}

std::uint64_t recording_view::held(std::uint16_t slot, std::size_t word) {
    return read({key_kind::held, slot, static_cast<std::uint32_t>(word)});
}

void recording_view::set_held(std::uint16_t slot, std::size_t word, std::uint64_t ports) {
    write({key_kind::held, slot, static_cast<std::uint32_t>(word)}, ports);
}

std::uint64_t recording_view::served(std::uint16_t slot, std::size_t word) {
    return read({key_kind::served, slot, static_cast<std::uint32_t>(word)});
}

void recording_view::set_served(std::uint16_t slot, std::size_t word, std::uint64_t ports) {
    write({key_kind::served, slot, static_cast<std::uint32_t>(word)}, ports);
}

std::uint32_t recording_view::backfilled(std::uint16_t slot) {
    return static_cast<std::uint32_t>(read({key_kind::backfilled, slot}));
}

void recording_view::set_backfilled(std::uint16_t slot, std::uint32_t generation) {
    write({key_kind::backfilled, slot}, generation);
}

}  // namespace cf::memory
