// Formatting one profile to the output, in place, or not at all.
#include "operator/command/format.hpp"

#include "operator/command/profile_input.hpp"
#include "parser/format/format.hpp"
#include "parser/source/encoding.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

namespace operators {

namespace {

int refuse(context const& with, std::string const& text) {
    fail(with, text);
    return exit_usage;
}

/// Replaces the file that `name` leads to, so that a reader sees the old text or the new one. An
/// errno value; 0 if it is done.
int replace(std::string const& name, std::string const& text) {
    std::error_code problem;
    auto const file = std::filesystem::canonical(name, problem);
    struct stat old {};
    if (problem || ::stat(file.c_str(), &old) != 0) return problem ? problem.value() : errno;
    std::string fresh = file.string() + ".XXXXXX";
    app::descriptor const out(::mkstemp(fresh.data()));
    if (out.get() < 0) return errno;
    bool const written = ::fchmod(out.get(), old.st_mode & 07777) == 0 &&
                         write_text(out.get(), text) && ::fsync(out.get()) == 0 &&
                         ::rename(fresh.c_str(), file.c_str()) == 0;
    int const why = errno;
    if (!written) ::unlink(fresh.c_str());
    return written ? 0 : why;
}

/// The line, from 1, that two different texts differ in first.
std::ptrdiff_t first_difference(std::string const& one, std::string const& other) {
    auto const at = std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first;
    return std::count(one.begin(), at, '\n') + 1;
}

int act(context const& with, format_options const& options, std::string const& name,
        std::string const& before, std::string const& after) {
    switch (options.action) {
        case format_action::print:
            if (!write_text(with.output, after))
                return refuse(with, "can't write " + name + " to the output: " +
                                        std::generic_category().message(errno));
            break;
        case format_action::check:
            if (before == after) break;
            return fail(with, name + ":" + std::to_string(first_difference(before, after)) +
                                  ": not formatted; tcpplex format --write formats it");
        case format_action::write:
            if (before == after) break;
            if (int const problem = replace(name, after); problem != 0)
                return refuse(
                    with, "can't write " + name + ": " + std::generic_category().message(problem));
            break;
    }
    return exit_good;
}

}  // namespace

int run_format(context const& with, format_options const& options) {
    auto const input = options.standard_input ? read_profile(with, *options.standard_input)
                                              : open_profile(options.file);
    if (input.text.has_error())
        return refuse(with, "can't read " + input.name + ": " + input.text.error().message());
    auto const decoded = parser::decode(*input.text);
    if (options.action == format_action::write && decoded && !decoded->remark.empty())
        return refuse(with, input.name + " is " + decoded->remark +
                                "; convert it with iconv, or leave --write out");
    if (decoded && decoded->text.find('\0') != std::string::npos)
        return refuse(with, input.name + " is no text");
    auto const parsed = parser::parse(input.name, reader_of(input), options.symbols);
    if (!parsed.whole)
        return refuse(with, input.name + " has too many errors: tcpplex check shows them");
    auto const laid_out = parser::format::format(parsed);
    if (!parser::format::reads_as_it_is(laid_out))
        return refuse(with, input.name +
                                " mixes encodings, or has a byte order mark that is not at its "
                                "beginning; write it in UTF-8 or ASCII");
    return act(with, options, input.name, *input.text, laid_out);
}

}  // namespace operators
