// What one stack tells the others about the DVIPAs it defines.
#pragma once

#include "daemon/sysplex/explicit_bind_range.hpp"
#include "stack/shard/distribution_settings.hpp"
#include "stack/wire/address.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcpplexd {

/// One of DESTIP's list.
struct distribution_target {
    stack::address xcf;
    std::uint8_t weight = 10;  ///< WEIGHTEDACTIVE, 0..99
    bool preferred = false;    ///< HOTSTANDBY
    std::uint8_t rank = 1;     ///< HOTSTANDBY, of a BACKUP, 1..254
    friend bool operator==(distribution_target const&, distribution_target const&) = default;
};

/// A VIPADISTRIBUTE: one item of its PORT list, who may get connections, and how he is chosen.
struct distribution {
    std::uint16_t first_port = 0;  ///< 0: every port somebody listens on
    std::uint16_t last_port = 0;
    stack::distribution_method method = stack::distribution_method::base_wlm;  ///< sent by number
    bool switch_back = true;
    bool health_switch = true;
    std::uint16_t affinity_seconds = 0;        ///< 0..9999
    bool to_all = false;                       ///< DESTIP ALL
    std::vector<distribution_target> targets;  ///< else these
    std::optional<std::uint8_t> opt_local{};   ///< 0..16; nothing: NOOPTLOCAL
    friend bool operator==(distribution const&, distribution const&) = default;
};

/// A DVIPA as one stack has it: what makes it claim the address, and what it would do as its owner.
struct dvipa_definition {
    /// Sent: never renumber.
    enum class kind : std::uint8_t {
        define = 0,  ///< VIPADEFINE
        backup = 1,  ///< VIPABACKUP
        range = 2    ///< came to life in a VIPARANGE
    };
    stack::address host;
    std::uint8_t prefix_length = 32;
    kind origin = kind::define;
    std::uint8_t rank = 0;  ///< of a backup, 1..254
    /// MOVEABLE IMMEDIATE, or NONDISRUPTIVE of a range: another stack with a better claim gets it
    /// at once. Else with the end of the last connection, and from a range never.
    bool immediate = true;
    /// Of a backup: MOVEABLE and mask were given, so it is active here if it is nowhere else.
    bool activates = false;
    /// SYSPLEX,DEACTIVATE: claims nothing until it is reactivated.
    bool deactivated = false;
    /// When it was defined, in ms of the Unix epoch: of two VIPADEFINEs the later one counts.
    std::int64_t since = 0;
    std::vector<distribution> distributions;
    friend bool operator==(dvipa_definition const&, dvipa_definition const&) = default;
};

/// VIPAROUTE: to the stack with this dynamic XCF address by way of another one of its addresses.
struct vipa_route {
    stack::address xcf;
    stack::address via;
    friend bool operator==(vipa_route const&, vipa_route const&) = default;
};

/// All of one stack's, as it sends them to each member when they meet and whenever they change.
struct member_definitions {
    /// Unspecified: none configured, so never a target of a DVIPA of that family.
    stack::address dynamic_xcf;
    stack::address dynamic_xcf6;
    /// Takes part; false after SYSPLEX,LEAVEGROUP, when there is nothing else here.
    bool joined = true;
    std::vector<stack::address>
        homes;  ///< of devices, and static VIPAs: tunnels begin and end here
    std::vector<vipa_route> vipa_routes;
    std::vector<dvipa_definition> dvipas;
    /// The last one specified that it knows of, on whichever stack.
    std::optional<explicit_bind_range> explicit_bind;

    /// Nothing if there is none.
    dvipa_definition const* find(stack::address const& host) const;

    /// Of the family of `host`.
    stack::address const& xcf_for(stack::address const& host) const {
        return host.is_v4() ? dynamic_xcf : dynamic_xcf6;
    }
    friend bool operator==(member_definitions const&, member_definitions const&) = default;
};

std::string to_json(member_definitions const& definitions);
/// Another stack's message: checked like any input. The error says which member is missing or
/// wrong.
boost::system::result<member_definitions, std::string> definitions_from_json(std::string_view text);

}  // namespace tcpplexd
