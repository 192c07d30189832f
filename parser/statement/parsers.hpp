// The parsers of the statements, one per statement and each in a translation unit of its own.
//
// `at` is the word after the statement's name. What was understood is emitted to the context; see
// outcome.
#pragma once

#include "parser/grammar/context.hpp"
#include "parser/grammar/outcome.hpp"

namespace parser::grammar {

outcome parse_interface(char const* at, context& ctx);
outcome parse_device(char const* at, context& ctx);
outcome parse_link(char const* at, context& ctx);
outcome parse_delete_device(char const* at, context& ctx);
outcome parse_delete_link(char const* at, context& ctx);
outcome parse_home(char const* at, context& ctx);
outcome parse_bsdroutingparms(char const* at, context& ctx);
outcome parse_start(char const* at, context& ctx);
outcome parse_stop(char const* at, context& ctx);
outcome parse_begin_routes(char const* at, context& ctx);
outcome parse_route(char const* at, context& ctx);
outcome parse_ipconfig(char const* at, context& ctx);
outcome parse_ipconfig6(char const* at, context& ctx);
outcome parse_tcpconfig(char const* at, context& ctx);
outcome parse_udpconfig(char const* at, context& ctx);
outcome parse_somaxconn(char const* at, context& ctx);
outcome parse_port(char const* at, context& ctx);
outcome parse_portrange(char const* at, context& ctx);
outcome parse_delete(char const* at, context& ctx);
outcome parse_delete_port(char const* at, context& ctx);
outcome parse_delete_portrange(char const* at, context& ctx);
outcome parse_srcip(char const* at, context& ctx);
outcome parse_srcip_job(char const* at, context& ctx);
outcome parse_srcip_destination(char const* at, context& ctx);
outcome parse_globalconfig(char const* at, context& ctx);
outcome parse_primaryinterface(char const* at, context& ctx);
outcome parse_arpage(char const* at, context& ctx);
outcome parse_vipadynamic(char const* at, context& ctx);
outcome parse_vipadefine(char const* at, context& ctx);
outcome parse_vipabackup(char const* at, context& ctx);
outcome parse_vipadelete(char const* at, context& ctx);
outcome parse_vipadistribute(char const* at, context& ctx);
outcome parse_viparange(char const* at, context& ctx);
outcome parse_viparoute(char const* at, context& ctx);
outcome parse_vipasmparms(char const* at, context& ctx);

}  // namespace parser::grammar
