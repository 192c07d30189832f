// Entries of PORT, found by their port without going down a tree of all: a profile may have
// millions of entries, of not so many ports.
#pragma once

#include "parser/reservations.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace parser {

/// Of reservations that nobody else changes meanwhile.
class port_entries {
  public:
    using map = decltype(reservations::ports);
    using iterator = map::iterator;

    explicit port_entries(map& of);

    iterator end() { return of_.end(); }
    /// The first entry of a port; end() if it has none.
    iterator first(port_protocol protocol, std::uint16_t port) const {
        return first_[slot(protocol, port)];
    }
    /// `job` as the profile writes it, empty if RESERVED. end() if there is none.
    iterator find(port_protocol protocol, std::uint16_t port, bool any_address,
                  std::string_view job) const;
    /// An entry without users, which is not there yet.
    iterator add(port_key key);
    void erase(iterator gone);

  private:
    static constexpr std::size_t ports = 65536;
    static std::size_t slot(port_protocol protocol, std::uint16_t port) {
        return (protocol == port_protocol::udp ? ports : 0) + port;
    }
    static std::size_t slot(port_key const& key) { return slot(key.protocol, key.port); }

    map& of_;
    std::vector<iterator> first_;  ///< by slot
    iterator next_;                ///< behind what was added last: lists are often in order
};

}  // namespace parser
