// An address and a port as the control protocol writes them.
#pragma once

#include <cstdint>
#include <string>

namespace app {

/// In requests an empty address means any address, and port 0 any port.
struct endpoint {
    std::string address;  ///< dotted decimal or RFC 5952 text
    std::uint16_t port = 0;

    std::string to_string()
        const;  ///< z/OS form, "10.1.9.9..40000"; "*" for an empty address, no port for 0
    friend bool operator==(endpoint const&, endpoint const&) = default;
};

}  // namespace app
