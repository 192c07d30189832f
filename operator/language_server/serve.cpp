#include "operator/language_server/serve.hpp"

#include "operator/language_server/message_stream.hpp"
#include "operator/language_server/server.hpp"

namespace operators {

int run_language_server(context const& with, lsp_options const& options) {
    lsp::message_stream editor(with.input, with.output);
    bool reader_gone = false;
    lsp::server server(options.symbols, [&](boost::json::object const& message) {
        reader_gone = !editor.send(message) || reader_gone;
    });
    std::string message;
    while (!server.exit_status() && !reader_gone) {
        switch (editor.next(message)) {
            case lsp::received::message:
                server.receive(message);
                break;
            case lsp::received::too_large:
                server.refuse_large();
                break;
            case lsp::received::end:
                return fail(with, "lsp: the input ended without exit");
            case lsp::received::broken:
                return fail(with, "lsp: expected a header with Content-Length, and as many bytes");
        }
    }
    return server.exit_status().value_or(exit_failed);
}

}  // namespace operators
