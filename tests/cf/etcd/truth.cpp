#include "cf/backend/etcd/keys.hpp"
#include "cf/backend/etcd/values.hpp"
#include "own_stack.hpp"

#include <bit>
#include <cstdlib>
#include <map>

namespace cf::test {

truth read_truth(etcd::client& from, dvipa const& of) {
    etcd::key_names names("PLEX1");
    auto all = from.transact({.reads = {names.firsts(of), names.seconds(of)}}).value();
    std::map<std::string, std::uint64_t> first, second;
    for (auto const& one : all.found) {
        auto port = one.key.substr(one.key.size() - 5);
        etcd::first_word in_use;
        etcd::second_word uses;
        if (names.kind_of(one.key) == 'f' && etcd::decode(one.value, in_use))
            first[port] = in_use.in_use;
        if (names.kind_of(one.key) == 's' && etcd::decode(one.value, uses))
            second[port] |= uses.held | uses.served;
    }
    truth told{.whole = first == second};
    for (auto const& [port, bits] : first)
        told.in_use += static_cast<std::size_t>(std::popcount(bits));
    return told;
}

}  // namespace cf::test
