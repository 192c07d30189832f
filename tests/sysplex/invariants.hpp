// What must hold at any time, looked at from outside of all stacks.
#pragma once

#include "node.hpp"
#include "store.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sim {

/// A living stack as the rules see it.
struct living {
    std::string name;
    node const* stack = nullptr;
};

/// Thrown with what does not hold.
struct broken {
    std::string what;
};

/// I2, I3: no two stacks that may send use one 4-tuple (nor one port, unless the table shares it by
/// connection), and whatever such a stack uses is in the facility as in use.
class rules_of_use {
  public:
    /// Cheap where nothing has changed since the last call.
    void check(std::vector<living> const& stacks, store const& facility);

  private:
    using uses = std::vector<std::pair<std::string, std::set<node::use>>>;  ///< by stack
    uses last_;
    cf::etcd::revision last_at_ = 0;
};

/// A packet that opens a connection: no other stack that may send has it.
void check_opening(node const& sender, stack::fragments const& packet,
                   std::vector<living> const& stacks);
/// A reset from the DVIPA: no other stack that may send has the connection, established. One whose
/// lease has been ended has lost it, if it knows that or not.
void check_reset(node const& sender, stack::fragments const& packet,
                 std::vector<living> const& stacks, store const& facility);
/// One stack at most that may send is the owner of the DVIPA.
void check_owner(std::vector<living> const& stacks);
/// Nothing is in use any more: what is left in the facility would be lost.
void check_empty(store const& facility);

}  // namespace sim
