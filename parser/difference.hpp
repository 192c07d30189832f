// What lies between two configurations, in the words of a profile, and what it means for who uses
// the stack.
#pragma once

#include "parser/configuration.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace parser {

/// A statement, or an entry of one, that one of the configurations has and the other has not, or
/// has otherwise.
struct change {
    std::string before;  ///< as a profile has it; empty: added
    std::string after;   ///< likewise; empty: removed
};

enum class effect_kind : std::uint8_t {
    address_gone,       ///< `address` is this stack's no more: connections of it end
    dvipa_gone,         ///< likewise, but another stack may take `address` over
    interface_started,  ///< packets go in and out by it
    interface_stopped,  ///< none does
    sharing_on,         ///< source ports of `address` are shared, its connections adopted
    sharing_off         ///< source ports of `address` drain
};

/// What users of the stack notice of a change.
struct effect {
    effect_kind kind;
    std::optional<ip_address> address;  ///< but for the interfaces
    std::string text;                   ///< "10.1.9.9 ..."
};

struct difference {
    std::vector<change> changes;  ///< in the order of a profile
    std::vector<effect> effects;
};

/// Takes no longer than n log n of the parts that differ.
difference differences(configuration const& before, configuration const& after);

/// "+ PORT 80 TCP WEB", "- ROUTE ..." or both lines, each with its end; then the effects, indented.
std::string to_text(difference const& all);
/// {"changes": [{"before": ..., "after": ...}], "effects": [{"kind": "addressGone", ...}]}
boost::json::object to_json(difference const& all);
char const* to_string(effect_kind kind);

}  // namespace parser
