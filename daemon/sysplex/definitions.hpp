// What one stack tells the others about the DVIPAs it defines.
#pragma once

#include "stack/wire/address.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tcpplexd {

/// The ports of one VIPADISTRIBUTE and who may get connections to them.
struct distribution {
    std::vector<std::uint16_t> ports;     ///< empty: every port somebody listens on
    bool to_all = false;                  ///< DESTIP ALL
    std::vector<stack::address> targets;  ///< else these dynamic XCF addresses
    friend bool operator==(distribution const&, distribution const&) = default;
};

/// A VIPADEFINE or VIPABACKUP of one stack.
struct dvipa_definition {
    enum class kind : std::uint8_t { define, backup };
    stack::address host;
    std::uint8_t prefix_length = 32;
    kind origin = kind::define;
    std::uint8_t rank = 0;  ///< of a backup, 1..254
    std::vector<distribution> distributions;
    friend bool operator==(dvipa_definition const&, dvipa_definition const&) = default;
};

/// All of one stack's, as it sends them to each member when they meet and whenever they change.
struct member_definitions {
    /// Unspecified: none configured, so never a target of a DVIPA of that family.
    stack::address dynamic_xcf;
    stack::address dynamic_xcf6;
    std::vector<dvipa_definition> dvipas;

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
