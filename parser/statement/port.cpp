#include "parser/statement/port.hpp"

#include "parser/statement/parsers.hpp"
#include "parser/statement/port_options_action.hpp"

namespace parser::grammar {

namespace port {

/// An entry while it is read: of a port, or of those that are not reserved.
struct draft : port_statement {
    unreserved_statement unreserved;

    void begin_port() {
        bool const kept = remove;
        static_cast<port_statement&>(*this) = {};
        remove = kept;
    }
    void begin_unreserved() {
        unreserved = {};
        unreserved.remove = remove;
    }
};

template <typename Rule>
struct action : port_options::action<Rule> {};

template <>
struct action<port_number> {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context& ctx) {
        draft.begin_port();
        draft.port = {static_cast<std::uint16_t>(*to_number(in.string_view())),
                      ctx.span_of(in.string_view())};
    }
};

template <listener_sharing Value>
struct shares {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context& ctx) {
        draft.options.sharing = Value;
        if (draft.protocol == port_protocol::udp)
            ctx.note(ctx.span_of(in.string_view()),
                     "sharing a port changes nothing for UDP, which has no listeners");
    }
};
template <>
struct action<kw<"SHAREPort">> : shares<listener_sharing::shareport> {};
template <>
struct action<kw<"SHAREPORTWLM">> : shares<listener_sharing::shareport_wlm> {};

template <>
struct action<bind_address> {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context& ctx) {
        draft.bind = address_at(in.string_view(), ctx);
    }
};

template <>
struct action<entry> {
    static void apply0(draft& draft, context& ctx) {
        ctx.emit(static_cast<port_statement const&>(draft), draft.port.where);
    }
};

template <>
struct action<kw<"UNRSV">> {
    static void apply0(draft& draft, context&) { draft.begin_unreserved(); }
};

template <>
struct action<unreserved_job> {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context& ctx) {
        draft.unreserved.job = {*to_job(in.string_view()), ctx.span_of(in.string_view())};
    }
};

template <>
struct action<kw<"DENY">> {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context& ctx) {
        draft.unreserved.deny = true;
        if (draft.unreserved.job.value == "*") return;
        ctx.ignore_entries();
        ctx.error(ctx.span_of(in.string_view()), "DENY can only be used with the job name *",
                  "write UNRSV TCP * DENY or UNRSV UDP * DENY, and entries for the jobs that may")
            .message_id = "EZZ0146I";
    }
};

template <>
struct action<unreserved_resource> {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context&) {
        draft.unreserved.saf = to_name(in.string_view(), 8, true);
    }
};

template <>
struct action<when_bind> {
    static void apply0(draft& draft, context&) { draft.unreserved.when = unreserved_check::bind; }
};

template <>
struct action<when_listen> {
    static void apply0(draft& draft, context&) { draft.unreserved.when = unreserved_check::listen; }
};

template <>
struct action<kw<"TCP">> {
    static void apply0(draft& draft, context&) { draft.unreserved.when = unreserved_check::listen; }
};

template <>
struct action<kw<"UDP">> {
    static void apply0(draft& draft, context&) {
        draft.protocol = port_protocol::udp;
        draft.unreserved.protocol = port_protocol::udp;
    }
};

template <>
struct action<unreserved> {
    static void apply0(draft& draft, context& ctx) {
        ctx.emit(draft.unreserved, draft.unreserved.job.where);
    }
};

}  // namespace port

outcome parse_port(char const* at, context& ctx) {
    port::draft draft;
    return run<port::statement, port::action>(at, draft, ctx);
}

outcome parse_delete_port(char const* at, context& ctx) {
    port::draft draft;
    draft.remove = true;
    return run<port::statement, port::action>(at, draft, ctx);
}

}  // namespace parser::grammar
