// What z/OS calls the counters that it has too.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace operators {

/// The line of NETSTAT STATS that counts the same as the daemon's counter `name`; empty if z/OS has
/// none.
std::string_view zos_counter(std::string_view name);

/// Where that line stands among all of z/OS's; behind them if it has none.
std::size_t zos_place(std::string_view name);

/// A name for a counter of our own, made of its name: "Fast Retransmits" of "tcp.fast_retransmits",
/// "No Connection" of "tcp.drop_no_connection".
std::string own_counter(std::string_view name);

/// Whether it counts what was dropped for one reason.
bool counts_drops(std::string_view name);

}  // namespace operators
