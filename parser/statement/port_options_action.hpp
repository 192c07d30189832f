// Fills protocol, job and options of a draft from what PORT and PORTRANGE have in common.
#pragma once

#include "parser/grammar/run.hpp"
#include "parser/statement/port_options.hpp"

namespace parser::grammar::port_options {

template <typename Rule>
struct action : common_action<Rule> {};

template <>
struct action<kw<"UDP">> {
    template <typename Draft>
    static void apply0(Draft& draft, context&) {
        draft.protocol = port_protocol::udp;
    }
};

template <>
struct action<job> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft& draft, context&) {
        draft.job = to_job(in.string_view());
    }
};

template <>
struct action<resource> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft& draft, context&) {
        draft.options.saf = to_name(in.string_view(), 8, true);
    }
};

template <>
struct action<kw<"NOAUTOLog">> {
    template <typename Draft>
    static void apply0(Draft& draft, context&) {
        draft.options.no_autolog = true;
    }
};

template <bool Delayed>
struct delays {
    template <typename Draft>
    static void apply0(Draft& draft, context&) {
        draft.options.delay_acks = Delayed;
    }
};
template <>
struct action<kw<"DELAYAcks">> : delays<true> {};
template <>
struct action<kw<"NODELAYAcks">> : delays<false> {};

}  // namespace parser::grammar::port_options
