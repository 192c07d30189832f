// tcpplex lsp: serves one editor over standard input and output.
#pragma once

#include "operator/context.hpp"
#include "parser/source/text.hpp"

namespace operators {

struct lsp_options {
    parser::symbol_table symbols;
};

/// Until `exit`, or the input's end. exit_good after `shutdown` and `exit`, else exit_failed.
int run_language_server(context const& with, lsp_options const& options);

}  // namespace operators
