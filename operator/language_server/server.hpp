// The language server: which message has which effect (LSP 3.17). No I/O but the files that
// profiles INCLUDE.
#pragma once

#include "operator/language_server/features.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace operators::lsp {

/// Of JSON-RPC 2.0 5.1 and LSP 3.17.
enum class error_code {
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    server_not_initialized = -32002,
    request_failed = -32803
};

struct failure {
    error_code code;
    std::string text;
};

class server {
  public:
    using sender = std::function<void(boost::json::object const&)>;
    using answer = std::variant<boost::json::value, failure>;

    /// Answers and notifications go to `send`.
    server(parser::symbol_table symbols, sender send);

    /// Carries out one message.
    void receive(std::string_view message);
    /// A message came that was too large to be looked at.
    void refuse_large();
    /// Once `exit` has come: 0 after `shutdown`, else 1.
    std::optional<int> exit_status() const { return exit_status_; }

  private:
    enum class phase : std::uint8_t { started, initialized, shut_down };

    void respond(boost::json::value const& id, answer result);
    void carry_out(boost::json::object const& message, std::string_view method);
    answer request(std::string_view method, boost::json::value const& parameters);
    answer about_document(std::string_view method, boost::json::value const& parameters);
    void notification(std::string_view method, boost::json::value const& parameters);
    void change(std::string const& uri, boost::json::value const& parameters,
                std::string_view text_at);
    void publish(std::string const& uri, boost::json::array diagnostics);
    void publish_all();
    surroundings around() const;

    parser::symbol_table symbols_;
    sender send_;
    std::map<std::string, document, std::less<>> documents_;  ///< by URI
    phase phase_ = phase::started;
    std::optional<int> exit_status_;
};

}  // namespace operators::lsp
