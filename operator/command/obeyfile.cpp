#include "operator/command/obeyfile.hpp"

#include "operator/command/change.hpp"
#include "parser/parse.hpp"
#include "parser/source/expand.hpp"

#include <algorithm>
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

char const* verb_of(app::obey_purpose purpose) {
    return purpose == app::obey_purpose::syntax_check ? "syntaxcheck" : "obeyfile";
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

int run_obeyfile(context const& with, obeyfile_options const& options) {
    auto stack = open_stack(with);
    if (stack.has_error()) return fail(with, stack.error().message);
    auto const there = stack->ping();
    if (there.has_error()) return fail(with, there.error().message);
    std::string const verb = verb_of(options.purpose);
    auto asked = collect_files(options.file, there->system);
    if (asked.has_error())
        return fail(with, verb + ": " + asked.error().message + "; nothing was changed");
    bool const syntax = options.purpose == app::obey_purpose::syntax_check;
    asked->command =
        "VARY TCPIP,," + std::string(syntax ? "SYNTAXCHECK," : "OBEYFILE,") + options.file;
    if (!options.echo.empty()) asked->command = options.echo;
    asked->purpose = options.purpose;
    asked->as_zos = options.as_zos;
    asked->confirm_seconds = options.confirm_seconds;
    return change(with, *stack, std::move(*asked), verb + ' ' + options.file);
}

int run_rollback(context const& with, rollback_options const& options) {
    auto stack = open_stack(with);
    if (stack.has_error()) return fail(with, stack.error().message);
    auto const command = "VARY TCPIP,,ROLLBACK," + std::to_string(options.steps);
    return change(with, *stack, app::rollback_request{options.steps, options.plan, command},
                  "rollback");
}

int run_confirm(context const& with, confirm_options const&) {
    auto stack = open_stack(with);
    if (stack.has_error()) return fail(with, stack.error().message);
    return change(with, *stack, app::confirm_request{"VARY TCPIP,,CONFIRM"}, "confirm");
}

}  // namespace operators
