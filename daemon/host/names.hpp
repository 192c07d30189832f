// What may be the name of a stack, a system, a symbol, an interface or a TUN device.
#pragma once

#include <string>
#include <string_view>

namespace tcpplexd {

/// ASCII upper and lower case, independent of the locale.
std::string upper(std::string_view text);
std::string lower(std::string_view text);

/// A stack, system or sysplex name: 1-8 upper case letters, digits and national characters (@ # $),
/// no digit first.
bool is_member_name(std::string_view name);

/// A SAF resource of the profile: 1-8 upper case letters, digits, national characters and hyphens.
bool is_resource_name(std::string_view name);

/// A system symbol's name: as a member name with _ allowed inside, 1-17 characters, without & and
/// period.
bool is_symbol_name(std::string_view name);

/// An INTERFACE name of the profile: 1-16 printable ASCII characters other than blank and ; (a
/// comment).
bool is_interface_name(std::string_view name);

/// A name the kernel takes for a TUN device (IFNAMSIZ, dev_valid_name of net/core/dev.c), which is
/// no pattern and has a directory of its own under /proc/sys/net/ipv4/conf.
bool is_device_name(std::string_view name);

/// The system name a machine has if nobody gave one: the host name's first label in upper case
/// without the characters that a member name cannot have, S before a leading digit, cut to 8. Empty
/// if nothing is left.
std::string system_name_of_host(std::string_view host_name);

}  // namespace tcpplexd
