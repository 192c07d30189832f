// Where the neighbours on a LAN find the DVIPAs that the stack owns.
#pragma once

#include "daemon/device/announced_link.hpp"
#include "stack/tun/fence.hpp"
#include "stack/wire/address.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace tcpplexd {

/// Answers who asks for them, and tells everybody when one comes here, so that what neighbours
/// remember of an earlier owner is replaced.
class announcer {
  public:
    /// `links` are those that the host settings name; without any it does nothing.
    announcer(boost::asio::io_context& io, std::vector<std::string> const& links,
              stack::tun::fence const& fence);

    /// The stack owns `dvipas` from here on, and no others. Those that are new are announced.
    /// Returns what the kernel refused, a sentence each.
    std::vector<std::string> own(std::set<stack::address> const& dvipas);

    /// A link of this name has come up: what its neighbours knew may be lost, so all is announced
    /// again. Returns as own() does.
    std::vector<std::string> came_up(std::string const& link);

  private:
    void announce(stack::address const& dvipa, std::size_t times_before);

    boost::asio::io_context& io_;
    std::deque<announced_link> links_;
    /// Those owned, each with what announces it again: destroyed, it does no more.
    std::map<stack::address, std::shared_ptr<boost::asio::steady_timer>> owned_;
};

}  // namespace tcpplexd
