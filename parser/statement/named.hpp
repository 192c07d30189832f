// START name, STOP name, PRIMARYINTERFACE name, SOMAXCONN n, ARPAGE n.
#pragma once

#include "parser/grammar/value.hpp"

namespace parser::grammar::named {

struct interface_name : name {};
struct backlog : number<"a number of connections", 1, 2147483647> {};

struct minutes : number<"minutes", 1, 1440> {};

struct one_interface : then<interface_name> {};
struct somaxconn : then<backlog> {};
struct arpage : then<minutes> {};

}  // namespace parser::grammar::named
