// What a fragment must be like before it is stored.
#pragma once

#include "stack/ip/input.hpp"

namespace stack::ip {

/// Lengths and offsets that can be (RFC 791 3.2, RFC 8200 4.5), and a first fragment that shows
/// what it is: all headers through the transport's (RFC 7112 5), of IPv4 those of TCP (RFC 1858,
/// RFC 3128). `part` has been opened.
refusal check_fragment(inbound const& part);

}  // namespace stack::ip
