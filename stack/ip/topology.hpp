// What the configuration says about addresses and routes, prepared for looking up.
#pragma once

#include "stack/shard/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace stack::ip {

/// Where a packet leaves.
struct route {
    std::size_t interface = 0;  ///< position in settings::interfaces
    std::uint16_t mtu = 0;      ///< the smaller of the route's and the interface's
};

class topology {
  public:
    topology();
    void configure(std::shared_ptr<stack::settings const> next);

    stack::settings const& settings() const { return *settings_; }

    /// The home address's interface, active or not.
    interface_settings const* interface_of(address const& host) const;
    /// The dynamic VIPA, in whatever role.
    dvipa_settings const* dvipa(address const& host) const;
    /// This stack is where packets for the DVIPA arrive.
    bool owns(dvipa_settings const& dvipa) const {
        return dvipa.part == dvipa_settings::role::owner;
    }
    /// Someone else is, and known.
    bool owned_by_another(dvipa_settings const& dvipa) const {
        return !owns(dvipa) && dvipa.owner.valid() && dvipa.owner != settings_->self;
    }
    /// A home address, a dynamic VIPA, or a loopback address.
    bool is_local(address const& host) const;
    /// Usable as source: a home address of an active interface, a static VIPA or a DVIPA.
    bool is_active(address const& host) const;

    /// Longest prefix first, through active devices only; of equal prefixes the first configured.
    std::optional<route> find_route(address const& destination) const;
    /// The smallest MTU of the active devices, 1500 without any: what a connection to a DVIPA may
    /// use, whose other end may turn out to live on any stack and to answer through any device.
    std::uint16_t smallest_mtu() const;

  private:
    struct place {
        address host;
        std::size_t index;
    };
    struct row {
        prefix destination;
        route way;
    };
    static void sort(std::vector<place>& places);
    static std::optional<std::size_t> find(std::vector<place> const& places, address const& host);

    std::shared_ptr<stack::settings const> settings_;
    std::vector<place> interfaces_;  // sorted by address
    std::vector<place> dvipas_;      // sorted by address
    std::vector<row> routes_;        // longest prefix first
};

}  // namespace stack::ip
