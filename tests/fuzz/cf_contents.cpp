// The contents of a facility's file, damaged: reading and repairing them stays within bounds.
#include "cf/backend/shared_memory/backend.hpp"
#include "cf/connector.hpp"
#include "cf/trace/ring.hpp"

#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <unistd.h>

namespace {

using cf::shared_memory::file_contents;
constexpr auto known = cf::dvipa::v4(0x0a010909);

std::string fresh_path() {
    auto path =
        (std::filesystem::temp_directory_path() / ("tcpplex-fuzz-" + std::to_string(::getpid())))
            .string();
    std::filesystem::remove(path);
    return path;
}

// The input is a list of (place, value): places in the parts of the file that stacks read, locks
// apart.
void damage(file_contents& file, std::uint8_t const* data, std::size_t size) {
    auto* slots = reinterpret_cast<std::uint8_t*>(&file.slots);
    auto* keys = reinterpret_cast<std::uint8_t*>(&file.keys);
    auto* first = reinterpret_cast<std::uint8_t*>(&file.first[0].settings);
    auto* trace = reinterpret_cast<std::uint8_t*>(&file.first[0].trace);
    for (; size >= 5; data += 5, size -= 5) {
        std::uint32_t place = 0;
        std::memcpy(&place, data, 4);
        auto value = data[4];
        auto at = place / 5;
        if (place % 5 == 0) slots[192 + at % (sizeof file.slots - 192)] = value;
        if (place % 5 == 1) keys[at % sizeof file.keys] = value;
        if (place % 5 == 2) first[at % 312] = value;
        if (place % 5 == 3) file.first[0].holders[at % 65536].store(value);
        if (place % 5 == 4) trace[at % sizeof file.first[0].trace] = value;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto path = fresh_path();
    auto file = cf::shared_memory::mapped_file::open(path, cf::shared_memory::default_connections);
    if (!file) std::abort();
    cf::member_description who{.stack = "A", .system = "S", .xcf = "", .dynamic_xcf = {}, .pid = 1};
    {
        auto stack =
            cf::connector::join(cf::shared_memory::backend::open(path).value(), who, 1).value();
        (void)stack->begin_enable(known, {});
        (void)stack->backfill(known, {});
        (void)stack->try_complete(known);
        damage(file->contents(), data, size);
        (void)stack->members();
        (void)stack->check();
        (void)stack->dvipas();
        (void)stack->trace(known, cf::trace::ring_size);
        (void)stack->status(known);
        for (std::uint32_t port = 0; port < 65536; port += 251)
            (void)stack->who_holds(known, static_cast<std::uint16_t>(port));
        auto port = stack->allocate(known, {}, {}, cf::patience::try_once);
        if (port) (void)stack->release(known, *port, cf::patience::try_once);
        (void)stack->serve(known, 8080, cf::patience::try_once);
        (void)stack->usage(known, {});
        (void)stack->begin_disable(known);
    }
    std::filesystem::remove(path);
    return 0;
}
