// What the new owner of a DVIPA and the other stacks say to each other.
#pragma once

#include "stack/wire/address.hpp"

#include <boost/system/result.hpp>

#include <string>
#include <string_view>

namespace tcpplexd {

/// "I own it now: tell me your connections and listeners", or the answer "these were all", which
/// follows them on the same link.
struct settle_message {
    stack::address dvipa;
    bool all_told = false;
    friend bool operator==(settle_message const&, settle_message const&) = default;
};

std::string to_json(settle_message const& message);
/// Another stack's message: checked like any input. The error says which member is missing or
/// wrong.
boost::system::result<settle_message, std::string> settle_from_json(std::string_view text);

}  // namespace tcpplexd
