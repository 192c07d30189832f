// What the statement grammars share while a profile is parsed: the text, what was expected where,
// the results.
#pragma once

#include "parser/diagnostic.hpp"
#include "parser/model/profile.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parser::grammar {

/// Something that could have stood where the text has something else.
struct expectation {
    std::string (*describe)() = nullptr;
    bool keyword = false;  ///< describe() is a keyword with its minimum in upper case
    bool supported = true;

    friend bool operator==(expectation const&, expectation const&) = default;
};

class context {
  public:
    context(source_text const& source, std::vector<diagnostic>& diagnostics,
            statement_list& statements)
        : source_(source),
          text_(source.text()),
          diagnostics_(diagnostics),
          statements_(statements) {}

    char const* begin() const { return text_.data(); }
    char const* end() const { return text_.data() + text_.size(); }
    span span_of(std::string_view text) const;

    /// A rule failed at `at`. Only what failed at the furthest place is kept: it says best what was
    /// expected. Most of all calls while a profile is parsed are of this. `what` outlives this.
    void expected_at(char const* at, expectation const& what) {
        if (at < furthest_) return;
        if (at != furthest_) expected_.clear();
        furthest_ = at;
        expected_.push_back(&what);
    }
    /// What was expected at `at`, in the order of the grammar, each once.
    std::vector<expectation> expectations(char const* at) const;
    /// The furthest place where something was expected that was not there; null if nowhere yet.
    char const* furthest() const { return furthest_; }

    /// A statement begins at `where`.
    void begin_statement(span where) {
        statement_begin = where;
        errors_before_ = errors();
    }
    /// Adds a statement, or an entry of one, unless an error has been told of it.
    template <typename Statement>
    void emit(Statement&& body, span where) {
        bool const faulty = std::exchange(errors_before_, errors()) != errors();
        if (!faulty) statements_.emplace_back(std::forward<Statement>(body), where);
    }

    diagnostic& error(span where, std::string text, std::string suggestion = {});
    /// Not kept once there are very many: a million entries of a list may each deserve one.
    void note(span where, std::string text);
    std::size_t errors() const { return diagnostics_.size() - notes_; }

    /// The rest of the statement is of no use, and the reason has been given: no more messages
    /// about it.
    void abandon() { abandoned_ = true; }
    bool abandoned() const { return abandoned_; }
    bool take_abandoned() { return std::exchange(abandoned_, false); }

    /// An error has been told that makes z/OS ignore all entries of the statement.
    void ignore_entries() { entries_ignored_ = true; }
    bool take_entries_ignored() { return std::exchange(entries_ignored_, false); }

    /// Where the statement being parsed begins.
    span statement_begin;

  private:
    source_text const& source_;
    std::string_view text_;
    std::vector<diagnostic>& diagnostics_;
    statement_list& statements_;
    std::vector<expectation const*> expected_;
    char const* furthest_ = nullptr;
    std::size_t notes_ = 0;
    std::size_t errors_before_ = 0;  ///< the entry being parsed
    bool abandoned_ = false;
    bool entries_ignored_ = false;
};

}  // namespace parser::grammar
