#include "daemon/host/kernel_network.hpp"

#include <fmt/format.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <linux/rtnetlink.h>
#include <net/if.h>

namespace tcpplexd {
namespace {

unsigned char family_of(stack::address const& host) {
    return static_cast<unsigned char>(host.is_v4() ? AF_INET : AF_INET6);
}

// The address's bytes in its own family.
std::span<std::uint8_t const> wire_bytes(stack::address const& host) {
    std::span<std::uint8_t const> const all(host.bytes());
    return host.is_v4() ? all.last(4) : all;
}

std::optional<stack::address> read_address(nlattr* attribute) {
    if (attribute == nullptr) return std::nullopt;
    auto const size = static_cast<std::size_t>(nla_len(attribute));
    auto const* data = static_cast<std::uint8_t const*>(nla_data(attribute));
    stack::address::bytes_type bytes = stack::address::any_v4().bytes();
    if (size != 4 && size != bytes.size()) return std::nullopt;
    std::copy_n(data, size, bytes.end() - static_cast<std::ptrdiff_t>(size));
    return stack::address(bytes);
}

std::string link_name(unsigned index) {
    std::array<char, IF_NAMESIZE> name{};
    if (if_indextoname(index, name.data()) == nullptr) return fmt::format("link {}", index);
    return name.data();
}

std::string_view remedy(int error) {
    switch (error) {
        case EPERM:
        case EACCES:
            return "; run as root or with CAP_NET_ADMIN";
        case ENODEV:
            return "; the device must exist in this network namespace";
        case ENETDOWN:
            return "; the device must be up first";
        case EEXIST:
            return "; remove that route (ip route del) or give the address to one stack only";
        case EIO:
            return "; the netlink socket failed, restart the stack";
        default:
            return "";
    }
}

failure refused(std::string const& object, int error) {
    return {fmt::format("{}: {}{}", object, std::strerror(error), remedy(error))};
}

}  // namespace

host_result<kernel_network> kernel_network::open() {
    auto session = netlink_session::open(NETLINK_ROUTE);
    if (!session) return session.error();
    return kernel_network(std::move(*session));
}

int kernel_network::change_route(int type, int flags, stack::prefix const& destination,
                                 unsigned link) {
    rtmsg header{};
    header.rtm_family = family_of(destination.network);
    header.rtm_dst_len = destination.length;
    header.rtm_table = RT_TABLE_MAIN;
    header.rtm_protocol = RTPROT_STATIC;
    header.rtm_type = RTN_UNICAST;
    header.rtm_scope = destination.network.is_v4() ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    netlink_message message(type, flags);
    message.header(header).put(RTA_DST, wire_bytes(destination.network)).put(RTA_OIF, link);
    return session_.request(message, [](nlmsghdr*) {});
}

host_result<void> kernel_network::add_route(stack::prefix const& destination,
                                            std::string const& link) {
    std::string const object = fmt::format("route {} over {}", destination.to_string(), link);
    unsigned const index = if_nametoindex(link.c_str());
    if (index == 0) return refused(object, ENODEV);
    int const error = change_route(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, destination, index);
    if (error == 0) return {};
    if (error != EEXIST) return refused(object, error);
    auto const present = route_to(destination.network);
    if (!present || !*present) return refused(object, error);
    if ((*present)->link == link) return {};
    return refused(fmt::format("{}: there is one over {}", object, (*present)->link), error);
}

host_result<void> kernel_network::remove_route(stack::prefix const& destination,
                                               std::string const& link) {
    unsigned const index = if_nametoindex(link.c_str());
    if (index == 0) return {};  // the device took its routes along
    int const error = change_route(RTM_DELROUTE, 0, destination, index);
    if (error == 0 || error == ESRCH) return {};
    return refused(fmt::format("removing route {} over {}", destination.to_string(), link), error);
}

host_result<void> kernel_network::add_address(stack::prefix const& address,
                                              std::string const& link) {
    std::string const object = fmt::format("address {} on {}", address.to_string(), link);
    unsigned const index = if_nametoindex(link.c_str());
    if (index == 0) return refused(object, ENODEV);
    ifaddrmsg header{};
    header.ifa_family = family_of(address.network);
    header.ifa_prefixlen = address.length;
    header.ifa_flags = IFA_F_NODAD;
    header.ifa_scope = RT_SCOPE_UNIVERSE;
    header.ifa_index = index;
    netlink_message message(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
    message.header(header)
        .put(IFA_LOCAL, wire_bytes(address.network))
        .put(IFA_ADDRESS, wire_bytes(address.network));
    int const error = session_.request(message, [](nlmsghdr*) {});
    if (error == 0 || error == EEXIST) return {};
    return refused(object, error);
}

host_result<void> kernel_network::set_up(std::string const& link) {
    std::string const object = fmt::format("setting {} up", link);
    unsigned const index = if_nametoindex(link.c_str());
    if (index == 0) return refused(object, ENODEV);
    ifinfomsg header{};
    header.ifi_family = AF_UNSPEC;
    header.ifi_index = static_cast<int>(index);
    header.ifi_flags = IFF_UP;
    header.ifi_change = IFF_UP;
    netlink_message message(RTM_NEWLINK, 0);
    message.header(header);
    int const error = session_.request(message, [](nlmsghdr*) {});
    if (error == 0) return {};
    return refused(object, error);
}

host_result<std::vector<assigned_address>> kernel_network::addresses() {
    std::vector<assigned_address> found;
    auto const take = [&](nlmsghdr* answer) {
        std::array<nlattr*, IFA_MAX + 1> attributes{};
        if (nlmsg_parse(answer, sizeof(ifaddrmsg), attributes.data(), IFA_MAX, nullptr) < 0) return;
        auto const& header = *static_cast<ifaddrmsg const*>(nlmsg_data(answer));
        // IFA_LOCAL is the kernel's own end of a point-to-point address; IPv6 may have IFA_ADDRESS
        // alone.
        auto host = read_address(attributes[IFA_LOCAL]);
        if (!host) host = read_address(attributes[IFA_ADDRESS]);
        if (host) found.push_back({link_name(header.ifa_index), *host, header.ifa_prefixlen});
    };
    netlink_message message(RTM_GETADDR, NLM_F_DUMP);
    message.header(ifaddrmsg{});
    int error = EAGAIN;
    for (int attempt = 0; attempt < 8 && error == EAGAIN; ++attempt) {
        found.clear();
        error = session_.request(message, take);
    }
    if (error != 0) return refused("listing the kernel's addresses", error);
    return found;
}

host_result<std::optional<kernel_route>> kernel_network::route_to(
    stack::address const& destination) {
    std::optional<kernel_route> found;
    auto const take = [&](nlmsghdr* answer) {
        std::array<nlattr*, RTA_MAX + 1> attributes{};
        if (nlmsg_parse(answer, sizeof(rtmsg), attributes.data(), RTA_MAX, nullptr) < 0) return;
        if (attributes[RTA_OIF] == nullptr) return;
        found.emplace();
        found->link = link_name(nla_get_u32(attributes[RTA_OIF]));
        found->gateway = read_address(attributes[RTA_GATEWAY]);
        found->source = read_address(attributes[RTA_PREFSRC]);
        found->local = static_cast<rtmsg const*>(nlmsg_data(answer))->rtm_type == RTN_LOCAL;
    };
    rtmsg header{};
    header.rtm_family = family_of(destination);
    header.rtm_dst_len = static_cast<unsigned char>(destination.bits());
    netlink_message message(RTM_GETROUTE, 0);
    message.header(header).put(RTA_DST, wire_bytes(destination));
    int const error = session_.request(message, take);
    // Unreachable, prohibit and blackhole routes answer with these errors.
    if (error == ENETUNREACH || error == EHOSTUNREACH || error == EACCES || error == EINVAL)
        return std::optional<kernel_route>();
    if (error != 0) return refused(fmt::format("route to {}", destination.to_string()), error);
    return found;
}

}  // namespace tcpplexd
