// DEVICE and LINK: the IPv4 interfaces of old, which HOME gives addresses.
#pragma once

#include "parser/statement/interface.hpp"

namespace parser::grammar::devices {

using pegtl::opt;
using pegtl::sor;

struct device_name : name {};
struct link_name : name {};
struct on_device : name {};
struct any_number : number<"a number", 0, 4294967295> {};

// clang-format off
template <fixed_text Type>
using withdrawn = refused_rest<"z/OS has withdrawn it", kw<Type>>;

struct device_option : sor<
    then<kw<"NONROUTER">>,
    interfaces::device_property<"PRIROUTER">, interfaces::device_property<"SECROUTER">,
    noted<"a TUN device does not go away while the stack runs", kw<"AUTORESTART">>,
    then<kw<"NOAUTORESTART">>> {};
struct device_type : sor<
    phrase<kw<"MPCIPA">, any_order<device_option>>,
    phrase<kw<"MPCPTP">, any_order<device_option>>,
    phrase<kw<"CTC">, hexadecimal, any_order<device_option>>,
    phrase<kw<"LCS">, hexadecimal, any_order<device_option>>,
    phrase<kw<"VIRTual">, hexadecimal>,
    withdrawn<"CLAW">, withdrawn<"HCH">, withdrawn<"SNAIUCV">, withdrawn<"SNALU62">,
    withdrawn<"X25NPSI">, withdrawn<"CDLC">, withdrawn<"MPCOSA">, withdrawn<"ATM">> {};
struct device : phrase<device_name, device_type> {};

struct link_option : sor<
    interfaces::device_property<"IFSPEED", any_number>,
    interfaces::device_property<"IFHSPEED", any_number>,
    then<kw<"CHECKSUM">>, interfaces::device_property<"NOCHECKSUM">,
    interfaces::hardware> {};
struct network_type : sor<kw<"IPAQENET">, kw<"IPAQIDIO">, kw<"MPCPTP">> {};
struct numbered_type : sor<
    kw<"CTC">, kw<"ETHERNET">, kw<"802.3">, kw<"ETHEROR802.3">, kw<"IBMTR">, kw<"FDDI">> {};
struct link_type : sor<
    phrase<network_type, on_device, any_order<link_option>>,
    phrase<numbered_type, any_number, on_device, any_order<link_option>>,
    phrase<kw<"VIRTual">, any_number, on_device>,
    withdrawn<"IP">, withdrawn<"HCH">, withdrawn<"IUCV">, withdrawn<"SAMEHOST">,
    withdrawn<"OSAENET">, withdrawn<"OSAFDDI">, withdrawn<"ATM">> {};
struct link : phrase<link_name, link_type> {};

struct deleted_device : then<device_name> {};
struct deleted_link : then<link_name> {};
// clang-format on

}  // namespace parser::grammar::devices
