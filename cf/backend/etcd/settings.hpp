// How a stack reaches etcd, and how long its proof of life lasts.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cf::etcd {

/// Where etcd is and who asks. With `ca` all connections are TLS.
struct access {
    std::vector<std::string> endpoints{};  ///< "host:port", also after "http://" or "https://"
    std::string ca{};                      ///< PEM file of those who sign the servers' certificates
    std::string certificate{};             ///< PEM file of this client's certificate, and
    std::string key{};                     ///< of its private key; both or none
};

/// "host:port" of an endpoint as written; nothing if it is none.
std::optional<std::string> target_of(std::string_view endpoint);

/// How stacks keep out of each other's updates.
enum class locking : std::uint8_t {
    transaction,  ///< one transaction compares all that the update has read
    held          ///< a lock key first, first in first out, which the transaction compares too
};

struct settings {
    access where;
    std::string group;  ///< of the sysplex and its XCFGRPID; all keys are under /tcpplex/GROUP/
    locking lock = locking::transaction;
    std::chrono::seconds lease{10};              ///< at least 2: etcd's shortest
    std::chrono::milliseconds keep_alive{1000};  ///< between renewals; a tenth of the lease
    std::chrono::milliseconds grace{3000};       ///< from the end of a lease to the recovery
};

}  // namespace cf::etcd
