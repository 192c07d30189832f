// The firewall chains that drop forwarded IPv4 packets unless a rule accepts them.
#pragma once

#include "daemon/host/failure.hpp"

#include <string>
#include <vector>

namespace tcpplexd {

/// Base chains of nf_tables at the forward hook with policy drop, for IPv4 ("nftables ip filter
/// FORWARD"); iptables-nft makes such chains. Empty on a kernel without nf_tables. Fails without
/// CAP_NET_ADMIN.
host_result<std::vector<std::string>> dropping_nftables_chains();

/// "iptables-legacy filter FORWARD" if the old filter table exists and its FORWARD policy is DROP.
/// Needs CAP_NET_ADMIN.
host_result<std::vector<std::string>> dropping_legacy_chains();

}  // namespace tcpplexd
