#include "parser/statement/device.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace devices {

template <typename Rule>
struct action : common_action<Rule> {};

template <>
struct action<device_name> {
    template <typename Input>
    static void apply(Input const& in, device_statement& draft, context& ctx) {
        draft.name = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<link_name> {
    template <typename Input>
    static void apply(Input const& in, link_statement& draft, context& ctx) {
        draft.name = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<on_device> {
    template <typename Input>
    static void apply(Input const& in, link_statement& draft, context& ctx) {
        draft.device = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<kw<"VIRTual">> {
    template <typename Draft>
    static void apply0(Draft& draft, context&) {
        draft.is_virtual = true;
    }
};

/// One of the four statements.
template <typename Rule, typename Draft>
outcome parse(char const* at, Draft draft, context& ctx) {
    auto const result = run<Rule, action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned()) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace devices

outcome parse_device(char const* at, context& ctx) {
    return devices::parse<devices::device>(at, device_statement{}, ctx);
}

outcome parse_link(char const* at, context& ctx) {
    return devices::parse<devices::link>(at, link_statement{}, ctx);
}

outcome parse_delete_device(char const* at, context& ctx) {
    return devices::parse<devices::deleted_device>(at, device_statement{.remove = true}, ctx);
}

outcome parse_delete_link(char const* at, context& ctx) {
    return devices::parse<devices::deleted_link>(at, link_statement{.remove = true}, ctx);
}

}  // namespace parser::grammar
