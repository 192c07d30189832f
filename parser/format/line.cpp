#include "parser/format/line.hpp"

#include "parser/source/lexical.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace parser::format {

namespace {

constexpr std::size_t step = 2;

bool is_number(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Where what continues the statement that begins in `first` stands.
std::size_t hang_of(line const& first) {
    bool const short_line = first.words.size() <= 2;
    return first.indent + (short_line ? step : first.words.front().size() + 1);
}

/// Comments on lines of their own stand as the next line with words, but before the end of a block
/// as what is in it.
void indent_comments(std::vector<line>& lines) {
    std::size_t next = 0;
    for (auto at = lines.rbegin(); at != lines.rend(); ++at) {
        if (!at->words.empty())
            next = at->begins == outline_kind::block_end ? step : at->indent;
        else if (at->comment_column != 0)
            at->indent = next;
    }
}

using rows = std::vector<line*>;

bool have_as_many_words(rows const& of) {
    return std::all_of(of.begin(), of.end(), [&](line const* row) {
        return row->words.size() - row->columns.size() ==
               of.front()->words.size() - of.front()->columns.size();
    });
}

/// The next word of each row, so that they stand one below the other.
void add_column(rows const& to) {
    column next{0, true};
    for (auto const* row : to) {
        std::string_view const word = row->words[row->columns.size()];
        next.width = std::max(next.width, word.size());
        next.right = next.right && is_number(word);
    }
    for (auto* row : to)
        row->columns.push_back(next);
}

void add_columns(rows const& to) {
    while (to.front()->columns.size() < to.front()->words.size())
        add_column(to);
}

/// The word of a line of a list that is the first of an entry; past the words if the line has none.
std::size_t entry_of(line const& row) {
    return row.begins ? 1 : 0;
}

bool is_entry(line const* row) {
    std::size_t const first = entry_of(*row);
    return first < row->words.size() && is_number(row->words[first].substr(0, 1));
}

/// The lines of one statement.
void align_list(rows const& of) {
    if (of.size() < 2 || !std::all_of(of.begin(), of.end(), is_entry)) return;
    for (auto* row : of)
        if (row->begins) row->columns.push_back({row->words.front().size()});
    if (have_as_many_words(of))
        add_columns(of);
    else
        add_column(of);
}

/// Each statement's lines with words; without the first if it holds the name alone.
void align_lists(std::vector<line>& lines) {
    rows list;
    for (auto& each : lines) {
        if (each.words.empty()) continue;
        if (each.begins || each.includes) align_list(std::exchange(list, {}));
        if (each.words.size() > 1 || !each.begins) list.push_back(&each);
    }
    align_list(list);
}

/// Whether the line after `lines[at]` goes on with its statement.
bool goes_on(std::vector<line> const& lines, std::size_t at) {
    auto const next = std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, lines.end(),
                                   [](line const& each) { return !each.words.empty(); });
    return next != lines.end() && !next->begins && !next->includes;
}

/// Statements of one line that are alike.
void align_alike(rows const& of) {
    if (of.size() > 1) add_columns(of);
}

bool is_like(line const& one, line const& other) {
    return one.begins == other.begins && one.words.size() == other.words.size() &&
           same_word(one.words.front(), other.words.front());
}

void align_statements(std::vector<line>& lines) {
    rows alike;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        line& each = lines[i];
        if (each.after_blank_line) align_alike(std::exchange(alike, {}));
        if (each.words.empty()) continue;
        if (!alike.empty() && !is_like(*alike.front(), each)) align_alike(std::exchange(alike, {}));
        if (each.begins && !goes_on(lines, i)) alike.push_back(&each);
    }
    align_alike(alike);
}

}  // namespace

std::vector<line> lines_of(std::span<token const> tokens, std::span<beginning const> beginnings) {
    std::vector<line> lines;
    auto next = beginnings.begin();
    for (auto const& each : tokens) {
        while (next != beginnings.end() && next->offset < each.offset)
            ++next;
        bool const begins = next != beginnings.end() && next->offset == each.offset;
        if (lines.empty() || each.breaks > 0 || begins) {
            lines.emplace_back();
            lines.back().after_blank_line = each.breaks > 1 && lines.size() > 1;
        }
        line& last = lines.back();
        if (each.comment) {
            last.comment = each.text;
            last.comment_column = each.column;
            continue;
        }
        if (begins) last.begins = next->kind;
        if (last.words.empty()) last.includes = same_word(each.text, "INCLUDE");
        last.words.push_back(each.text);
    }
    return lines;
}

void indent(std::vector<line>& lines) {
    std::size_t inner = 0;  // of what stands in the block that is open
    std::size_t hang = 0;
    for (auto& each : lines) {
        if (each.words.empty()) continue;
        if (each.begins && *each.begins != outline_kind::inner) inner = 0;
        if (each.begins == outline_kind::inner || each.includes) each.indent = inner;
        if (each.begins == outline_kind::inner) each.indent = step;
        if (!each.begins && !each.includes) each.indent = hang;
        if (each.begins == outline_kind::block) inner = step;
        if (each.begins || each.includes) hang = hang_of(each);
    }
    indent_comments(lines);
}

void align(std::vector<line>& lines) {
    align_lists(lines);
    align_statements(lines);
}

void append_words(std::string& text, line const& from) {
    text.append(from.indent, ' ');
    for (std::size_t i = 0; i < from.words.size(); ++i) {
        std::string_view const word = from.words[i];
        if (i > 0) text += ' ';
        column const in = i < from.columns.size() ? from.columns[i] : column();
        std::size_t const room = in.width > word.size() ? in.width - word.size() : 0;
        if (in.right) text.append(room, ' ');
        text += word;
        if (!in.right && i + 1 < from.words.size()) text.append(room, ' ');
    }
}

}  // namespace parser::format
