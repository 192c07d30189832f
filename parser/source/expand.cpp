#include "parser/source/expand.hpp"

#include "parser/source/encoding.hpp"
#include "parser/source/lexical.hpp"
#include "parser/source/printable.hpp"
#include "parser/source/symbol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

namespace parser {

namespace {

/// More are not worth reading, and would fill memory.
constexpr std::size_t error_limit = 1000;

/// `name` as seen from the directory of `file`.
std::string beside(std::string const& file, std::string const& name) {
    return (std::filesystem::path(file).parent_path() / name).lexically_normal().string();
}

/// Whether INCLUDE is anywhere in the text. Its letters are all different, so every seventh
/// character tells whether, and where, it can be.
bool has_include(std::string_view text) {
    constexpr std::string_view keyword = "INCLUDE";
    constexpr character_set letters("INCLUDEinclude");
    for (std::size_t at = keyword.size() - 1; at < text.size(); at += keyword.size()) {
        if (!letters.has(text[at])) continue;
        std::size_t const begin = at - keyword.find(upper(text[at]));
        if (same_word(text.substr(begin, keyword.size()), keyword)) return true;
    }
    return false;
}

/// One run over a profile and the files it includes.
class expansion {
  public:
    expansion(source_reader const& read, symbol_table const& symbols)
        : read_(read), symbols_(symbols) {}

    expand_result take() && { return std::move(result_); }

    void profile(std::string const& name) {
        auto text = read(name);
        if (text.has_error()) {
            diagnostic problem;
            problem.text = fmt::format("can't read {}: {}", shown(name), text.error().message());
            problem.where.file = name;
            problem.suggestion = "check the name and its permissions";
            result_.diagnostics.push_back(std::move(problem));
            add_file(name, {}, 0, 0);
            return;
        }
        std::uint32_t const file = add_file(name, std::move(*text), 0, 0);
        if (too_large(text_of(file).size(), file, 0, 0)) return;
        copy(file, 0);
    }

  private:
    boost::system::result<decoded_text> read(std::string const& name) const {
        auto bytes = read_(name);
        if (bytes.has_error()) return bytes.error();
        return decode(std::move(*bytes));
    }

    std::uint32_t add_file(std::string name, decoded_text decoded, std::uint32_t includer,
                           std::uint32_t at) {
        line_index lines(decoded.text);
        result_.source.files.push_back(
            {std::move(name), std::move(decoded.text), std::move(lines), includer, at});
        auto const file = static_cast<std::uint32_t>(result_.source.files.size() - 1);
        if (!decoded.remark.empty()) note_about(file, std::move(decoded.remark));
        return file;
    }

    /// A note about a file as a whole.
    void note_about(std::uint32_t file, std::string text) {
        diagnostic problem;
        problem.level = severity::note;
        problem.text = std::move(text);
        problem.where.file = result_.source.files[file].name;
        problem.where.included_from = locate_in_file(result_.source, file, 0, 0).included_from;
        result_.diagnostics.push_back(std::move(problem));
    }

    void error(std::uint32_t file, std::size_t offset, std::size_t length, std::string text,
               std::string suggestion) {
        if (errors_ > error_limit) return;
        if (errors_++ == error_limit) {
            text = "there are more errors of files and symbols, which are left out";
            suggestion.clear();
        }
        diagnostic problem;
        problem.text = std::move(text);
        problem.where = locate_in_file(result_.source, file, static_cast<std::uint32_t>(offset),
                                       static_cast<std::uint32_t>(length));
        problem.suggestion = std::move(suggestion);
        result_.diagnostics.push_back(std::move(problem));
    }

    bool too_large(std::size_t size, std::uint32_t file, std::size_t offset, std::size_t length) {
        if (size + result_.source.expanded.size() <= expanded_size_limit) return false;
        error(file, offset, length,
              fmt::format("the profile with its INCLUDEs is larger than {} bytes",
                          expanded_size_limit),
              "divide it into several OBEYFILEs");
        return true;
    }

    std::string const& text_of(std::uint32_t file) const { return result_.source.files[file].text; }

    void add_segment(std::uint32_t file, std::size_t offset, bool substituted) {
        auto& out = result_.source;
        out.segments.push_back({static_cast<std::uint32_t>(out.expanded.size()), file,
                                static_cast<std::uint32_t>(offset), substituted});
    }

    void append(std::uint32_t file, std::size_t offset, std::string_view piece, bool substituted) {
        if (piece.empty()) return;
        auto& out = result_.source.expanded;
        if (out.empty()) out.reserve(text_of(0).size() + 1);
        add_segment(file, offset, substituted);
        out.append(piece);
    }

    /// Appends a file with what its INCLUDEs and symbols stand for. `"..."` is one word, so there
    /// is no INCLUDE in it.
    void copy(std::uint32_t file, unsigned depth) {
        std::string_view const text = text_of(file);
        char const* const end = text.data() + text.size();
        std::size_t done = 0;  // everything before it is copied
        std::size_t reference = text.find('&');
        bool const plain = reference == std::string_view::npos && !has_include(text);
        for (char const* at = plain ? end : text.data();;) {
            std::string_view const word = word_at(skip_blanks(at, end), end);
            if (word.empty()) break;
            auto const begin = static_cast<std::size_t>(word.data() - text.data());
            at = word.data() + word.size();
            if (same_word(word, "INCLUDE")) {
                append(file, done, text.substr(done, begin - done), false);
                done = include(file, begin, depth);
                at = text.data() + done;
            }
            if (reference < begin) reference = text.find('&', begin);
            while (reference < begin + word.size()) {
                append(file, done, text.substr(done, reference - done), false);
                done = symbol(file, reference);
                reference = text.find('&', done);
            }
        }
        if (done == 0 && depth == 0) return add_segment(file, 0, false);
        append(file, done, text.substr(done), false);
        append(file, text.size(), "\n", true);
    }

    /// Appends the value of the symbol at `at`; returns the place after it.
    std::size_t symbol(std::uint32_t file, std::size_t at) {
        std::string_view const text = text_of(file);
        auto const found = substitute(text, at, symbols_);
        if (!is_good(found, file, at))
            append(file, at, text.substr(at, found.end - at), false);
        else if (!too_large(found.text.size(), file, at, found.end - at))
            append(file, at, found.text, true);
        return found.end;
    }

    /// Whether a reference was replaced; an error if not.
    bool is_good(substitution const& found, std::uint32_t file, std::size_t at) {
        std::size_t const length = found.end - at;
        if (found.outcome == symbol_outcome::undefined)
            error(file, at, length,
                  fmt::format("system symbol &{} is not defined", shown(found.name)),
                  "define it in the host settings");
        else if (found.outcome == symbol_outcome::outside)
            error(file, at, length,
                  fmt::format("the text of system symbol &{} has {} characters and no such part",
                              shown(found.name), found.symbol_size),
                  "write (start:length), start from 1, or from -1 for the last character");
        return found.outcome == symbol_outcome::replaced;
    }

    /// The name on the INCLUDE at `begin`, its symbols replaced; nothing, and why, if they can't
    /// be.
    std::optional<std::string> include_name(std::uint32_t file, std::size_t begin,
                                            std::string_view written) {
        std::string name;
        bool good = true;
        for (std::size_t at = 0; at < written.size();) {
            if (written[at] != '&') {
                name += written[at++];
                continue;
            }
            auto const found = substitute(written, at, symbols_);
            good = is_good(found, file, begin + at) && good;
            name += found.text;
            at = found.end;
        }
        return good ? std::optional(std::move(name)) : std::nullopt;
    }

    bool opens_itself(std::uint32_t file, std::string const& name) const {
        while (true) {
            if (result_.source.files[file].name == name) return true;
            if (file == 0) return false;
            file = result_.source.files[file].includer;
        }
    }

    /// Puts the file that the INCLUDE at `at` names in its place; returns the place after the
    /// statement.
    std::size_t include(std::uint32_t file, std::size_t at, unsigned depth) {
        std::string const& text = text_of(file);
        char const* const end = text.data() + text.size();
        std::string_view const written = word_at(skip_blanks(text.data() + at + 7, end), end);
        if (written.empty()) {
            error(file, at, 7, "INCLUDE names no file", "write INCLUDE and the name of a file");
            return text.size();
        }
        auto const begin = static_cast<std::size_t>(written.data() - text.data());
        std::size_t const after = begin + written.size();
        std::size_t const length = written.size();
        auto const named = include_name(file, begin, written);
        if (!named) return after;
        std::string const name = beside(result_.source.files[file].name, *named);
        if (opens_itself(file, name)) {
            error(file, begin, length, fmt::format("{} includes itself", shown(name)),
                  "remove this INCLUDE");
        } else if (depth + 1 >= include_depth_limit) {
            error(file, begin, length,
                  fmt::format("INCLUDEs are nested deeper than {} files", include_depth_limit),
                  "include the file from a file further out");
        } else if (result_.source.files.size() > include_count_limit) {
            if (!std::exchange(count_reported_, true))
                error(file, begin, length,
                      fmt::format("there are more than {} INCLUDEs", include_count_limit),
                      "write repeated parts once");
        } else {
            open(file, begin, length, name, depth);
        }
        return after;
    }

    void open(std::uint32_t file, std::size_t begin, std::size_t length, std::string const& name,
              unsigned depth) {
        auto included = read(name);
        if (included.has_error()) {
            error(file, begin, length,
                  fmt::format("can't read {}: {}", shown(name), included.error().message()),
                  "check the name and its permissions");
            return;
        }
        if (too_large(included->text.size(), file, begin, length)) return;
        copy(add_file(name, std::move(*included), file, static_cast<std::uint32_t>(begin)),
             depth + 1);
    }

    source_reader const& read_;
    symbol_table const& symbols_;
    bool count_reported_ = false;
    std::size_t errors_ = 0;
    expand_result result_;
};

}  // namespace

expand_result expand(std::string const& name, source_reader const& read,
                     symbol_table const& symbols) {
    expansion run(read, symbols);
    run.profile(name);
    return std::move(run).take();
}

}  // namespace parser
