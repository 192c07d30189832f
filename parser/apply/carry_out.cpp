#include "parser/apply/carry_out.hpp"

#include "parser/apply/stage.hpp"

#include <array>

namespace parser {

namespace {

void carry_out(application& run, statement const& wanted) {
    wanted.body.visit([&](auto const& body) {
        if constexpr (requires { parser::carry_out(run, body, wanted.where); })
            parser::carry_out(run, body, wanted.where);
        else
            parser::carry_out(run, body);
    });
}

/// Where the last statement of some kinds begins.
struct last_places {
    span home;
    span ipconfig;
    span ipconfig6;
    span srcip;
    span portrange;

    void see(home_statement const&, span where) { home = where; }
    void see(ipconfig_statement const&, span where) { ipconfig = where; }
    void see(ipconfig6_statement const&, span where) { ipconfig6 = where; }
    void see(srcip_statement const&, span where) { srcip = where; }
    void see(portrange_statement const&, span where) { portrange = where; }
};

/// Looks at each statement once, and keeps for later what is not ordinary: there may be millions.
class sequence {
  public:
    sequence(application& run, work const& all) : run_(run) {
        std::size_t place = 0;
        for (auto const& each : all.updates.statements) {
            if (run.has_enough_errors()) return;
            if (all.left_out.empty() || !all.left_out[place++]) first(each);
        }
    }

    last_places const& last() const { return last_; }

    void carry_out_later(stage which) {
        for (auto const* each : later_[static_cast<std::size_t>(which)]) {
            if (run_.has_enough_errors()) return;
            carry_out(run_, *each);
        }
    }

  private:
    void first(statement const& wanted) {
        wanted.body.visit([&](auto const& body) {
            using kind = std::remove_cvref_t<decltype(body)>;
            if constexpr (requires { last_.see(body, wanted.where); })
                last_.see(body, wanted.where);
            if constexpr (stage_of<kind>() != stage::ordinary)
                later_[static_cast<std::size_t>(stage_of<kind>())].push_back(&wanted);
            else if constexpr (requires { parser::carry_out(run_, body, wanted.where); })
                parser::carry_out(run_, body, wanted.where);
            else
                parser::carry_out(run_, body);
        });
    }

    application& run_;
    last_places last_;
    std::array<std::vector<statement const*>, 4> later_;
};

}  // namespace

void carry_out(application& run, work const& all) {
    sequence statements(run, all);
    auto const& last = statements.last();
    settle_routes(run);
    settle_home(run, last.home);
    settle_source_vipa(run, last.ipconfig);
    statements.carry_out_later(stage::dynamic_vipas);
    settle_source_vipa6(run, last.ipconfig6);
    run.find.sweep();
    settle_sources(run, last.srcip);
    settle_ports(run, last.portrange);
    statements.carry_out_later(stage::start);
    statements.carry_out_later(stage::stop);
}

}  // namespace parser
