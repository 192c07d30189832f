#include "daemon/change/obey.hpp"

#include "daemon/node/names.hpp"
#include "parser/parse.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace tcpplexd {

namespace {

void say(obeyed_text& to, std::vector<parser::diagnostic> const& diagnostics) {
    if (!diagnostics.empty()) to.messages.push_back(parser::to_text(diagnostics));
    to.has_errors = to.has_errors || parser::has_errors(diagnostics);
}

}  // namespace

obeyed_text obey(app::obeyfile_request const& asked, host_settings const& host,
                 parser::configuration const& running) {
    obeyed_text result;
    std::map<std::string, std::string> texts;
    for (auto const& each : asked.files)
        texts.emplace(each.name, each.text);
    auto const parsed = parser::parse(asked.files.front().name,
                                      parser::memory_reader(std::move(texts)), symbols_of(host));
    say(result, parsed.diagnostics);
    if (asked.purpose == app::obey_purpose::syntax_check) return result;
    auto applied = parser::apply(running, parsed.profile, parser::phase::obeyfile,
                                 asked.as_zos ? parser::on_error::skip : parser::on_error::refuse);
    say(result, applied.diagnostics);
    // What was not looked at can't be known to do no harm.
    if (asked.as_zos ? parsed.whole : applied.ok()) result.next = std::move(applied.next);
    return result;
}

}  // namespace tcpplexd
