#include "parser/parse.hpp"

#include "parser/grammar/context.hpp"
#include "parser/source/expand.hpp"
#include "parser/source/lexical.hpp"
#include "parser/source/printable.hpp"
#include "parser/statement/table.hpp"
#include "parser/suggestion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace parser {

namespace {

using grammar::statement_entry;

/// More are not worth reading; and what is wrong with a file that is no profile would fill memory.
constexpr std::size_t error_limit = 1000;

/// A word that no rule accepts: what is expected in its place is what could stand there.
constexpr std::string_view placeholder = "\x01";

constexpr std::string_view vipadynamic = "VIPADynamic";

/// Goes through the expanded text statement by statement, and after an error to the next one.
class driver {
  public:
    driver(source_text const& source, parse_result& result)
        : source_(source),
          result_(result),
          expanded_(result.ok()),
          ctx_(source, result.diagnostics, result.profile.statements),
          at_(ctx_.begin()) {}

    void run() {
        while (next_word() && !too_many()) {
            auto const* entry = grammar::find_statement(grammar::all_statements(), word_);
            if (entry != nullptr)
                one_statement(*entry, nullptr);
            else
                unknown_statement();
        }
    }

    /// What could stand where the placeholder does.
    std::vector<std::string> take_offers() && { return std::move(offers_); }

  private:
    void offer(std::vector<std::string_view> const& keywords) {
        if (word_ == placeholder) offers_.insert(offers_.end(), keywords.begin(), keywords.end());
    }

    bool next_word() {
        at_ = skip_blanks(at_, ctx_.end());
        word_ = word_at(at_, ctx_.end());
        return !word_.empty();
    }

    void pass_word() { at_ = skip_blanks(word_.data() + word_.size(), ctx_.end()); }

    /// The current word begins something.
    void outline(outline_kind kind) { result_.outline.push_back({ctx_.span_of(word_), kind}); }

    static outline_kind kind_of(statement_entry const& entry, statement_entry const* block) {
        if (block != nullptr) return outline_kind::inner;
        return entry.end_word.empty() ? outline_kind::statement : outline_kind::block;
    }

    void end_block() {
        outline(outline_kind::block_end);
        pass_word();
    }

    bool too_many() {
        if (ctx_.errors() < error_limit) return false;
        if (std::exchange(result_.whole, false))
            ctx_.error(ctx_.span_of(word_), "too many errors, the rest is not looked at");
        return true;
    }

    /// `block` is the one around it, or null.
    void one_statement(statement_entry const& entry, statement_entry const* block) {
        ctx_.begin_statement(ctx_.span_of(word_));
        outline(kind_of(entry, block));
        if (!entry.note.empty())
            ctx_.note(ctx_.statement_begin,
                      fmt::format("{} changes nothing: {}", full_word(entry.keyword), entry.note));
        pass_word();
        if (entry.parse == nullptr) return pass_over(entry, block);
        auto const outcome = entry.parse(at_, ctx_);
        at_ = outcome.end;
        if (ctx_.take_entries_ignored())
            result_.profile.ignored.push_back({ctx_.statement_begin.begin, place(at_)});
        if (!entry.inside.empty())
            inside_block(entry, ctx_.statement_begin);
        else if (ctx_.take_abandoned())
            skip_to_statement(block);
        else if (!outcome.complete || !at_border(block))
            syntax_error(entry, outcome.complete, block);
    }

    std::uint32_t place(char const* at) const {
        return static_cast<std::uint32_t>(at - ctx_.begin());
    }

    void inside_block(statement_entry const& block, span opened) {
        first_error_in_block_.reset();
        statements_of_block(block, opened);
        bool const dynamic = block.keyword == vipadynamic;
        if (dynamic) result_.profile.dynamic_blocks.push_back({opened.begin, place(at_)});
        auto const error = std::exchange(first_error_in_block_, std::nullopt);
        if (!error) return;
        if (dynamic) result_.profile.ignored.push_back({*error, place(at_)});
        if (block.keyword == "SRCIP") result_.profile.ignored.push_back({opened.begin, place(at_)});
    }

    void statements_of_block(statement_entry const& block, span opened) {
        while (!too_many()) {
            if (!next_word()) return missing_end(block, opened, opened, "before the end");
            if (grammar::is_end_word(block, word_)) return end_block();
            if (auto const* entry = grammar::find_statement(block.inside, word_)) {
                one_statement(*entry, &block);
            } else if (outside_statement()) {
                return missing_end(block, opened, ctx_.span_of(word_), "before " + shown(word_));
            } else {
                unknown_in_block(block);
            }
        }
    }

    /// Those that are not refused.
    static std::vector<std::string_view> offered_statements() {
        std::vector<std::string_view> names;
        for (auto const& entry : grammar::all_statements())
            if (entry.reason.empty()) names.push_back(entry.keyword);
        return names;
    }

    /// Whether the current word can only be a statement outside the block.
    bool outside_statement() const {
        auto const* entry = grammar::find_statement(grammar::all_statements(), word_);
        return entry != nullptr && !entry->is_parameter_too;
    }

    void missing_end(statement_entry const& block, span opened, span where, std::string before) {
        auto const from = source_.locate(opened);
        auto& problem =
            ctx_.error(where,
                       fmt::format("{} of {} line {} has no {} {}", full_word(block.keyword),
                                   from.file, from.line, full_word(block.end_word), before),
                       fmt::format("write {} where the block ends", full_word(block.end_word)));
        problem.reach = error_reach::rest_of_file;
        if (where.begin == opened.begin) return;
        // All that follows is taken for parameters of the block.
        note_error_in_block(where);
        result_.profile.ignored.push_back({where.begin, place(ctx_.end())});
    }

    void unknown_in_block(statement_entry const& block) {
        note_error_in_block(ctx_.span_of(word_));
        if (!has_undefined_symbol()) unknown_in_block_error(block);
        outline(outline_kind::inner);
        pass_word();
        skip_to_statement(&block);
    }

    void unknown_in_block_error(statement_entry const& block) {
        auto const candidates = names_in(block);
        auto& problem = ctx_.error(
            ctx_.span_of(word_),
            fmt::format("{} is no statement of {}", shown(word_), full_word(block.keyword)),
            advice(candidates));
        offer(candidates);
        mark_reach(problem, &block);
        for (auto const candidate : candidates)
            problem.expected.emplace_back(candidate);
    }

    void unknown_statement() {
        for (auto const& entry : grammar::all_statements()) {
            if (!grammar::is_end_word(entry, word_)) continue;
            ctx_.error(
                ctx_.span_of(word_),
                fmt::format("{} without {}", full_word(entry.end_word), full_word(entry.keyword)),
                "remove it");
            return end_block();
        }
        if (!has_undefined_symbol())
            ctx_.error(ctx_.span_of(word_), fmt::format("unknown statement {}", shown(word_)),
                       advice(statement_names()));
        offer(offered_statements());
        outline(outline_kind::statement);
        pass_word();
        skip_to_statement(nullptr);
    }

    static std::vector<std::string_view> statement_names() {
        std::vector<std::string_view> names;
        for (auto const& entry : grammar::all_statements())
            names.push_back(entry.keyword);
        return names;
    }

    void pass_over(statement_entry const& entry, statement_entry const* block) {
        if (!entry.reason.empty())
            ctx_.error(
                ctx_.statement_begin,
                fmt::format("{} is not supported: {}", full_word(entry.keyword), entry.reason),
                std::string(entry.remedy));
        if (!entry.end_word.empty()) return skip_block(entry, ctx_.statement_begin);
        skip_to_statement(block);
    }

    void skip_block(statement_entry const& block, span opened) {
        while (next_word()) {
            if (grammar::is_end_word(block, word_)) return end_block();
            pass_word();
        }
        missing_end(block, opened, opened, "before the end");
    }

    /// Whether a statement, the end of `block` or the end of the text is here.
    bool at_border(statement_entry const* block) {
        if (!next_word()) return true;
        if (block == nullptr)
            return grammar::find_statement(grammar::all_statements(), word_) != nullptr ||
                   is_any_end_word();
        return grammar::is_end_word(*block, word_) ||
               grammar::find_statement(block->inside, word_) != nullptr || outside_statement();
    }

    bool is_any_end_word() const {
        auto const all = grammar::all_statements();
        return std::any_of(all.begin(), all.end(),
                           [&](auto const& entry) { return grammar::is_end_word(entry, word_); });
    }

    void syntax_error(statement_entry const& entry, bool complete, statement_entry const* block) {
        std::string const name = full_word(entry.keyword);
        bool const cut_off = !next_word() || (!complete && at_border(block));
        if (block != nullptr) note_error_in_block(ctx_.span_of(word_));
        if (!cut_off && has_undefined_symbol()) return pass_error(entry, block);
        auto const expected = ctx_.expectations(at_);
        std::vector<std::string_view> candidates;
        std::vector<std::string> described;
        for (auto const& what : expected)
            described.push_back(what.describe());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            if (!expected[i].keyword) continue;
            candidates.push_back(described[i]);
            if (expected[i].supported) offer({described[i]});
        }
        if (complete) {
            auto const others = block ? names_in(*block) : statement_names();
            candidates.insert(candidates.end(), others.begin(), others.end());
            offer(block ? others : offered_statements());
        }

        auto& problem = cut_off ? ctx_.error(ctx_.statement_begin, name + " is not complete")
                                : ctx_.error(ctx_.span_of(word_), complaint(name, complete, block),
                                             advice(candidates));
        if (!cut_off && problem.suggestion.empty()) problem.suggestion = place_of_option(entry);
        mark_reach(problem, block);
        for (std::size_t i = 0; i < expected.size(); ++i)
            if (expected[i].supported) problem.expected.push_back(described[i]);
        if (complete) problem.expected.emplace_back("the next statement");
        if (cut_off) return skip_to_statement(block);
        pass_error(entry, block);
    }

    /// The current word is in error.
    void pass_error(statement_entry const& entry, statement_entry const* block) {
        pass_word();
        if (entry.inside.empty() && !entry.end_word.empty())
            skip_block(entry, ctx_.statement_begin);
        else
            skip_to_statement(block);
    }

    /// The word can't be right, and an error says so.
    bool has_undefined_symbol() const {
        return !expanded_ && word_.find('&') != std::string_view::npos;
    }

    /// What to do about the current word.
    std::string advice(std::vector<std::string_view> const& candidates) const {
        constexpr std::uint32_t sequence_column = 73;
        constexpr std::size_t sequence_size = 8;
        bool const digits = word_.size() == sequence_size &&
                            word_.find_first_not_of("0123456789") == std::string_view::npos;
        if (digits && source_.locate(ctx_.span_of(word_)).column == sequence_column)
            return "remove sequence numbers: columns 73 to 80 are read like all others";
        return suggest(word_, candidates);
    }

    /// If the current word is, or was meant to be, an option that stands further ahead.
    std::string place_of_option(statement_entry const& entry) const {
        auto const option = nearest_keyword(word_, entry.options_first);
        if (option.empty()) return {};
        return fmt::format("{} can only stand further ahead in {}", full_word(option),
                           full_word(entry.keyword));
    }

    std::string complaint(std::string const& statement, bool complete,
                          statement_entry const* block) const {
        if (!complete) return fmt::format("{} is not valid here in {}", shown(word_), statement);
        return fmt::format("{} is neither valid here in {} nor a statement{}", shown(word_),
                           statement, block ? " of " + full_word(block->keyword) : "");
    }

    static std::vector<std::string_view> names_in(statement_entry const& block) {
        std::vector<std::string_view> names{block.end_word};
        for (auto const& entry : block.inside)
            names.push_back(entry.keyword);
        return names;
    }

    /// z/OS keeps what stands before an error in VIPADYNAMIC and ignores the rest of the block.
    static void mark_reach(diagnostic& problem, statement_entry const* block) {
        if (block != nullptr && block->keyword == vipadynamic)
            problem.reach = error_reach::rest_of_block;
    }

    void note_error_in_block(span where) {
        if (!first_error_in_block_) first_error_in_block_ = where.begin;
    }

    /// Passes words up to one that begins a statement, or begins a line and looks like a misspelt
    /// one. Inside a block a statement of outside must begin a line to be taken for one: it is the
    /// END word that is missing then.
    void skip_to_statement(statement_entry const* block) {
        for (; next_word(); pass_word()) {
            if (begins_line() && looks_like_statement(block)) return;
            if (block == nullptr && at_border(nullptr)) return;
            if (block == nullptr) continue;
            if (grammar::is_end_word(*block, word_)) return;
            if (grammar::find_statement(block->inside, word_) != nullptr) return;
            if (begins_line() && outside_statement()) return;
        }
    }

    bool looks_like_statement(statement_entry const* block) const {
        bool const letters = std::all_of(word_.begin(), word_.end(),
                                         [](char c) { return upper(c) >= 'A' && upper(c) <= 'Z'; });
        if (!letters || word_.size() < 4) return false;
        return !suggest(word_, block ? names_in(*block) : statement_names()).empty();
    }

    bool begins_line() const {
        char const* at = word_.data();
        while (at != ctx_.begin() && is_blank(at[-1]) && at[-1] != '\n')
            --at;
        return at == ctx_.begin() || at[-1] == '\n';
    }

    source_text const& source_;
    parse_result& result_;
    bool const expanded_;  ///< without an error
    grammar::context ctx_;
    char const* at_;
    std::string_view word_;
    std::optional<std::uint32_t> first_error_in_block_;  ///< of syntax, in the block that is open
    std::vector<std::string> offers_;
};

}  // namespace

parse_result parse(std::string const& name, source_reader const& read,
                   symbol_table const& symbols) {
    auto expanded = expand(name, read, symbols);
    parse_result result;
    result.diagnostics = std::move(expanded.diagnostics);
    auto const source = std::make_shared<source_text const>(std::move(expanded.source));
    result.profile.source = source;
    driver(*source, result).run();
    result.profile.complete = result.ok();
    return result;
}

std::vector<std::string> keywords_at_end(std::string const& name, source_reader const& read,
                                         symbol_table const& symbols) {
    auto const with_placeholder = [&](std::string const& file) {
        auto text = read(file);
        if (file == name && text) text->append(" ").append(placeholder);
        return text;
    };
    auto const expanded = expand(name, with_placeholder, symbols);
    parse_result result;
    driver run(expanded.source, result);
    run.run();
    return std::move(run).take_offers();
}

}  // namespace parser
