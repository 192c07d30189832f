// Any bytes as a key or value of etcd: they are refused, or they are what encoding would give.
#include "cf/backend/etcd/keys.hpp"
#include "cf/backend/etcd/settings.hpp"
#include "cf/backend/etcd/values.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace cf::etcd;

template <class Value>
void read_as(std::string const& bytes) {
    Value value{};
    if (decode(bytes, value) && encode(value) != bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string const bytes(reinterpret_cast<char const*>(data), size);
    read_as<dvipa_record>(bytes);
    read_as<first_word>(bytes);
    read_as<second_word>(bytes);
    read_as<link_word>(bytes);
    read_as<cf::table_value>(bytes);
    read_as<member_record>(bytes);
    read_as<incarnation_in_slot>(bytes);
    read_as<std::uint64_t>(bytes);
    read_as<cf::group_secret>(bytes);

    key_names const names("P");
    if (names.kind_of(bytes) == 'd')
        if (auto const address = dvipa_named(names.name_in(bytes)))
            if (!dvipa_named(address->to_string())) std::abort();
    (void)target_of(bytes);
    return 0;
}
