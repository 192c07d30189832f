#include "services.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <lwip/tcp.h>

namespace peers::lwip {
namespace {

void drop(tcp_pcb* connection) {
    tcp_arg(connection, nullptr);
    tcp_recv(connection, nullptr);
    tcp_sent(connection, nullptr);
    tcp_err(connection, nullptr);
    if (tcp_close(connection) != ERR_OK) tcp_abort(connection);
}

/// Sends what lwIP takes of a chain; the rest is the connection's argument.
void pump(tcp_pcb* connection, pbuf* data) {
    while (data != nullptr) {
        if (data->len != 0 &&
            tcp_write(connection, data->payload, data->len, TCP_WRITE_FLAG_COPY) != ERR_OK)
            break;
        tcp_recved(connection, data->len);
        pbuf* const next = data->next;
        if (next != nullptr) pbuf_ref(next);
        pbuf_free(data);
        data = next;
    }
    tcp_arg(connection, data);
    tcp_output(connection);
}

err_t echo_received(void* owed, tcp_pcb* connection, pbuf* data, err_t) {
    auto* const before = static_cast<pbuf*>(owed);
    if (data == nullptr) {
        if (before != nullptr) pbuf_free(before);
        drop(connection);
    } else if (before != nullptr) {
        pbuf_cat(before, data);
    } else {
        pump(connection, data);
    }
    return ERR_OK;
}

err_t echo_sent(void* owed, tcp_pcb* connection, u16_t) {
    if (owed != nullptr) pump(connection, static_cast<pbuf*>(owed));
    return ERR_OK;
}

void echo_failed(void* owed, err_t) {
    if (owed != nullptr) pbuf_free(static_cast<pbuf*>(owed));
}

err_t echo_accepted(void*, tcp_pcb* connection, err_t error) {
    if (error != ERR_OK || connection == nullptr) return ERR_VAL;
    tcp_nagle_disable(connection);
    tcp_recv(connection, echo_received);
    tcp_sent(connection, echo_sent);
    tcp_err(connection, echo_failed);
    return ERR_OK;
}

err_t discard_received(void*, tcp_pcb* connection, pbuf* data, err_t) {
    if (data == nullptr) {
        drop(connection);
        return ERR_OK;
    }
    tcp_recved(connection, data->tot_len);
    pbuf_free(data);
    return ERR_OK;
}

err_t discard_accepted(void*, tcp_pcb* connection, err_t error) {
    if (error != ERR_OK || connection == nullptr) return ERR_VAL;
    tcp_recv(connection, discard_received);
    return ERR_OK;
}

void generate(tcp_pcb* connection) {
    static auto const characters = [] {
        std::array<char, 32768> all{};
        all.fill('c');
        return all;
    }();
    while (tcp_sndbuf(connection) >= 1024) {
        auto const count =
            static_cast<u16_t>(std::min<std::size_t>(tcp_sndbuf(connection), characters.size()));
        if (tcp_write(connection, characters.data(), count, TCP_WRITE_FLAG_COPY) != ERR_OK) break;
    }
    tcp_output(connection);
}

err_t chargen_sent(void*, tcp_pcb* connection, u16_t) {
    generate(connection);
    return ERR_OK;
}

err_t chargen_accepted(void*, tcp_pcb* connection, err_t error) {
    if (error != ERR_OK || connection == nullptr) return ERR_VAL;
    tcp_recv(connection, discard_received);
    tcp_sent(connection, chargen_sent);
    generate(connection);
    return ERR_OK;
}

void serve(u16_t port, tcp_accept_fn accepted) {
    tcp_pcb* const listener = tcp_new();
    if (tcp_bind(listener, IP_ADDR_ANY, port) != ERR_OK)
        throw std::runtime_error("lwIP does not bind");
    tcp_accept(tcp_listen(listener), accepted);
}

}  // namespace

void start_services() {
    serve(7, echo_accepted);
    serve(9, discard_accepted);
    serve(19, chargen_accepted);
}

}  // namespace peers::lwip
