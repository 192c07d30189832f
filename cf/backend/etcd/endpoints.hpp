// The connections to etcd's members, and which of them is used.
#pragma once

#include "cf/backend/etcd/settings.hpp"
#include "cf/failure.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <grpcpp/channel.h>

namespace cf::etcd {

/// One channel an endpoint; a call that fails moves everyone on to the next. Thread-safe.
class endpoints {
  public:
    /// Errors: an endpoint that is none, a PEM file that cannot be read, TLS asked for and not
    /// configured. Connects to nothing yet.
    static result<endpoints> open(access const& where);
    endpoints(endpoints&& other) noexcept;

    struct endpoint {
        std::string name;
        std::shared_ptr<grpc::Channel> channel;
    };
    /// A connected endpoint: the one in use, or the next that has a connection before the deadline.
    endpoint const* connected(std::chrono::steady_clock::time_point deadline);
    /// Nobody uses `failed` while there is another.
    void leave(endpoint const& failed);
    /// "etcd at a:1, b:2" for messages.
    std::string names() const;

  private:
    explicit endpoints(std::vector<endpoint> all) : all_(std::move(all)) {}

    std::vector<endpoint> all_;
    std::atomic<std::size_t> current_ = 0;
};

}  // namespace cf::etcd
