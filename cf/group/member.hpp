// A stack as the group knows it.
#pragma once

#include "cf/dvipa.hpp"

#include <cstdint>
#include <string>

#include <sys/types.h>

namespace cf {

/// What a stack says about itself when it joins. Names: 1..15 characters; xcf: at most 107 bytes.
struct member_description {
    std::string stack;   ///< unique among the living members of the group
    std::string system;  ///< the system it runs on
    std::string xcf;     ///< where it listens for the others: a path, or tls://ADDRESS:PORT
    dvipa dynamic_xcf;   ///< its dynamic XCF address
    pid_t pid = 0;       ///< of the process, for messages and for waking up at its end

    friend bool operator==(member_description const&, member_description const&) = default;
};

/// One incarnation of one stack. The slot (0..63) is its place in the group; the incarnation grows
/// with each join of anyone, so the pair is never used twice.
struct member {
    member_description who;
    std::uint16_t slot = 0xffff;
    std::uint32_t incarnation = 0;
    std::uint64_t joined = 0;  ///< trace::now() at the join; 0: not known

    friend bool operator==(member const&, member const&) = default;
};

/// What happened to another member since the last look.
struct group_event {
    enum class kind : std::uint8_t {
        joined,
        left,      ///< in good order
        failed,    ///< its process is dead and its ports are not yet recovered: call recover()
        recovered  ///< it failed, and some stack has given its ports back
    };
    kind what = kind::joined;
    member who;
};

}  // namespace cf
