#include "parser/source/expand.hpp"

#include "parser/source/lexical.hpp"
#include "parser/source/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace parser {

namespace {

bool in_symbol_name(char c) {
    char const u = upper(c);
    return (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u == '_' || u == '@' || u == '#' ||
           u == '$';
}

std::vector<std::uint32_t> line_starts_of(std::string const& text) {
    std::vector<std::uint32_t> starts{0};
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
        starts.push_back(static_cast<std::uint32_t>(at + 1));
    return starts;
}

/// `name` as seen from the directory of `file`.
std::string beside(std::string const& file, std::string const& name) {
    return (std::filesystem::path(file).parent_path() / name).lexically_normal().string();
}

/// One run over a profile and the files it includes.
class expansion {
  public:
    expansion(source_reader const& read, symbol_table const& symbols)
        : read_(read), symbols_(symbols) {}

    expand_result take() && { return std::move(result_); }

    void profile(std::string const& name) {
        auto text = read_(name);
        if (text.has_error()) {
            diagnostic problem;
            problem.text = fmt::format("can't read {}: {}", shown(name), text.error().message());
            problem.where.file = name;
            problem.suggestion = "check the name and its permissions";
            result_.diagnostics.push_back(std::move(problem));
            add_file(name, "", 0, 0);
            return;
        }
        std::uint32_t const file = add_file(name, std::move(*text), 0, 0);
        if (too_large(result_.source.files[file].text.size(), file, 0, 0)) return;
        copy(file, 0);
    }

  private:
    std::uint32_t add_file(std::string name, std::string text, std::uint32_t includer,
                           std::uint32_t at) {
        auto starts = line_starts_of(text);
        result_.source.files.push_back(
            {std::move(name), std::move(text), std::move(starts), includer, at});
        return static_cast<std::uint32_t>(result_.source.files.size() - 1);
    }

    void error(std::uint32_t file, std::size_t offset, std::size_t length, std::string text,
               std::string suggestion) {
        diagnostic problem;
        problem.text = std::move(text);
        problem.where = locate_in_file(result_.source, file, static_cast<std::uint32_t>(offset),
                                       static_cast<std::uint32_t>(length));
        problem.suggestion = std::move(suggestion);
        result_.diagnostics.push_back(std::move(problem));
    }

    bool too_large(std::size_t size, std::uint32_t file, std::size_t offset, std::size_t length) {
        if (size + result_.source.text.size() <= expanded_size_limit) return false;
        error(file, offset, length,
              fmt::format("the profile with its INCLUDEs is larger than {} bytes",
                          expanded_size_limit),
              "divide it into several OBEYFILEs");
        return true;
    }

    /// Texts live in a vector that grows while files are included, so they are looked up each time.
    std::string const& text_of(std::uint32_t file) const { return result_.source.files[file].text; }

    void append(std::uint32_t file, std::size_t offset, std::string_view piece, bool substituted) {
        if (piece.empty()) return;
        auto& out = result_.source;
        out.segments.push_back({static_cast<std::uint32_t>(out.text.size()), file,
                                static_cast<std::uint32_t>(offset), substituted});
        out.text.append(piece);
    }

    void copy(std::uint32_t file, unsigned depth) {
        std::size_t done = 0;  // everything before it is copied
        std::size_t at = 0;
        bool word_starts = true;
        while (at < text_of(file).size()) {
            std::string const& text = text_of(file);
            char const c = text[at];
            if (c == ';') {
                at = std::min(text.find('\n', at), text.size());
            } else if (is_blank(c)) {
                word_starts = true;
                ++at;
                continue;
            } else if (c == '&') {
                append(file, done, std::string_view(text).substr(done, at - done), false);
                done = at = symbol(file, at);
            } else if (word_starts && is_include(text, at)) {
                append(file, done, std::string_view(text).substr(done, at - done), false);
                done = at = include(file, at, depth);
            } else {
                ++at;
            }
            word_starts = false;
        }
        append(file, done, std::string_view(text_of(file)).substr(done), false);
        append(file, text_of(file).size(), "\n", true);
    }

    static bool is_include(std::string const& text, std::size_t at) {
        if (upper(text[at]) != 'I') return false;
        return same_word(word_at(text.data() + at, text.data() + text.size()), "INCLUDE");
    }

    /// Appends the value of the symbol at `at`; returns the place after it.
    std::size_t symbol(std::uint32_t file, std::size_t at) {
        std::string const& text = text_of(file);
        std::size_t end = at + 1;
        std::string name;
        while (end < text.size() && name.size() < 17 && in_symbol_name(text[end]))
            name += upper(text[end++]);
        auto const found = symbols_.find(name);
        if (name.empty() || found == symbols_.end()) {
            append(file, at, std::string_view(text).substr(at, end - at), false);
            error(file, at, end - at, fmt::format("system symbol &{} is not defined", shown(name)),
                  "define it in the host settings");
            return end;
        }
        if (end < text.size() && text[end] == '(') {
            error(file, at, end + 1 - at,
                  fmt::format("substrings of system symbols (&{}) are not supported yet", name),
                  "define a symbol with the part as its value");
            return std::min(text.find_first_of(")\n", end), text.size() - 1) + 1;
        }
        if (!too_large(found->second.size(), file, at, end - at))
            append(file, at, found->second, true);
        // The period that ends a symbol is swallowed; a second one stays.
        return end < text.size() && text[end] == '.' ? end + 1 : end;
    }

    /// The name on the INCLUDE, its symbols replaced.
    std::string include_name(std::string_view written) const {
        std::string name;
        for (std::size_t at = 0; at < written.size();) {
            std::size_t end = at + 1;
            while (written[at] == '&' && end < written.size() && in_symbol_name(written[end]))
                ++end;
            std::string key(written.substr(at + 1, end - at - 1));
            std::transform(key.begin(), key.end(), key.begin(), upper);
            auto const found = key.empty() ? symbols_.end() : symbols_.find(key);
            if (found == symbols_.end()) {
                name += written.substr(at, end - at);
            } else {
                name += found->second;
                if (end < written.size() && written[end] == '.') ++end;
            }
            at = end;
        }
        return name;
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
        std::string const name = beside(result_.source.files[file].name, include_name(written));
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
        auto included = read_(name);
        if (included.has_error()) {
            error(file, begin, length,
                  fmt::format("can't read {}: {}", shown(name), included.error().message()),
                  "check the name and its permissions");
            return;
        }
        if (too_large(included->size(), file, begin, length)) return;
        copy(add_file(name, std::move(*included), file, static_cast<std::uint32_t>(begin)),
             depth + 1);
    }

    source_reader const& read_;
    symbol_table const& symbols_;
    bool count_reported_ = false;
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
