#include "parser/statement/udpconfig.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace udpconfig {

/// Nothing is kept of it.
struct draft {};

template <typename Rule>
struct action : common_action<Rule> {};

template <fixed_text Spelling, typename... Values>
struct action<idle<Spelling, Values...>>
    : common_action<noted<"there are no UDP sockets yet", kw<Spelling>, Values...>> {};

}  // namespace udpconfig

outcome parse_udpconfig(char const* at, context& ctx) {
    udpconfig::draft draft;
    return run<udpconfig::statement, udpconfig::action>(at, draft, ctx);
}

}  // namespace parser::grammar
