#include "parser/statement/globalconfig.hpp"
#include "parser/statement/ipconfig.hpp"
#include "parser/statement/ipconfig6.hpp"
#include "parser/statement/named.hpp"
#include "parser/statement/tcpconfig.hpp"
#include "parser/statement/udpconfig.hpp"
#include "productions.hpp"

namespace parser::grammar {

std::vector<statement_grammar> grammars_of_settings() {
    return {
        is<globalconfig::statement>("GLOBALCONFig"),
        is<ipconfig::statement>("IPCONFig"),
        is<ipconfig6::statement>("IPCONFIG6"),
        is<tcpconfig::statement>("TCPCONFIG"),
        is<udpconfig::statement>("UDPCONFIG"),
        is<named::somaxconn>("SOMAXCONN"),
        is<named::arpage>("ARPAGE"),
    };
}

}  // namespace parser::grammar
