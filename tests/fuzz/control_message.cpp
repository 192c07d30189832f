// Any bytes as a control message of another stack: they are refused, or they mean what was read.
#include "daemon/sysplex/definitions.hpp"
#include "daemon/sysplex/recall_message.hpp"
#include "daemon/sysplex/report_message.hpp"
#include "daemon/sysplex/settle_message.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void expect(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    if (auto const read = tcpplexd::recall_from_json(text))
        expect(tcpplexd::recall_from_json(to_json(*read)) == read);
    if (auto const read = tcpplexd::definitions_from_json(text))
        expect(tcpplexd::definitions_from_json(to_json(*read)) == read);
    if (auto const read = tcpplexd::report_from_json(text))
        expect(tcpplexd::report_from_json(tcpplexd::to_json(*read)) == read);
    if (auto const read = tcpplexd::settle_from_json(text))
        expect(tcpplexd::settle_from_json(to_json(*read)) == read);
    return 0;
}
