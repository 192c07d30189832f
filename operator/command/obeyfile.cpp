// Sending an OBEYFILE's text to a stack.
#include "operator/command/obeyfile.hpp"

#include "operator/report/render.hpp"
#include "parser/parse.hpp"
#include "parser/source/expand.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cerrno>
#include <optional>

namespace operators {

namespace {

// Remembers the first file that could not be read.
struct recorder {
    parser::source_reader read = parser::file_reader();
    std::optional<app::error> unreadable;

    boost::system::result<std::string> operator()(std::string const& name) {
        auto text = read(name);
        if (text.has_error() && !unreadable)
            unreadable = app::error{text.error().value(), name + ": " + text.error().message()};
        return text;
    }
};

void print_messages(context const& with, std::vector<std::string> const& messages) {
    if (with.json) {
        boost::json::object const document{
            {"messages", boost::json::array(messages.begin(), messages.end())}};
        write_text(with.output, indented(document));
        return;
    }
    for (auto const& message : messages)
        write_text(with.output, message + (message.ends_with('\n') ? "" : "\n"));
}

}  // namespace

app::result<app::obeyfile_request> collect_files(std::string const& file,
                                                 std::string const& system) {
    recorder reader;
    // Its diagnostics come back from the daemon, which knows all symbols; here only the reading
    // counts.
    auto expanded = parser::expand(file, std::ref(reader), {{"SYSNAME", system}});
    if (reader.unreadable) return *reader.unreadable;
    app::obeyfile_request request;
    for (auto& opened : expanded.source.files) {
        auto const same = [&opened](auto const& other) { return other.name == opened.name; };
        if (std::ranges::none_of(request.files, same))
            request.files.push_back({opened.name, std::move(opened.text)});
    }
    return request;
}

int run_obeyfile(context const& with, std::string const& file, std::string const& echo) {
    auto stack = open_stack(with);
    if (stack.has_error()) return fail(with, stack.error().message);
    auto const there = stack->ping();
    if (there.has_error()) return fail(with, there.error().message);
    auto asked = collect_files(file, there->system);
    if (asked.has_error())
        return fail(with, "obeyfile: " + asked.error().message + "; nothing was changed");
    asked->command = echo.empty() ? "VARY TCPIP,,OBEYFILE," + file : echo;
    auto const outcome = stack->obeyfile(std::move(*asked));
    if (outcome.has_error()) return fail(with, "obeyfile " + file + ": " + outcome.error().message);
    if (auto const* const good = std::get_if<app::obeyed>(&*outcome)) {
        print_messages(with, good->messages);
        return exit_good;
    }
    auto const& refused = std::get<app::failed>(*outcome);
    print_messages(with, refused.messages);
    return fail(with, "obeyfile " + file + ": " + app::error_name(refused.why.code) + ": " +
                          refused.why.message);
}

}  // namespace operators
