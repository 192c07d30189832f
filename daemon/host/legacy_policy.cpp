// Reads the FORWARD policy of the old iptables filter table as iptables-legacy does, by getsockopt.
#include "daemon/host/forward_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <span>

#include <linux/netfilter_ipv4/ip_tables.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tcpplexd {
namespace {

constexpr char const* table = "filter";

// Asking for a table that is not there would load it.
bool table_exists() {
    std::ifstream tables("/proc/net/ip_tables_names");
    std::string name;
    while (std::getline(tables, name))
        if (name == table) return true;
    return false;
}

// The policy is the verdict of the chain's last rule, at `underflow`: -NF_DROP - 1 as a standard
// target.
bool drops(std::span<std::byte const> rules, std::size_t underflow) {
    ipt_entry rule{};
    xt_standard_target target{};
    if (underflow > rules.size() || rules.size() - underflow < sizeof rule) return false;
    std::memcpy(&rule, rules.data() + underflow, sizeof rule);
    std::size_t const at = underflow + rule.target_offset;
    if (at > rules.size() || rules.size() - at < sizeof target) return false;
    std::memcpy(&target, rules.data() + at, sizeof target);
    return target.target.u.user.name[0] == '\0' && target.verdict == -NF_DROP - 1;
}

failure unreadable(int error) {
    return {fmt::format("the iptables filter table cannot be read: {}", std::strerror(error))};
}

host_result<bool> forward_drops(int socket) {
    ipt_getinfo info{};
    std::strncpy(info.name, table, sizeof info.name - 1);
    socklen_t size = sizeof info;
    if (getsockopt(socket, IPPROTO_IP, IPT_SO_GET_INFO, &info, &size) != 0)
        return unreadable(errno);
    if ((info.valid_hooks & 1U << NF_INET_FORWARD) == 0) return false;

    ipt_get_entries head;
    std::memset(&head, 0, sizeof head);  // no initializer: its last member is an array without size
    std::strncpy(head.name, table, sizeof head.name - 1);
    head.size = info.size;
    std::vector<std::byte> answer(sizeof head + info.size);
    std::memcpy(answer.data(), &head, sizeof head);
    size = static_cast<socklen_t>(answer.size());
    if (getsockopt(socket, IPPROTO_IP, IPT_SO_GET_ENTRIES, answer.data(), &size) != 0)
        return unreadable(errno);
    return drops(std::span(answer).subspan(sizeof head), info.underflow[NF_INET_FORWARD]);
}

}  // namespace

host_result<std::vector<std::string>> dropping_legacy_chains() {
    if (!table_exists()) return std::vector<std::string>();
    int const socket = ::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    if (socket < 0) return unreadable(errno);
    auto const drop = forward_drops(socket);
    ::close(socket);
    if (!drop) return drop.error();
    if (!*drop) return std::vector<std::string>();
    return std::vector<std::string>{"iptables-legacy filter FORWARD"};
}

}  // namespace tcpplexd
