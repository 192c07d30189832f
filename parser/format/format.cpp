#include "parser/format/format.hpp"

#include "parser/format/line.hpp"
#include "parser/source/encoding.hpp"

#include <algorithm>

namespace parser::format {

namespace {

/// What begins in the profile itself, by its place there.
std::vector<beginning> beginnings_of(parse_result const& parsed) {
    auto const& segments = parsed.profile.source->segments;
    std::vector<beginning> result;
    std::size_t current = 0;
    for (auto const& entry : parsed.outline) {
        while (current + 1 < segments.size() && segments[current + 1].begin <= entry.where.begin)
            ++current;
        auto const& segment = segments[current];
        if (segment.file != 0) continue;
        std::size_t const into = segment.substituted ? 0 : entry.where.begin - segment.begin;
        result.push_back({segment.offset + into, entry.kind});
    }
    return result;
}

using run = std::span<line const>;

/// Lines up to the next blank one.
run next_run(run rest) {
    auto const end = std::find_if(rest.begin() + 1, rest.end(),
                                  [](line const& each) { return each.after_blank_line; });
    return rest.first(static_cast<std::size_t>(end - rest.begin()));
}

/// Prints lines between blank lines, their comments in one column: where the first of them stood,
/// if all words leave it free.
class printer {
  public:
    explicit printer(std::string_view line_end) : line_end_(line_end) {}

    void print(run lines) {
        std::size_t const column = comment_column(lines);
        for (auto const& each : lines) {
            std::size_t const begin = text_.size();
            append_words(text_, each);
            std::size_t const width = text_.size() - begin;
            if (!each.comment.empty() && !each.words.empty()) text_.append(column - width, ' ');
            text_ += each.comment;
            text_ += line_end_;
        }
    }
    void blank_line() { text_ += line_end_; }
    std::string take() && { return std::move(text_); }

  private:
    static std::size_t comment_column(run lines) {
        std::size_t column = 0;
        for (auto const& each : lines) {
            if (each.comment.empty() || each.words.empty()) continue;
            if (column == 0) column = each.comment_column;
            std::string words;
            append_words(words, each);
            column = std::max(column, words.size() + 2);
        }
        return column;
    }

    std::string_view line_end_;
    std::string text_;
};

}  // namespace

std::string format(parse_result const& parsed) {
    std::string const& text = parsed.profile.source->files.front().text;
    auto const tokens = tokens_of(text);
    auto lines = lines_of(tokens, beginnings_of(parsed));
    indent(lines);
    align(lines);
    std::size_t const end = text.find('\n');
    bool const crlf = end != std::string::npos && end > 0 && text[end - 1] == '\r';
    printer out(crlf ? "\r\n" : "\n");
    for (run rest(lines); !rest.empty();) {
        if (rest.front().after_blank_line) out.blank_line();
        run const lines_together = next_run(rest);
        out.print(lines_together);
        rest = rest.subspan(lines_together.size());
    }
    return std::move(out).take();
}

bool reads_as_it_is(std::string const& text) {
    auto const read = decode(text);
    return read && read->remark.empty() && read->text == text;
}

}  // namespace parser::format
