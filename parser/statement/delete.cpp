#include "parser/statement/delete.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace deletion {

/// Parses what follows the kind of thing.
using rest_parser = outcome (*)(char const* at, context& ctx);

template <typename Rule>
struct action : common_action<Rule> {};

template <rest_parser Rest>
struct goes_on_with {
    static void apply0(rest_parser& rest, context&) { rest = Rest; }
};
template <>
struct action<kw<"PORT">> : goes_on_with<parse_delete_port> {};
template <>
struct action<kw<"PORTRange">> : goes_on_with<parse_delete_portrange> {};
template <>
struct action<kw<"DEVice">> : goes_on_with<parse_delete_device> {};
template <>
struct action<kw<"LINK">> : goes_on_with<parse_delete_link> {};

}  // namespace deletion

outcome parse_delete(char const* at, context& ctx) {
    deletion::rest_parser rest = nullptr;
    auto const kind = run<deletion::statement, deletion::action>(at, rest, ctx);
    return rest == nullptr ? kind : rest(kind.end, ctx);
}

}  // namespace parser::grammar
