// What the configuration says about addresses and routes, prepared for looking up.
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/ip/routes.hpp"
#include "stack/shard/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace stack::ip {

class topology {
  public:
    /// `key` spreads flows over routes of equal length.
    explicit topology(siphash_key const& key = {});
    void configure(std::shared_ptr<stack::settings const> next);

    stack::settings const& settings() const { return *settings_; }

    /// What an address is to this stack; nothing of it for a foreign one.
    struct standing {
        interface_settings const* interface = nullptr;  ///< whose home address it is, active or not
        dvipa_settings const* dvipa = nullptr;          ///< the dynamic VIPA, in whatever role
        bool loopback = false;

        bool is_local() const { return loopback || interface != nullptr || dvipa != nullptr; }
    };
    standing of(address const& host) const;

    interface_settings const* interface_of(address const& host) const { return of(host).interface; }
    dvipa_settings const* dvipa(address const& host) const { return of(host).dvipa; }
    /// This stack is where packets for the DVIPA arrive.
    bool owns(dvipa_settings const& dvipa) const {
        return dvipa.part == dvipa_settings::role::owner;
    }
    /// Someone else is, and known.
    bool owned_by_another(dvipa_settings const& dvipa) const {
        return !owns(dvipa) && dvipa.owner.valid() && dvipa.owner != settings_->self;
    }
    /// A home address, a dynamic VIPA, or a loopback address.
    bool is_local(address const& host) const { return of(host).is_local(); }
    /// Usable as source: a home address of an active interface, a static VIPA or a DVIPA.
    bool is_active(address const& host) const;

    /// Where packets between the two leave: by the longest prefix, through active devices only. A
    /// source that is unspecified has not been chosen yet.
    std::optional<route> find_route(address const& source, address const& destination) const {
        return routes_.find(source, destination);
    }
    /// What a stack tells others from when interface `index` is where a packet came in: that
    /// interface's address if it is of the packet's family, else the first such of an active
    /// device.
    std::optional<address> address_for(std::size_t index, bool v4) const;
    /// The smallest MTU of the active devices of a family, 1500 without any: what a connection to a
    /// DVIPA may use, whose other end may turn out to live on any stack and to answer through any
    /// device.
    std::uint16_t smallest_mtu(bool v4) const;

  private:
    struct place {
        address host;
        standing what;
    };

    std::shared_ptr<stack::settings const> settings_;
    std::vector<place> places_;  // sorted by address, each once
    routes routes_;
};

}  // namespace stack::ip
