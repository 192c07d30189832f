#include "cf/backend/shared_memory/connection_table.hpp"

#include <algorithm>
#include <bit>

namespace cf::shared_memory {

namespace {

using words = std::array<std::uint64_t, 2>;

constexpr std::uint32_t ports_of(table_entry const& entry) {
    return static_cast<std::uint32_t>(entry.to.port) << 16U | entry.port;
}

// Multiply and fold (as in wyhash, Wang Yi 2019), keyed: remote hosts choose their addresses and
// ports, and must not choose the chain.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using wide = unsigned __int128;
    auto const product = static_cast<wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t hash(table_entry const& entry, std::uint64_t key) {
    auto const [high, low] = std::bit_cast<words>(entry.to.host);
    auto const host = mix(high ^ key ^ 0x9e3779b97f4a7c15U, low ^ (key << 1U | 1U));
    return mix(host ^ ports_of(entry), key ^ 0xbf58476d1ce4e5b9U);
}

bool is(connection_record const& record, table_entry const& entry) {
    auto const [high, low] = std::bit_cast<words>(entry.to.host);
    return record.ports.load(std::memory_order_relaxed) == ports_of(entry) &&
           record.host_low.load(std::memory_order_relaxed) == low &&
           record.host_high.load(std::memory_order_relaxed) == high;
}

table_entry entry_of(connection_record const& record) {
    auto const ports = record.ports.load(std::memory_order_relaxed);
    words const host{record.host_high.load(std::memory_order_relaxed),
                     record.host_low.load(std::memory_order_relaxed)};
    return {static_cast<std::uint16_t>(ports),
            {std::bit_cast<std::array<std::uint8_t, 16>>(host),
             static_cast<std::uint16_t>(ports >> 16U)}};
}

table_value value_of(connection_record const& record) {
    return {.owners = record.owners.load(std::memory_order_relaxed),
            .inbound = (record.flags.load(std::memory_order_relaxed) & inbound_record) != 0};
}

bool is_live(connection_record const& record) {
    return (record.flags.load(std::memory_order_acquire) & live_record) != 0;
}

// Odd while the table is being changed. A crash leaves it odd until the repair.
class changing {
  public:
    changing(std::atomic<std::uint32_t>& sequence, stepwise& steps)
        : sequence_(sequence), steps_(steps) {
        steps_.write(sequence_, sequence_.load(std::memory_order_relaxed) + 1);
    }
    void done() { steps_.write(sequence_, sequence_.load(std::memory_order_relaxed) + 1); }

  private:
    std::atomic<std::uint32_t>& sequence_;
    stepwise& steps_;
};

}  // namespace

connection_table::connection_table(void* base, std::uint32_t records, std::uint64_t hash_key,
                                   std::uint32_t buckets)
    : heads_(*static_cast<table_heads*>(base)),
      by_hash_(reinterpret_cast<std::atomic<std::uint32_t>*>(&heads_ + 1)),
      records_(reinterpret_cast<connection_record*>(by_hash_ + records)),
      count_(records),
      mask_((buckets != 0 ? buckets : records) - 1),
      key_(hash_key) {}

// Numbers come from memory that others write.
connection_record* connection_table::record(std::uint32_t number) const {
    return number >= 1 && number <= count_ ? &records_[number - 1] : nullptr;
}

std::atomic<std::uint32_t>& connection_table::bucket(table_entry const& entry) const {
    return by_hash_[hash(entry, key_) & mask_];
}

std::uint32_t connection_table::number_of(table_entry const& entry) const {
    auto number = bucket(entry).load(std::memory_order_acquire);
    for (std::uint32_t steps = 0; steps <= count_; ++steps) {
        auto const* const at = record(number);
        if (at == nullptr || (is_live(*at) && is(*at, entry))) return at != nullptr ? number : 0;
        number = at->next_in_hash.load(std::memory_order_acquire);
    }
    return 0;
}

table_value connection_table::value(table_entry const& entry) const {
    auto const* const found = record(number_of(entry));
    return found != nullptr ? value_of(*found) : table_value{};
}

bool connection_table::set_value(table_entry const& entry, table_value const& value,
                                 stepwise& steps) {
    auto const number = number_of(entry);
    if (number == 0) return value.owners == 0 || insert(entry, value, steps);
    if (value.owners == 0) return erase(number, entry, steps), true;
    auto& known = *record(number);
    steps.write(known.flags, live_record | (value.inbound ? inbound_record : 0));
    steps.write(known.owners, value.owners);
    return true;
}

std::uint32_t connection_table::take_record(stepwise& steps) {
    auto const free = heads_.free.load(std::memory_order_relaxed);
    if (auto const* const again = record(free)) {
        steps.write(heads_.free, again->next_in_hash.load(std::memory_order_relaxed));
        return free;
    }
    auto const fresh = heads_.fresh.load(std::memory_order_relaxed);
    if (fresh >= count_) return 0;
    steps.write(heads_.fresh, fresh + 1);
    return fresh + 1;
}

bool connection_table::insert(table_entry const& entry, table_value const& value, stepwise& steps) {
    changing now(heads_.sequence, steps);
    auto const number = take_record(steps);
    if (number == 0) return now.done(), false;
    auto& made = *record(number);
    auto& hash_head = bucket(entry);
    auto& port_head = heads_.by_port[entry.port];
    auto const [high, low] = std::bit_cast<words>(entry.to.host);
    steps.write(made.host_high, high);
    steps.write(made.host_low, low);
    steps.write(made.ports, ports_of(entry));
    steps.write(made.owners, value.owners);
    steps.write(made.next_in_hash, hash_head.load(std::memory_order_relaxed));
    steps.write(made.next_on_port, port_head.load(std::memory_order_relaxed));
    steps.write(made.flags, live_record | (value.inbound ? inbound_record : 0));
    steps.write(hash_head, number);
    steps.write(port_head, number);
    steps.write(heads_.live, size() + 1);
    now.done();
    return true;
}

void connection_table::erase(std::uint32_t number, table_entry const& entry, stepwise& steps) {
    changing now(heads_.sequence, steps);
    auto& gone = *record(number);
    steps.write(gone.flags, std::uint32_t{0});
    auto unlink = [&](std::atomic<std::uint32_t>& head, auto next) {
        auto* link = &head;
        for (std::uint32_t n = 0; n <= count_; ++n) {
            auto const at = link->load(std::memory_order_relaxed);
            if (at == number) return steps.write(*link, (gone.*next).load());
            auto* const other = record(at);
            if (other == nullptr) return;
            link = &(other->*next);
        }
    };
    unlink(bucket(entry), &connection_record::next_in_hash);
    unlink(heads_.by_port[entry.port], &connection_record::next_on_port);
    steps.write(gone.next_in_hash, heads_.free.load(std::memory_order_relaxed));
    steps.write(heads_.free, number);
    steps.write(heads_.live, size() - 1);
    now.done();
}

std::uint32_t connection_table::uses(std::uint16_t slot, std::uint16_t port) const {
    std::uint32_t count = 0;
    auto number = heads_.by_port[port].load(std::memory_order_relaxed);
    for (std::uint32_t steps = 0; steps <= count_ && count < 2; ++steps) {
        auto const* const at = record(number);
        if (at == nullptr) break;
        auto const value = value_of(*at);
        if (is_live(*at) && !value.inbound && (value.owners >> slot & 1U) != 0) ++count;
        number = at->next_on_port.load(std::memory_order_relaxed);
    }
    return count;
}

std::vector<table_row> connection_table::entries(std::uint64_t slots) const {
    std::vector<table_row> rows;
    auto const used = std::min(heads_.fresh.load(std::memory_order_relaxed), count_);
    for (std::uint32_t i = 0; i < used; ++i)
        if (is_live(records_[i]) && (value_of(records_[i]).owners & slots) != 0)
            rows.push_back({entry_of(records_[i]), value_of(records_[i])});
    return rows;
}

// May be interrupted by a crash itself: then it is done again, from the same records.
void connection_table::repair() {
    for (std::uint32_t i = 0; i <= mask_; ++i)
        by_hash_[i].store(0, std::memory_order_relaxed);
    for (auto& head : heads_.by_port)
        head.store(0, std::memory_order_relaxed);
    auto const used = std::min(heads_.fresh.load(std::memory_order_relaxed), count_);
    std::uint32_t live = 0, free = 0;
    for (std::uint32_t number = 1; number <= used; ++number) {
        auto& at = records_[number - 1];
        if (!is_live(at)) {
            at.next_in_hash.store(free, std::memory_order_relaxed);
            free = number;
            continue;
        }
        ++live;
        auto const entry = entry_of(at);
        auto& port_head = heads_.by_port[entry.port];
        at.next_in_hash.store(bucket(entry).exchange(number), std::memory_order_relaxed);
        at.next_on_port.store(port_head.exchange(number), std::memory_order_relaxed);
    }
    heads_.free.store(free, std::memory_order_relaxed);
    heads_.live.store(live, std::memory_order_relaxed);
    auto const sequence = heads_.sequence.load(std::memory_order_relaxed);
    heads_.sequence.store((sequence | 1U) + 1, std::memory_order_release);
}

std::optional<table_value> connection_table::find(table_entry const& entry) const {
    for (int tries = 0; tries < 8; ++tries) {
        auto const before = heads_.sequence.load(std::memory_order_acquire);
        if ((before & 1U) != 0) continue;
        auto const found = value(entry);
        std::atomic_thread_fence(std::memory_order_acquire);
        if (heads_.sequence.load(std::memory_order_relaxed) == before) return found;
    }
    return std::nullopt;
}

}  // namespace cf::shared_memory
