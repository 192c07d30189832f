#include "parser/statement/vipadefine.hpp"
#include "parser/statement/vipadistribute.hpp"
#include "parser/statement/viparange.hpp"
#include "parser/statement/viparoute.hpp"
#include "productions.hpp"

namespace parser::grammar {

std::vector<statement_grammar> grammars_of_vipas() {
    return {
        is<vipadefine::define>("VIPADEFine"),
        is<vipadefine::backup>("VIPABackup"),
        is<vipadefine::remove>("VIPADELete"),
        is<vipadistribute::statement>("VIPADISTribute"),
        is<viparange::statement>("VIPARange"),
        is<viparoute::route>("VIPAROUTE"),
        is<viparoute::service_manager>("VIPASMparms"),
    };
}

}  // namespace parser::grammar
