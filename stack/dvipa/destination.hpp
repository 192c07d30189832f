// A stack that connections to one service may go to, as the owner of the DVIPA knows it.
#pragma once

#include "stack/dvipa/arrivals.hpp"
#include "stack/shard/member.hpp"

#include <cstdint>

namespace stack::dvipa {

struct destination {
    static constexpr std::uint32_t unreported = 0;

    member_id who;
    bool listens = false;                 ///< has said so; of the owner itself always false
    bool ready = false;                   ///< during a choice: has a server
    std::uint8_t factor = 1;              ///< during a choice: of its weight
    std::uint8_t room = 100;              ///< per cent of its server's backlog that is free
    std::uint8_t established = 100;       ///< service_health: CER
    std::uint8_t accepted = 100;          ///< service_health: SEF
    std::uint32_t capacity = unreported;  ///< hundredths of idle processors, at least 1
    std::uint32_t active = 0;             ///< connections that it has
    std::uint64_t connections = 0;        ///< handed to it so far
    std::int64_t credit = 0;              ///< of its turns by weight
    arrivals arriving;                    ///< TCSR

    /// TSR: per cent; 0: a connection would most likely fail.
    std::uint8_t responsiveness() const {
        constexpr std::uint32_t square = 100 * 100;
        return static_cast<std::uint8_t>(
            (std::uint32_t{arriving.percent()} * established * accepted + square / 2) / square);
    }
};

}  // namespace stack::dvipa
