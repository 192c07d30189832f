#include "invariants.hpp"

#include "cf/backend/etcd/keys.hpp"
#include "cf/backend/etcd/values.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/tcp.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace sim {

namespace {

namespace etcd = cf::etcd;

cf::dvipa const key = tcpplexd::facility_key(dvipa);
etcd::key_names const names("SIM");

std::string text_of(node::use const& what) {
    return std::to_string(what.first) + " to " + what.second.host.to_string() + ".." +
           std::to_string(what.second.port);
}

std::optional<cf::structure_form> form_in(store const& facility) {
    auto const found = facility.read({names.dvipa(key), {}}).found;
    etcd::dvipa_record record;
    if (found.empty() || !etcd::decode(found[0].value, record)) return std::nullopt;
    return record.settings.form;
}

bool is_recorded(store const& facility, node::use const& what, bool by_connection) {
    if (by_connection) {
        cf::table_entry const entry{what.first, tcpplexd::facility_destination(what.second)};
        return !facility.read({names.entry(key, entry), {}}).found.empty();
    }
    auto const found = facility.read({names.first(key, cf::word_of(what.first)), {}}).found;
    etcd::first_word word;
    return !found.empty() && etcd::decode(found[0].value, word) &&
           (word.in_use & cf::bit_of(what.first)) != 0;
}

}  // namespace

void rules_of_use::check(std::vector<living> const& stacks, store const& facility) {
    uses now;
    for (auto const& one : stacks)
        if (one.stack->may_send()) now.emplace_back(one.name, one.stack->uses());
    if (now == last_ && facility.at() == last_at_) return;
    last_ = std::move(now);
    last_at_ = facility.at();

    bool const by_connection = form_in(facility) == cf::structure_form::hashtable;
    std::map<node::use, std::string> seen;
    for (auto const& [name, all] : last_)
        for (auto use : all) {
            if (!is_recorded(facility, use, by_connection))
                throw broken{name + " uses port " + text_of(use) +
                             ", which the facility has as free"};
            if (!by_connection) use.second = {};
            auto const [other, first] = seen.try_emplace(use, name);
            if (!first && other->second != name)
                throw broken{name + " and " + other->second + " both use port " + text_of(use)};
        }
}

void check_opening(node const& sender, stack::fragments const& packet,
                   std::vector<living> const& stacks) {
    auto const first = *packet.begin();
    stack::wire::ipv4_view const ip(first);
    if (ip.source() != dvipa) return;
    auto const tcp = stack::wire::parse_tcp(first.subspan(ip.header_length()));
    namespace flag = stack::wire::tcp_flag;
    if (!tcp || !tcp->header.has(flag::syn) || tcp->header.has(flag::ack)) return;
    node::use const opened{tcp->header.source_port,
                           {ip.destination(), tcp->header.destination_port}};
    for (auto const& one : stacks)
        if (one.stack != &sender && one.stack->may_send() && one.stack->uses().count(opened) != 0)
            throw broken{"a SYN from port " + text_of(opened) + ", which " + one.name + " uses"};
}

void check_reset(node const& sender, stack::fragments const& packet,
                 std::vector<living> const& stacks, store const& facility) {
    auto const first = *packet.begin();
    stack::wire::ipv4_view const ip(first);
    if (ip.source() != dvipa) return;
    auto const tcp = stack::wire::parse_tcp(first.subspan(ip.header_length()));
    if (!tcp || !tcp->header.has(stack::wire::tcp_flag::rst)) return;
    auto const is_member = [&](std::string const& name) {
        return !facility.read({names.life(name), {}}).found.empty();
    };
    stack::four_tuple const tuple{{dvipa, tcp->header.source_port},
                                  {ip.destination(), tcp->header.destination_port}};
    auto const by = std::find_if(stacks.begin(), stacks.end(),
                                 [&](auto const& one) { return one.stack == &sender; });
    for (auto const& one : stacks)
        if (one.stack != &sender && one.stack->may_send() && one.stack->has(tuple) &&
            is_member(one.name))
            throw broken{(by != stacks.end() ? by->name : "somebody") + " sends a reset for port " +
                         std::to_string(tuple.local.port) + " to " + tuple.remote.host.to_string() +
                         ".." + std::to_string(tuple.remote.port) + ", whose connection lives on " +
                         one.name};
}

void check_owner(std::vector<living> const& stacks) {
    living const* owner = nullptr;
    for (auto const& one : stacks) {
        if (!one.stack->may_send() || !one.stack->is_owner()) continue;
        if (owner != nullptr) throw broken{owner->name + " and " + one.name + " are both owners"};
        owner = &one;
    }
}

void check_empty(store const& facility) {
    for (auto const& range : {names.firsts(key), names.seconds(key), names.entries(key)})
        for (auto const& one : facility.read(range).found)
            throw broken{"all connections have ended, and the facility still has " + one.key};
}

}  // namespace sim
