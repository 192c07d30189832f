// START name, STOP name, SOMAXCONN n.
#pragma once

#include "parser/grammar/value.hpp"

namespace parser::grammar::named {

struct interface_name : name {};
struct backlog : number<"a number of connections", 1, 2147483647> {};

struct one_interface : then<interface_name> {};
struct somaxconn : then<backlog> {};

}  // namespace parser::grammar::named
