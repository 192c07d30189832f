#include "parser/statement/delete.hpp"
#include "parser/statement/port.hpp"
#include "parser/statement/portrange.hpp"
#include "parser/statement/srcip.hpp"
#include "productions.hpp"

namespace parser::grammar {

std::vector<statement_grammar> grammars_of_ports() {
    return {
        is<port::statement>("PORT"),
        is<portrange::statement>("PORTRange"),
        is<deletion::statement>("DELEte"),
        is<srcip::of_job>("JOBNAME"),
        is<srcip::to_destination>("DESTINATION"),
    };
}

}  // namespace parser::grammar
