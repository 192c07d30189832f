#include "parser/apply/port_entries.hpp"

#include <iterator>
#include <string>
#include <utility>

namespace parser {

port_entries::port_entries(map& of) : of_(of), first_(2 * ports, of.end()), next_(of.end()) {
    for (auto each = of.begin(); each != of.end(); ++each)
        if (auto& first = first_[slot(each->first)]; first == of.end()) first = each;
}

port_entries::iterator port_entries::find(port_protocol protocol, std::uint16_t port,
                                          bool any_address, std::string_view job) const {
    // Most ports have a few entries; one may have a million, of so many jobs.
    constexpr unsigned few = 8;
    auto each = first(protocol, port);
    for (unsigned seen = 0; seen < few; ++seen, ++each) {
        if (each == of_.end() || each->first.port != port || each->first.protocol != protocol)
            return of_.end();
        if (each->first.any_address == any_address && each->first.job == job) return each;
    }
    return of_.find({protocol, port, any_address, std::string(job)});
}

port_entries::iterator port_entries::add(port_key key) {
    auto const at = slot(key);
    auto const added = of_.emplace_hint(next_, std::move(key), map::mapped_type());
    next_ = std::next(added);
    if (first_[at] == of_.end() || added->first < first_[at]->first) first_[at] = added;
    return added;
}

void port_entries::erase(iterator gone) {
    auto const next = std::next(gone);
    auto& first = first_[slot(gone->first)];
    bool const has_more = next != of_.end() && slot(next->first) == slot(gone->first);
    if (first == gone) first = has_more ? next : of_.end();
    if (next_ == gone) next_ = next;
    of_.erase(gone);
}

}  // namespace parser
