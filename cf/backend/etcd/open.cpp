// The backend on a real etcd.
#include "cf/backend/etcd/backend.hpp"
#include "cf/backend/etcd/grpc_client.hpp"

namespace cf::etcd {

result<std::unique_ptr<backend>> backend::open(settings const& how) {
    auto connected = connect(how.where);
    if (!connected) return connected.error();
    return open(how, std::move(*connected));
}

}  // namespace cf::etcd
