// The destination port table (VDPT): which stacks can take connections to a DVIPA's port, and whose
// turn it is.
#pragma once

#include "stack/shard/member.hpp"
#include "stack/shard/settings.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace stack::dvipa {

/// Connections to the port are the distributor's to hand out.
bool is_distributed(dvipa_settings const& dvipa, std::uint16_t port);

/// Kept by the owner, from the notices of the other stacks. Whether the owner itself listens is its
/// own knowledge and passed in.
class destination_table {
  public:
    struct target {
        member_id who;
        bool listens = false;           ///< has said so; of the owner itself always false
        std::uint64_t connections = 0;  ///< handed to it so far
    };

    void listening(endpoint const& service, member_id who);
    void stopped_listening(endpoint const& service, member_id who);
    void remove(member_id who);
    /// Keeps the services whose DVIPA passes `keep(address)`.
    template <class Keep>
    void keep_addresses(Keep&& keep) {
        std::erase_if(services_, [&](auto const& entry) { return !keep(entry.first.host); });
    }

    bool listens(endpoint const& service, member_id who) const;
    std::uint64_t connections(endpoint const& service, member_id who) const;

    /// The next of `targets`, in turn, that has a listener; counts the connection for it.
    std::optional<member_id> pick(endpoint const& service, std::vector<member_id> const& targets,
                                  member_id self, bool self_listens);

    /// visit(endpoint) for each service somebody has listened on.
    template <class Visitor>
    void each_service(Visitor&& visit) const {
        for (auto const& entry : services_)
            visit(entry.first);
    }

  private:
    struct service_row {
        std::vector<target> targets;
        std::size_t turn = 0;  // of the targets passed to pick()
    };
    static target& find_or_add(service_row& row, member_id who);
    target const* find(endpoint const& service, member_id who) const;

    std::map<endpoint, service_row> services_;
};

}  // namespace stack::dvipa
