#include "parser/statement/portrange.hpp"

#include "parser/statement/parsers.hpp"
#include "parser/statement/port_options_action.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser::grammar {

namespace portrange {

template <typename Rule>
struct action : port_options::action<Rule> {};

template <>
struct action<first_port> {
    template <typename Input>
    static void apply(Input const& in, portrange_statement& draft, context& ctx) {
        bool const remove = draft.remove;
        draft = portrange_statement();
        draft.remove = remove;
        auto const first = static_cast<std::uint16_t>(*to_number(in.string_view()));
        draft.ports = {{first, first}, ctx.span_of(in.string_view())};
    }
};

template <>
struct action<count> {
    template <typename Input>
    static void apply(Input const& in, portrange_statement& draft, context& ctx) {
        std::uint32_t const last = draft.ports.value.first + *to_number(in.string_view()) - 1;
        draft.ports.value.last = static_cast<std::uint16_t>(std::min(last, 65535U));
        if (last > 65535)
            ctx.note(ctx.span_of(in.string_view()),
                     fmt::format("PORTRANGE {} {} ends at 65535", draft.ports.value.first,
                                 in.string_view()));
    }
};

template <>
struct action<kw<"AUTHPORT">> {
    template <typename Input>
    static void apply(Input const& in, portrange_statement& draft, context& ctx) {
        draft.authport = true;
        ctx.note(ctx.span_of(in.string_view()),
                 "AUTHPORT means RESERVED: there is no FTP server that asks for such ports");
    }
};

template <>
struct action<entry> {
    static void apply0(portrange_statement& draft, context& ctx) {
        ctx.emit(draft, draft.ports.where);
    }
};

}  // namespace portrange

outcome parse_portrange(char const* at, context& ctx) {
    portrange_statement draft;
    return run<portrange::statement, portrange::action>(at, draft, ctx);
}

outcome parse_delete_portrange(char const* at, context& ctx) {
    portrange_statement draft;
    draft.remove = true;
    return run<portrange::statement, portrange::action>(at, draft, ctx);
}

}  // namespace parser::grammar
