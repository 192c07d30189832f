#include "stack/tcp/demux.hpp"

#include "stack/tcp/tuple_hash.hpp"

namespace stack::tcp {

namespace {

constexpr unsigned index_bits = 30;
constexpr std::uint32_t index_mask = (1U << index_bits) - 1;

std::uint32_t pack(reference to) {
    return static_cast<std::uint32_t>(to.kind) << index_bits | to.index;
}
reference unpack(std::uint32_t value) {
    return {static_cast<entity>(value >> index_bits), value & index_mask};
}

four_tuple const& tuple_of(engine_state const& s, reference which) {
    switch (which.kind) {
        case entity::half_open:
            return s.half_opens[which.index].tuple;
        case entity::time_wait:
            return s.time_waits[which.index].tuple;
        default:
            return s.connections[which.index].tuple;
    }
}

auto has_tuple(engine_state const& s, four_tuple const& tuple) {
    return [&](std::uint32_t value) { return tuple_of(s, unpack(value)) == tuple; };
}
auto has_endpoint(engine_state const& s, endpoint const& local) {
    return [&](std::uint32_t value) { return s.listeners[value].name.local == local; };
}

template <class Key>
std::uint32_t place_of(engine_state const& s, Key const& key) {
    return static_cast<std::uint32_t>(hash_of(s.table_key, key));
}

}  // namespace

std::optional<reference> find(engine_state const& s, four_tuple const& tuple) {
    auto const value = s.tuples.find(place_of(s, tuple), has_tuple(s, tuple));
    if (!value) return std::nullopt;
    return unpack(*value);
}

void enter(engine_state& s, four_tuple const& tuple, reference to) {
    s.tuples.insert(place_of(s, tuple), pack(to));
}

void hand_over(engine_state& s, four_tuple const& tuple, reference to) {
    s.tuples.replace(place_of(s, tuple), pack(to), has_tuple(s, tuple));
}

void remove(engine_state& s, four_tuple const& tuple) {
    s.tuples.erase(place_of(s, tuple), has_tuple(s, tuple));
}

std::optional<std::uint32_t> find_exact_listener(engine_state const& s, endpoint const& local) {
    return s.endpoints.find(place_of(s, local), has_endpoint(s, local));
}

namespace {

// The first of a ring, from `first` on: of those on :: some may be of IPv6 alone.
std::optional<std::uint32_t> first_for(engine_state const& s, std::uint32_t first,
                                       address const& host) {
    std::uint32_t at = first;
    while (!s.listeners[at].name.covers(host)) {
        at = s.listeners[at].sharers.next;
        if (at == first) return std::nullopt;
    }
    return at;
}

}  // namespace

std::optional<std::uint32_t> find_listener(engine_state const& s, endpoint const& local) {
    if (auto const exact = find_exact_listener(s, local)) return exact;
    if (local.host.is_v4())
        if (auto const any = find_exact_listener(s, {address::any_v4(), local.port})) return any;
    auto const any = find_exact_listener(s, {address(), local.port});
    return any ? first_for(s, *any, local.host) : std::nullopt;
}

void enter_listener(engine_state& s, std::uint32_t index) {
    listener& l = s.listeners[index];
    auto const first = find_exact_listener(s, l.name.local);
    if (!first) {
        l.sharers = {index, index};
        return s.endpoints.insert(place_of(s, l.name.local), index);
    }
    std::uint32_t const last = s.listeners[*first].sharers.previous;
    l.sharers = {last, *first};
    s.listeners[last].sharers.next = index;
    s.listeners[*first].sharers.previous = index;
}

void remove_listener(engine_state& s, std::uint32_t index) {
    listener& l = s.listeners[index];
    endpoint const local = l.name.local;
    if (l.sharers.next == index)
        return s.endpoints.erase(place_of(s, local), has_endpoint(s, local));
    if (find_exact_listener(s, local) == index) give_turn(s, l.sharers.next);
    s.listeners[l.sharers.previous].sharers.next = l.sharers.next;
    s.listeners[l.sharers.next].sharers.previous = l.sharers.previous;
    l.sharers = {};
}

void give_turn(engine_state& s, std::uint32_t index) {
    endpoint const local = s.listeners[index].name.local;
    s.endpoints.replace(place_of(s, local), index, has_endpoint(s, local));
}

}  // namespace stack::tcp
