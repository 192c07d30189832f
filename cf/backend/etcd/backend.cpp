#include "cf/backend/etcd/backend.hpp"

#include "cf/ports.hpp"

#include <bit>
#include <utility>

namespace cf::etcd {

namespace {

constexpr std::chrono::seconds opening_patience{5};
/// For the watch to show what a transaction has read.
constexpr std::chrono::milliseconds watch_patience{500};

}  // namespace

result<std::unique_ptr<backend>> backend::open(settings const& how,
                                               std::unique_ptr<client> connected) {
    auto names = connected->names();
    std::unique_ptr<backend> made(new backend(how, std::move(connected)));
    if (!made->copy_.shows(1, clock::now() + opening_patience))
        return failure{error::unavailable,
                       "the coupling facility, " + names +
                           ", does not answer. Check the endpoints and certificates in the host "
                           "settings, and that etcd runs",
                       {}};
    return made;
}

backend::backend(settings how, std::unique_ptr<client> connected)
    : how_(std::move(how)),
      names_(how_.group),
      client_(std::move(connected)),
      copy_(names_),
      follower_(*client_, names_.followed(), copy_),
      lease_(how_.lease),
      committer_(*client_, names_, [this] { return renewer_->lease(); }) {}

backend::~backend() {
    if (renewer_) renewer_->stop();  // its thread uses the rest, and asks for its lease
}

bool backend::shows(revision at) const {
    return copy_.shows(at, clock::now() + opening_patience);
}

dvipa_owner backend::owner(dvipa const& of) const {
    dvipa_record record;
    return decode(copy_.find(names_.dvipa(of)).value, record) ? record.owner : dvipa_owner{};
}

// A refused transaction shows the record before the watch shows who has joined.
dvipa_owner backend::settled_owner(dvipa const& of) const {
    auto const found = copy_.find(names_.dvipa(of));
    dvipa_record record;
    bool const known =
        decode(found.value, record) && copy_.shows(found.modified, clock::now() + watch_patience);
    return known ? record.owner : dvipa_owner{};
}

port_holder backend::who_holds(dvipa const& of, std::uint16_t port, destination const& to) const {
    using kind = port_holder::kind;
    auto found = copy_.find(names_.first(of, word_of(port)));
    if (found.modified == 0) return {};
    first_word word;
    if (!decode(found.value, word)) return {.what = kind::several};  // nobody may believe it free
    if ((word.in_use & bit_of(port)) == 0) return {};
    if (to != destination{}) {
        dvipa_record record;
        bool const known = decode(copy_.find(names_.dvipa(of)).value, record);
        if (known && record.settings.form == structure_form::hashtable)
            return who_has(of, {port, to});
    }
    auto code = word.holders[port % 64U];
    if (code == held_as_service) return {.what = kind::service};
    if (code >= slot_count) return {.what = kind::several};
    return only_holder(code);
}

// HASHTABLE: of the connection, or of the socket bound to its port.
port_holder backend::who_has(dvipa const& of, table_entry const& entry) const {
    using kind = port_holder::kind;
    for (auto const& asked : {entry, table_entry{entry.port, {}}}) {
        auto const found = copy_.find(names_.entry(of, asked));
        if (found.modified == 0) continue;
        table_value value;
        if (!decode(found.value, value) || !std::has_single_bit(value.owners))
            return {.what = kind::several};
        return only_holder(static_cast<std::uint16_t>(std::countr_zero(value.owners)));
    }
    return {};
}

port_holder backend::only_holder(std::uint16_t slot) const {
    using kind = port_holder::kind;
    for (auto const& one : members())
        if (one.slot == slot)
            return {.what = kind::one, .slot = slot, .incarnation = one.incarnation};
    return {.what = kind::several};
}

std::vector<dvipa> backend::dvipas() const {
    std::vector<dvipa> all;
    for (auto const& one : copy_.under(names_.dvipas()))
        if (auto name = dvipa_named(names_.name_in(one.key))) all.push_back(*name);
    return all;
}

}  // namespace cf::etcd
