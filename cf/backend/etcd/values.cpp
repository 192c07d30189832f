#include "cf/backend/etcd/values.hpp"

#include "cf/xcf/byte_reader.hpp"

#include <bit>
#include <span>
#include <utility>

namespace cf::etcd {

namespace {

using xcf::byte_reader;
using xcf::byte_writer;

constexpr std::uint8_t version = 3;
constexpr std::size_t longest_name = 15;
constexpr std::size_t longest_path = 107;

byte_writer begin() {
    byte_writer out(32);
    out.u8(version);
    return out;
}

std::string end(byte_writer&& out) {
    auto bytes = std::move(out).bytes();
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// Past the version byte; reading goes wrong if it is another.
class value_reader : public byte_reader {
  public:
    explicit value_reader(std::string const& bytes)
        : byte_reader(std::as_bytes(std::span(bytes))), known_(u8() == version) {}
    bool complete() const { return known_ && byte_reader::complete(); }

  private:
    bool known_;
};

void put(byte_writer& out, incarnation_in_slot const& who) {
    out.u8(static_cast<std::uint8_t>(who.slot));
    out.u32(who.incarnation);
}

bool take(byte_reader& in, incarnation_in_slot& who) {
    who.slot = in.u8();
    who.incarnation = in.u32();
    return who.slot < slot_count;
}

template <class Function>
void for_each(std::uint64_t bits, Function&& function) {
    for (; bits != 0; bits &= bits - 1)
        function(static_cast<std::size_t>(std::countr_zero(bits)));
}

template <class Values, class Predicate>
std::uint64_t bits_of(Values const& values, Predicate is_set) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (is_set(values[i])) bits |= std::uint64_t{1} << i;
    return bits;
}

}  // namespace

std::string encode(dvipa_record const& value) {
    auto out = begin();
    auto const& settings = value.settings;
    out.u8(static_cast<std::uint8_t>(settings.state));
    out.u8(static_cast<std::uint8_t>(settings.form));
    out.u16(settings.grain);
    out.u32(settings.generation);
    out.u16(settings.first_port);
    out.u16(settings.last_port);
    put(out, {settings.set_by_slot, settings.set_by_incarnation});
    put(out, {value.owner.slot, value.owner.incarnation});
    out.u8(value.revising ? 1 : 0);
    if (value.revising) put(out, *value.revising);
    out.u64(value.users);
    for_each(value.users, [&](std::size_t slot) { out.u32(value.backfilled[slot]); });
    return end(std::move(out));
}

bool decode(std::string const& bytes, dvipa_record& into) {
    into = {};
    value_reader in(bytes);
    auto state = in.u8();
    auto form = in.u8();
    auto& settings = into.settings;
    settings.grain = in.u16();
    settings.generation = in.u32();
    settings.first_port = in.u16();
    settings.last_port = in.u16();
    incarnation_in_slot set_by;
    bool sound = take(in, set_by);
    incarnation_in_slot owner;
    sound &= take(in, owner);
    into.owner = {owner.slot, owner.incarnation};
    auto revising = in.u8();
    if (revising == 1) sound &= take(in, into.revising.emplace());
    into.users = in.u64();
    for_each(into.users, [&](std::size_t slot) { into.backfilled[slot] = in.u32(); });
    settings.state = static_cast<sharing_state>(state & 3U);
    settings.form = static_cast<structure_form>(form & 3U);
    settings.set_by_slot = static_cast<std::uint8_t>(set_by.slot);
    settings.set_by_incarnation = set_by.incarnation;
    return sound && in.complete() && state <= 3 && form <= 2 && revising <= 1;
}

std::string encode(first_word const& value) {
    auto out = begin();
    out.u64(value.in_use);
    for_each(value.in_use, [&](std::size_t bit) { out.u8(value.holders[bit]); });
    return end(std::move(out));
}

bool decode(std::string const& bytes, first_word& into) {
    into = {};
    value_reader in(bytes);
    into.in_use = in.u64();
    for_each(into.in_use, [&](std::size_t bit) { into.holders[bit] = in.u8(); });
    return in.complete() && !is_empty(into);
}

std::string encode(second_word const& value) {
    auto out = begin();
    out.u64(value.held);
    out.u64(value.served);
    auto const counted = bits_of(value.uses, [](std::uint32_t uses) { return uses != 0; });
    out.u64(counted);
    for_each(counted, [&](std::size_t bit) { out.u32(value.uses[bit]); });
    return end(std::move(out));
}

bool decode(std::string const& bytes, second_word& into) {
    into = {};
    value_reader in(bytes);
    into.held = in.u64();
    into.served = in.u64();
    bool sound = true;
    for_each(in.u64(), [&](std::size_t bit) { sound &= (into.uses[bit] = in.u32()) != 0; });
    return sound && in.complete() && !is_empty(into);
}

std::string encode(link_word const& value) {
    auto out = begin();
    auto const linked = bits_of(value.links, [](list_link one) { return one != list_link{}; });
    out.u64(linked);
    for_each(linked, [&](std::size_t bit) { out.u32(value.links[bit].packed()); });
    return end(std::move(out));
}

bool decode(std::string const& bytes, link_word& into) {
    into = {};
    value_reader in(bytes);
    bool sound = true;
    for_each(in.u64(), [&](std::size_t bit) {
        into.links[bit] = list_link::unpacked(in.u32());
        sound &= into.links[bit] != list_link{};
    });
    return sound && in.complete() && !is_empty(into);
}

std::string encode(table_value const& value) {
    auto out = begin();
    out.u64(value.owners);
    out.u8(value.inbound ? 1 : 0);
    return end(std::move(out));
}

bool decode(std::string const& bytes, table_value& into) {
    value_reader in(bytes);
    into.owners = in.u64();
    auto const inbound = in.u8();
    into.inbound = inbound == 1;
    return in.complete() && inbound <= 1 && !is_empty(into);
}

std::string encode(member_record const& value) {
    auto out = begin();
    out.u8(static_cast<std::uint8_t>(value.now));
    put(out, {value.who.slot, value.who.incarnation});
    auto const& who = value.who.who;
    out.text(who.stack);
    out.text(who.system);
    out.text(who.xcf);
    out.append(std::as_bytes(std::span(who.dynamic_xcf.bytes)));
    out.u32(static_cast<std::uint32_t>(who.pid));
    return end(std::move(out));
}

bool decode(std::string const& bytes, member_record& into) {
    into = {};
    value_reader in(bytes);
    auto state = in.u8();
    incarnation_in_slot place;
    bool sound = take(in, place);
    auto& who = into.who.who;
    who.stack = in.text(longest_name);
    who.system = in.text(longest_name);
    who.xcf = in.text(longest_path);
    in.copy(who.dynamic_xcf.bytes);
    who.pid = static_cast<pid_t>(in.u32());
    into.now = static_cast<member_record::state>(state & 3U);
    into.who.slot = place.slot;
    into.who.incarnation = place.incarnation;
    return sound && in.complete() && state <= 3;
}

std::string encode(incarnation_in_slot const& value) {
    auto out = begin();
    put(out, value);
    return end(std::move(out));
}

bool decode(std::string const& bytes, incarnation_in_slot& into) {
    value_reader in(bytes);
    return take(in, into) && in.complete();
}

std::string encode(std::uint64_t number) {
    auto out = begin();
    out.u64(number);
    return end(std::move(out));
}

bool decode(std::string const& bytes, std::uint64_t& into) {
    value_reader in(bytes);
    into = in.u64();
    return in.complete();
}

std::string encode(group_secret const& value) {
    auto out = begin();
    for (auto const word : value)
        out.u64(word);
    return end(std::move(out));
}

bool decode(std::string const& bytes, group_secret& into) {
    value_reader in(bytes);
    for (auto& word : into)
        word = in.u64();
    return in.complete();
}

}  // namespace cf::etcd
