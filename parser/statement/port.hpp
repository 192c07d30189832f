// PORT and DELETE PORT: a list of reservations, each `number {TCP | UDP} {RESERVED | job
// [options]}`, or `UNRSV {TCP | UDP} job [...]` of who may use the ports that are not reserved.
#pragma once

#include "parser/statement/port_options.hpp"

namespace parser::grammar::port {

using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;

struct port_number : number<"a port", 1, 65535> {};
struct bind_address : any_ip {};
struct unreserved_job : job_name {};
struct unreserved_resource : resource_name {};

// clang-format off
struct sharing : opt<sor<then<kw<"SHAREPORTWLM">>, then<kw<"SHAREPort">>>> {};

struct options : seq<
    port_options::no_autolog,
    port_options::acknowledging,
    sharing,
    opt<phrase<kw<"BIND">, bind_address>>,
    opt<port_options::saf>,
    port_options::smc> {};

struct user : sor<then<kw<"RESERVED">>, seq<then<port_options::job>, options>> {};
struct entry : phrase<port_number, port_options::protocol, user> {};

struct unreserved_user : seq<then<unreserved_job>, opt<sor<
    then<kw<"DENY">>,
    phrase<kw<"SAF">, unreserved_resource>>>> {};
struct when_bind : then<kw<"WHENBIND">> {};
struct when_listen : then<kw<"WHENLISTEN">> {};
struct unreserved_tcp : phrase<kw<"TCP">, unreserved_user, opt<sor<when_listen, when_bind>>> {};
struct unreserved_udp : phrase<kw<"UDP">, unreserved_user, opt<when_bind>> {};
struct unreserved : phrase<kw<"UNRSV">, sor<unreserved_tcp, unreserved_udp>> {};

struct statement : plus<sor<entry, unreserved>> {};
// clang-format on

}  // namespace parser::grammar::port
