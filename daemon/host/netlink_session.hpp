// One question to the kernel over netlink, and all of its answer.
#pragma once

#include "daemon/host/failure.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

struct nl_msg;
struct nl_sock;
struct nlmsghdr;

namespace tcpplexd {

/// A request under construction: a header of fixed layout, then attributes. Owned by its maker.
class netlink_message {
  public:
    /// `type` and `flags` as in nlmsghdr (NLM_F_REQUEST is implied). Throws std::bad_alloc.
    netlink_message(int type, int flags);

    /// Appends the family's header, a plain struct (rtmsg, ifaddrmsg, ...).
    template <class Header>
    netlink_message& header(Header const& header) {
        return append(&header, sizeof header);
    }
    /// Appends an attribute.
    netlink_message& put(int attribute, std::span<std::uint8_t const> value);
    netlink_message& put(int attribute, std::uint32_t value);

    nl_msg* get() const { return message_.get(); }

  private:
    netlink_message& append(void const* header, std::size_t size);

    struct release {
        void operator()(nl_msg* message) const;
    };
    std::unique_ptr<nl_msg, release> message_;
};

/// A netlink socket in the network namespace of the thread that opened it. Not for concurrent use.
class netlink_session {
  public:
    /// `protocol` is NETLINK_ROUTE or NETLINK_NETFILTER.
    static host_result<netlink_session> open(int protocol);

    /// Called for each message of the answer; must not throw.
    using on_answer = std::function<void(nlmsghdr*)>;

    /// Sends the request and waits for the whole answer (an acknowledgement, or the end of a dump).
    /// Returns 0 or the kernel's errno; EAGAIN if a dump was overtaken by a change and must be
    /// asked again.
    int request(netlink_message const& message, on_answer const& answer);

  private:
    struct release {
        void operator()(nl_sock* socket) const;
    };
    explicit netlink_session(nl_sock* socket) : socket_(socket) {}
    std::unique_ptr<nl_sock, release> socket_;
};

}  // namespace tcpplexd
