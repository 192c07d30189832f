#include "daemon/node/node.hpp"

namespace tcpplexd {

void node::vary_sysplex(app::sysplex_request const& asked, std::function<void(vary_outcome)> done) {
    vary_outcome outcome;
    outcome.refused =
        "this version can't change a stack's part in the sysplex while it runs; "
        "change the profile and use OBEYFILE, or end the stack";
    if (app::is_utility(asked.action)) outcome.return_code = app::vipa_not_done;
    done(std::move(outcome));
}

}  // namespace tcpplexd
