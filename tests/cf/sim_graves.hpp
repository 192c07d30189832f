// What dead stacks held for sure, until somebody begins to recover them.
#pragma once

#include "cf/group/member.hpp"
#include "sim_invariants.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cf::sim {

class graves {
  public:
    void bury(member const& who, std::set<std::uint16_t> ports) {
        graves_.push_back({who, std::move(ports)});
    }
    /// From here on its ports may be free, even if the recoverer dies before it is done.
    void open(std::uint32_t incarnation) {
        std::erase_if(graves_,
                      [&](grave const& dead) { return dead.who.incarnation == incarnation; });
    }
    void clear() { graves_.clear(); }
    /// Throws broken if a port that a stack got is still a dead one's.
    void check(std::string const& name, std::uint16_t port) const {
        for (auto const& dead : graves_)
            if (dead.ports.count(port) != 0)
                throw broken{name + " got port " + std::to_string(port) + " of " +
                             dead.who.who.stack + ", not yet recovered"};
    }

  private:
    struct grave {
        member who;
        std::set<std::uint16_t> ports;
    };
    std::vector<grave> graves_;
};

}  // namespace cf::sim
