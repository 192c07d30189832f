#include "daemon/application/sysplex_reply.hpp"

#include <cerrno>
#include <optional>

namespace tcpplexd {

app::reply_body sysplex_reply(app::sysplex_request const& asked, vary_outcome outcome) {
    auto messages = std::move(outcome.messages);
    bool const is_command = !asked.command.empty();
    if (is_command)
        messages.insert(messages.begin(), "EZZ0060I PROCESSING COMMAND: " + asked.command);
    std::optional<std::uint8_t> code;
    if (app::is_utility(asked.action)) code = outcome.return_code;
    if (!outcome.refused.empty())
        return app::failed{{EINVAL, std::move(outcome.refused)}, std::move(messages), code};
    if (is_command) messages.emplace_back("EZZ0053I COMMAND VARY SYSPLEX COMPLETED SUCCESSFULLY");
    return app::obeyed{std::move(messages), {}, code};
}

}  // namespace tcpplexd
