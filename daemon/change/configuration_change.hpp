// Making a stack run on another configuration, whole or not at all.
#pragma once

#include "daemon/change/history.hpp"
#include "daemon/device/device_set.hpp"
#include "parser/configuration.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tcpplexd {

class node;

/// How a change went.
struct change_outcome {
    std::string failure;                ///< why nothing was changed; empty: it was
    std::vector<std::string> problems;  ///< what the kernel refused, of a change that was made
    std::chrono::microseconds held{};   ///< the longest that a shard was kept from its packets
};

/// One change under way. What can fail comes first: the other stacks' definitions, devices, the
/// barriers of what is to be shared, its record in the history; then the configuration is taken
/// over, and what is to be shared no more drains.
class configuration_change : public std::enable_shared_from_this<configuration_change> {
  public:
    using finished = std::function<void(change_outcome)>;

    /// `record` is what the history keeps of it, without the profile; none: it keeps nothing.
    static void run(node& on, history& past, parser::configuration next,
                    std::optional<kept_configuration> record, finished done);

  private:
    configuration_change(node& on, history& past, parser::configuration next, finished done)
        : node_(on), history_(past), next_(std::move(next)), done_(std::move(done)) {}
    void start();
    void plan_sharing();
    void switch_on_next();
    void keep();
    void take_over();
    void fail(std::string reason);

    node& node_;
    history& history_;
    parser::configuration next_;
    std::optional<kept_configuration> record_;
    finished done_;
    change_outcome outcome_;
    device_set::prepared devices_;
    std::vector<stack::address> on_;   ///< to be shared, in order
    std::vector<stack::address> off_;  ///< to be shared no more
    std::size_t done_on_ = 0;          ///< how many of `on_` are shared already
};

}  // namespace tcpplexd
