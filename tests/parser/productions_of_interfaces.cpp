#include "parser/statement/device.hpp"
#include "parser/statement/home.hpp"
#include "parser/statement/interface.hpp"
#include "parser/statement/named.hpp"
#include "parser/statement/route.hpp"
#include "productions.hpp"

namespace parser::grammar {

std::vector<statement_grammar> grammars_of_interfaces() {
    return {
        is<interfaces::statement>("INTERFACE"),
        is<devices::device>("DEVice"),
        is<devices::link>("LINK"),
        is<home::list>("HOME"),
        is<home::networks>("BSDRoutingparms"),
        is<named::one_interface>("START"),
        is<named::one_interface>("STOP"),
        is<named::one_interface>("PRIMARYINTERFACE"),
        is<routes::statement>("ROUTE"),
    };
}

}  // namespace parser::grammar
