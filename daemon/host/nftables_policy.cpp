// Reads the policies of nf_tables chains over netlink.
#include "daemon/host/forward_policy.hpp"
#include "daemon/host/netlink_session.hpp"

#include <fmt/format.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>

namespace tcpplexd {
namespace {

// Attributes of nf_tables are in network byte order.
std::optional<std::uint32_t> number(nlattr* attribute) {
    if (attribute == nullptr || nla_len(attribute) < 4) return std::nullopt;
    return ntohl(nla_get_u32(attribute));
}

std::string text(nlattr* attribute) {
    if (attribute == nullptr || nla_len(attribute) <= 0) return "?";
    auto const* data = static_cast<char const*>(nla_data(attribute));
    return {data, strnlen(data, static_cast<std::size_t>(nla_len(attribute)))};
}

std::optional<std::string> dropping_chain(nlmsghdr* answer) {
    std::array<nlattr*, NFTA_CHAIN_MAX + 1> chain{};
    if (nlmsg_parse(answer, sizeof(nfgenmsg), chain.data(), NFTA_CHAIN_MAX, nullptr) < 0)
        return std::nullopt;
    auto const family = static_cast<nfgenmsg const*>(nlmsg_data(answer))->nfgen_family;
    if (family != NFPROTO_IPV4 && family != NFPROTO_INET) return std::nullopt;
    if (chain[NFTA_CHAIN_HOOK] == nullptr) return std::nullopt;
    std::array<nlattr*, NFTA_HOOK_MAX + 1> hook{};
    if (nla_parse_nested(hook.data(), NFTA_HOOK_MAX, chain[NFTA_CHAIN_HOOK], nullptr) < 0)
        return std::nullopt;
    if (number(hook[NFTA_HOOK_HOOKNUM]) != NF_INET_FORWARD) return std::nullopt;
    if (number(chain[NFTA_CHAIN_POLICY]) != NF_DROP) return std::nullopt;
    return fmt::format("nftables {} {} {}", family == NFPROTO_INET ? "inet" : "ip",
                       text(chain[NFTA_CHAIN_TABLE]), text(chain[NFTA_CHAIN_NAME]));
}

}  // namespace

host_result<std::vector<std::string>> dropping_nftables_chains() {
    auto session = netlink_session::open(NETLINK_NETFILTER);
    if (!session) return std::vector<std::string>();  // a kernel without netfilter
    std::vector<std::string> found;
    auto const take = [&](nlmsghdr* answer) {
        if (auto chain = dropping_chain(answer)) found.push_back(std::move(*chain));
    };
    nfgenmsg header{};
    header.nfgen_family = NFPROTO_UNSPEC;
    header.version = NFNETLINK_V0;
    netlink_message message(NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETCHAIN, NLM_F_DUMP);
    message.header(header);
    int error = EAGAIN;
    for (int attempt = 0; attempt < 8 && error == EAGAIN; ++attempt) {
        found.clear();
        error = session->request(message, take);
    }
    // nfnetlink answers EINVAL for a subsystem that is not loaded.
    if (error == EINVAL || error == EOPNOTSUPP) return std::vector<std::string>();
    if (error != 0)
        return failure{fmt::format("the nftables chains cannot be read: {}", std::strerror(error))};
    return found;
}

}  // namespace tcpplexd
