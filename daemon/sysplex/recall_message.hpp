// What stacks say to each other about ports of blocks (GRAIN above 1).
#pragma once

#include "stack/wire/address.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace tcpplexd {

/// "Give this port back if nothing uses it"; port 0: give back what you can spare.
struct recall_request {
    std::uint32_t number = 0;  ///< the asker's
    stack::address dvipa;
    std::uint16_t port = 0;
    friend bool operator==(recall_request const&, recall_request const&) = default;
};

/// Whoever asked looks at the facility again.
struct recall_answer {
    std::uint32_t number = 0;
    bool gave = false;  ///< something has been given back
    friend bool operator==(recall_answer const&, recall_answer const&) = default;
};

using recall_message = std::variant<recall_request, recall_answer>;

std::string to_json(recall_message const& message);
/// Another stack's message: checked like any input. The error says which member is missing or
/// wrong.
boost::system::result<recall_message, std::string> recall_from_json(std::string_view text);

}  // namespace tcpplexd
