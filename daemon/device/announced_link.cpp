#include "daemon/device/announced_link.hpp"

#include "daemon/loop/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <linux/filter.h>
#include <linux/if_ether.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace tcpplexd {
namespace {

// Classic BPF over the packet without its Ethernet header; the last two are pass and drop. A link
// carries much more than questions.
constexpr std::uint32_t all_of_it = 0xffff'ffff;
constexpr std::array arp_requests{sock_filter(BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 6)),
                                  sock_filter(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 1)),
                                  sock_filter(BPF_STMT(BPF_RET | BPF_K, all_of_it)),
                                  sock_filter(BPF_STMT(BPF_RET | BPF_K, 0))};
constexpr std::array solicitations{
    sock_filter(BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 6)),
    sock_filter(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_ICMPV6, 0, 3)),
    sock_filter(BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 40)),
    sock_filter(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 135, 0, 1)),
    sock_filter(BPF_STMT(BPF_RET | BPF_K, all_of_it)),
    sock_filter(BPF_STMT(BPF_RET | BPF_K, 0))};

void log_failure(host_result<void> const& outcome) {
    if (!outcome) log_message(severity::warning, outcome.error().message);
}

}  // namespace

announced_link::announced_link(boost::asio::io_context& io, std::string name,
                               stack::tun::fence const& fence)
    : io_(io), name_(std::move(name)), fence_(fence) {}

std::vector<std::string> announced_link::answer_for(std::set<stack::address> const& addresses) {
    addresses_ = addresses;
    if (unsigned const now = if_nametoindex(name_.c_str()); now != index_) {
        arp_.reset();
        ipv6_.reset();
        groups_.clear();
        index_ = now;
    }
    std::vector<std::string> problems;
    auto const note = [&](host_result<void> const& outcome) {
        if (!outcome) problems.push_back(outcome.error().message);
    };
    auto const is_v4 = [](stack::address const& each) { return each.is_v4(); };
    note(listen(arp_, std::any_of(addresses.begin(), addresses.end(), is_v4), true));
    note(listen(ipv6_, !std::all_of(addresses.begin(), addresses.end(), is_v4), false));
    std::erase_if(groups_, [&](auto const& each) { return !addresses.contains(each.first); });
    for (auto const& each : addresses)
        if (!each.is_v4() && !groups_.contains(each)) note(join(each));
    return problems;
}

host_result<void> announced_link::listen(std::unique_ptr<packet_socket>& socket, bool wanted,
                                         bool v4) {
    if (!wanted) socket.reset();
    if (!wanted || socket) return {};
    auto opened =
        v4 ? packet_socket::open(io_, name_, ETH_P_ARP, arp_requests,
                                 [this](auto const& message, auto const&) { on_arp(message); })
           : packet_socket::open(
                 io_, name_, ETH_P_IPV6, solicitations,
                 [this](auto const& packet, auto const& from) { on_ipv6(packet, from); });
    if (!opened) return opened.error();
    socket = std::move(*opened);
    return {};
}

// A socket each: how many groups one socket may be in is limited.
host_result<void> announced_link::join(stack::address const& host) {
    app::descriptor socket(::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ipv6_mreq group{};
    group.ipv6mr_interface = index_;
    auto const bytes = solicited_node_group(host).bytes();
    std::copy(bytes.begin(), bytes.end(), std::begin(group.ipv6mr_multiaddr.s6_addr));
    if (socket &&
        ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_JOIN_GROUP, &group, sizeof group) == 0) {
        groups_.emplace(host, std::move(socket));
        return {};
    }
    return failure{fmt::format("answering for {} on {}: joining {}: {}; the link needs IPv6",
                               host.to_string(), name_, solicited_node_group(host).to_string(),
                               std::strerror(errno))};
}

host_result<void> announced_link::announce(stack::address const& host) {
    auto const& socket = host.is_v4() ? arp_ : ipv6_;
    if (!socket || !may_answer_for(host)) return {};
    auto const ours = socket->own_address();
    if (host.is_v4()) return socket->send(ethernet_broadcast, arp_announcement(host, ours));
    return socket->send(ethernet_all_nodes, unsolicited_advertisement(host, ours));
}

void announced_link::on_arp(std::span<std::byte const> message) {
    auto const asked = read_arp_request(message);
    if (!asked || !may_answer_for(asked->target)) return;
    log_failure(arp_->send(asked->asker_ethernet, arp_reply(*asked, arp_->own_address())));
}

void announced_link::on_ipv6(std::span<std::byte const> packet, ethernet_address const& from) {
    auto const asked = read_solicitation(packet);
    if (!asked || !may_answer_for(asked->target)) return;
    auto const& to = asked->asker.is_unspecified() ? ethernet_all_nodes : from;
    log_failure(ipv6_->send(to, advertisement_for(*asked, ipv6_->own_address())));
}

bool announced_link::may_answer_for(stack::address const& host) const {
    return addresses_.contains(host) && fence_.lets_through(host);
}

}  // namespace tcpplexd
