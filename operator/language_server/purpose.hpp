// What each statement is for, in a sentence.
#pragma once

#include <string_view>

namespace operators::lsp {

/// Of a statement spelt as in the parser's tables ("VIPADISTribute"), a sentence without a full
/// stop; empty for other words.
std::string_view purpose_of(std::string_view keyword);

}  // namespace operators::lsp
