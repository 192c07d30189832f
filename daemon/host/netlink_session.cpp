#include "daemon/host/netlink_session.hpp"

#include <fmt/format.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>

#include <cerrno>
#include <new>

namespace tcpplexd {
namespace {

struct answer_state {
    netlink_session::on_answer const& each;
    int error = 0;
    bool complete = false;
};

int take_message(nl_msg* message, void* argument) {
    static_cast<answer_state*>(argument)->each(nlmsg_hdr(message));
    return NL_OK;
}

int take_end(nl_msg*, void* argument) {
    static_cast<answer_state*>(argument)->complete = true;
    return NL_OK;
}

int take_error(sockaddr_nl*, nlmsgerr* error, void* argument) {
    auto& state = *static_cast<answer_state*>(argument);
    state.error = -error->error;
    state.complete = true;
    return NL_STOP;
}

struct release_callbacks {
    void operator()(nl_cb* callbacks) const { nl_cb_put(callbacks); }
};

}  // namespace

void netlink_message::release::operator()(nl_msg* message) const {
    nlmsg_free(message);
}
void netlink_session::release::operator()(nl_sock* socket) const {
    nl_socket_free(socket);
}

netlink_message::netlink_message(int type, int flags)
    : message_(nlmsg_alloc_simple(type, flags | NLM_F_REQUEST)) {
    if (!message_) throw std::bad_alloc();
}

netlink_message& netlink_message::append(void const* header, std::size_t size) {
    // nlmsg_append takes a mutable pointer that it only reads.
    if (nlmsg_append(message_.get(), const_cast<void*>(header), size, NLMSG_ALIGNTO) != 0)
        throw std::bad_alloc();
    return *this;
}

netlink_message& netlink_message::put(int attribute, std::span<std::uint8_t const> value) {
    if (nla_put(message_.get(), attribute, static_cast<int>(value.size()), value.data()) != 0)
        throw std::bad_alloc();
    return *this;
}

netlink_message& netlink_message::put(int attribute, std::uint32_t value) {
    if (nla_put_u32(message_.get(), attribute, value) != 0) throw std::bad_alloc();
    return *this;
}

host_result<netlink_session> netlink_session::open(int protocol) {
    netlink_session session(nl_socket_alloc());
    if (!session.socket_) throw std::bad_alloc();
    if (int const error = nl_connect(session.socket_.get(), protocol); error < 0)
        return failure{
            fmt::format("netlink socket (protocol {}): {}", protocol, nl_geterror(error))};
    return session;
}

int netlink_session::request(netlink_message const& message, on_answer const& answer) {
    std::unique_ptr<nl_cb, release_callbacks> const callbacks(nl_cb_alloc(NL_CB_DEFAULT));
    if (!callbacks) throw std::bad_alloc();
    answer_state state{answer};
    nl_cb_set(callbacks.get(), NL_CB_VALID, NL_CB_CUSTOM, take_message, &state);
    nl_cb_set(callbacks.get(), NL_CB_FINISH, NL_CB_CUSTOM, take_end, &state);
    nl_cb_set(callbacks.get(), NL_CB_ACK, NL_CB_CUSTOM, take_end, &state);
    nl_cb_err(callbacks.get(), NL_CB_CUSTOM, take_error, &state);

    if (nl_send_auto(socket_.get(), message.get()) < 0) return EIO;
    while (!state.complete) {
        int const received = nl_recvmsgs(socket_.get(), callbacks.get());
        if (received == -NLE_DUMP_INTR) return EAGAIN;
        if (received < 0 && !state.complete) return EIO;
    }
    return state.error;
}

}  // namespace tcpplexd
