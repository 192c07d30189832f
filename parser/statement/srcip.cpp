#include "parser/statement/srcip.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

#include <fmt/format.h>

#include <variant>

namespace parser::grammar {

namespace srcip {

template <typename Rule>
struct action : common_action<Rule> {};

template <>
struct action<job> {
    template <typename Input>
    static void apply(Input const& in, srcip_job_statement& draft, context& ctx) {
        draft.job = {*to_job(in.string_view()), ctx.span_of(in.string_view())};
    }
};

template <>
struct action<source_address> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft& draft, context& ctx) {
        draft.source = {*parse_ip_address(in.string_view()), ctx.span_of(in.string_view())};
    }
};

template <>
struct action<source_interface> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft& draft, context& ctx) {
        draft.source = {*to_name(in.string_view(), 16, true), ctx.span_of(in.string_view())};
    }
};

template <address_preference Value>
struct prefers {
    template <typename Input>
    static void apply(Input const& in, srcip_job_statement& draft, context& ctx) {
        draft.source = {Value, ctx.span_of(in.string_view())};
    }
};
template <>
struct action<kw<"TEMPADDRS">> : prefers<address_preference::temporary> {};
template <>
struct action<kw<"PUBLICADDRS">> : prefers<address_preference::public_> {};

template <source_role Value>
struct is_for {
    static void apply0(srcip_job_statement& draft, context&) { draft.role = Value; }
};
template <>
struct action<kw<"CLIENT">> : is_for<source_role::client> {};
template <>
struct action<kw<"SERVER">> : is_for<source_role::server> {};
template <>
struct action<kw<"BOTH">> : is_for<source_role::both> {};

template <>
struct action<network_with_length> {
    template <typename Input>
    static void apply(Input const& in, srcip_destination_statement& draft, context& ctx) {
        auto const value = *to_address_length(in.string_view());
        draft.destination = {value.address, ctx.span_of(in.string_view())};
        draft.prefix_length = value.length;
    }
};

template <>
struct action<network6_with_length> : action<network_with_length> {};

template <>
struct action<host> {
    template <typename Input>
    static void apply(Input const& in, srcip_destination_statement& draft, context& ctx) {
        auto const value = *parse_ip_address(in.string_view());
        draft.destination = {value, ctx.span_of(in.string_view())};
        draft.prefix_length = static_cast<std::uint8_t>(value.bits());
    }
};

}  // namespace srcip

namespace {

/// What of an entry has no effect on this stack.
void note_without_effect(srcip_job_statement const& entry, context& ctx) {
    if (std::holds_alternative<address_preference>(entry.source.value))
        ctx.note(entry.source.where,
                 fmt::format("the preference of JOBNAME {} changes nothing: the stack has no "
                             "temporary addresses",
                             entry.job.value));
}

}  // namespace

outcome parse_srcip(char const* at, context& ctx) {
    ctx.emit(srcip_statement{}, ctx.statement_begin);
    return {at, true};
}

outcome parse_srcip_job(char const* at, context& ctx) {
    srcip_job_statement draft;
    auto const result = run<srcip::of_job, srcip::action>(at, draft, ctx);
    if (!result.complete) return result;
    note_without_effect(draft, ctx);
    ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

outcome parse_srcip_destination(char const* at, context& ctx) {
    srcip_destination_statement draft;
    auto const result = run<srcip::to_destination, srcip::action>(at, draft, ctx);
    if (result.complete) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
