// The UDP sockets of other stacks that take datagrams to DVIPAs, as their owner knows them.
#pragma once

#include "stack/shard/member.hpp"
#include "stack/wire/endpoint.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace stack::dvipa {

/// Several stacks may have sockets of one name. Finding allocates nothing.
class receiver_table {
  public:
    /// Of all stacks together.
    static constexpr std::size_t most_names = 65'536;

    explicit receiver_table(siphash_key const& key) : names_(0, wire::keyed_hash{key}) {}

    /// A name is local address and port, of a connected socket remote ones as well. False: the
    /// table is full.
    bool add(four_tuple const& name, member_id who) {
        if (names_.size() >= most_names && !names_.contains(name)) return false;
        auto& all = names_[name];
        if (std::find(all.begin(), all.end(), who) == all.end()) all.push_back(who);
        return true;
    }
    void remove(four_tuple const& name, member_id who) {
        auto const found = names_.find(name);
        if (found == names_.end()) return;
        std::erase(found->second, who);
        if (found->second.empty()) names_.erase(found);
    }
    void remove(member_id who) {
        boost::unordered::erase_if(names_, [&](auto& each) {
            std::erase(each.second, who);
            return each.second.empty();
        });
    }
    /// Keeps the names whose local address passes `keep(address)`.
    template <class Keep>
    void keep_addresses(Keep&& keep) {
        boost::unordered::erase_if(names_,
                                   [&](auto const& each) { return !keep(each.first.local.host); });
    }

    std::span<member_id const> find(four_tuple const& name) const {
        auto const found = names_.find(name);
        return found == names_.end() ? std::span<member_id const>() : found->second;
    }

  private:
    boost::unordered_flat_map<four_tuple, std::vector<member_id>, wire::keyed_hash> names_;
};

}  // namespace stack::dvipa
