// The destination port table (VDPT): which stacks can take connections to a DVIPA's port, how many
// they have, and who gets the next.
#pragma once

#include "stack/core/time.hpp"
#include "stack/dvipa/target_choice.hpp"
#include "stack/shard/target_report.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace stack::dvipa {

/// Kept by the owner, from the notices and reports of the other stacks. Whether the owner itself
/// listens is its own knowledge and passed in.
class destination_table {
  public:
    void listening(endpoint const& service, member_id who);
    void stopped_listening(endpoint const& service, member_id who);
    void report(member_id who, target_report const& told);
    void remove(member_id who);
    /// The targets of any service may be others now.
    void configure() { ++version_; }
    /// Keeps the services whose DVIPA passes `keep(address)`.
    template <class Keep>
    void keep_addresses(Keep&& keep) {
        std::erase_if(services_, [&](auto const& entry) { return !keep(entry.first.host); });
    }

    bool listens(endpoint const& service, member_id who) const;
    /// nullptr: nothing is known of it yet.
    destination const* find(endpoint const& service, member_id who) const;
    /// WLM of the display: 64 for the target with the highest weight, for the others in proportion,
    /// at least 1 unless it gets nothing. Of weighted_active the weight configured, of methods
    /// without weights 1.
    unsigned weight(endpoint const& service, distribution_settings const& rule,
                    member_id who) const;
    /// Whether `who` has the connections of a hot_standby.
    bool stands(endpoint const& service, member_id who) const;

    /// The target whose turn it is, of those that have a listener; the connection is counted as
    /// handed to it. `client` has the connection's other end, if it is a stack of the group.
    std::optional<member_id> pick(endpoint const& service, distribution_settings const& rule,
                                  member_id self, bool self_listens, member_id client = {});
    /// The same if `who` is ready and a target, for its client's affinity.
    bool take(endpoint const& service, distribution_settings const& rule, member_id who,
              member_id self, bool self_listens);
    /// A connection has been sent to its target, and the target says that it has it.
    void handed_over(endpoint const& service, member_id who, instant now);
    void arrived(endpoint const& service, member_id who);
    /// Ends the seconds in which is measured what arrives. next_second(): nothing is measured.
    void advance(instant now);
    std::optional<instant> next_second() const { return next_second_; }
    /// A connection is there, or is gone.
    void opened(endpoint const& service, member_id who);
    void ended(endpoint const& service, member_id who);

    /// visit(endpoint) for each service somebody has listened on.
    template <class Visitor>
    void each_service(Visitor&& visit) const {
        for (auto const& entry : services_)
            visit(entry.first);
    }

  private:
    struct service_row {
        std::vector<destination> targets;  // first those of the rule, in its order
        choice_state choice;
        std::uint64_t version = 0;  // of the order
    };
    std::span<destination> targets_of(endpoint const& service, distribution_settings const& rule,
                                      member_id self, bool self_listens);
    void put_in_order(endpoint const& service, service_row& row, distribution_settings const& rule);
    destination& find_or_add(endpoint const& service, service_row& row, member_id who);
    void weigh(destination& target, endpoint const& service) const;

    std::map<endpoint, service_row> services_;
    std::map<member_id, target_report> reports_;  // the last of each
    std::optional<instant> next_second_;
    std::uint64_t version_ = 1;
};

}  // namespace stack::dvipa
