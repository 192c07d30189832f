// The client of a real etcd, over gRPC.
#pragma once

#include "cf/backend/etcd/client.hpp"
#include "cf/backend/etcd/settings.hpp"

namespace cf::etcd {

/// Connects to nothing yet. Errors: see endpoints::open.
result<std::unique_ptr<client>> connect(access const& where);

}  // namespace cf::etcd
