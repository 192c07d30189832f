#include "outbound.hpp"

#include "client/usage.hpp"

namespace peers::lwip {
namespace {

err_t connected(void*, tcp_pcb*, err_t) {
    return ERR_OK;
}

}  // namespace

void outbound::begin(outbound_order const& order, std::uint64_t end_ns) {
    ipaddr_aton(order.address.c_str(), &address_);
    port_ = static_cast<u16_t>(order.port);
    end_ns_ = end_ns;
    cycles_ = 0;
    busy_ = true;
    for (int i = 0; i < order.concurrent; ++i)
        open_one();
}

bool outbound::has_ended(std::uint64_t now_ns) {
    if (!busy_ || now_ns < end_ns_) return false;
    busy_ = false;
    return true;
}

void outbound::open_one() {
    if (monotonic_ns() >= end_ns_) return;
    tcp_pcb* const connection = tcp_new();
    if (connection == nullptr) return;
    tcp_arg(connection, this);
    tcp_recv(connection, received);
    if (tcp_connect(connection, &address_, port_, connected) != ERR_OK) tcp_abort(connection);
}

err_t outbound::received(void* self, tcp_pcb* connection, pbuf* data, err_t) {
    if (data != nullptr) {
        tcp_recved(connection, data->tot_len);
        pbuf_free(data);
        return ERR_OK;
    }
    auto& all = *static_cast<outbound*>(self);
    ++all.cycles_;
    tcp_arg(connection, nullptr);
    tcp_recv(connection, nullptr);
    if (tcp_close(connection) != ERR_OK) tcp_abort(connection);
    all.open_one();
    return ERR_OK;
}

}  // namespace peers::lwip
