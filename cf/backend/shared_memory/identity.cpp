#include "cf/backend/shared_memory/identity.hpp"

#include "cf/backend/shared_memory/connection_table.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace cf::shared_memory {

namespace {

std::uint64_t checksum(identity const& id) {
    std::array<unsigned char, sizeof(identity)> bytes{};
    std::memcpy(bytes.data(), &id, sizeof id);
    std::uint64_t hash = 0xcbf29ce484222325;
    for (std::size_t i = 0; i < offsetof(identity, checksum); ++i)
        hash = (hash ^ bytes[i]) * 0x100000001b3;
    return hash;
}

}  // namespace

identity current_identity(std::uint32_t connections) {
    identity id{};
    id.magic = file_magic;
    id.version = layout_version;
    id.slots = slot_count;
    id.dvipas = dvipa_count;
    id.connections = connections;
    id.file_bytes = sizeof(file_contents) + dvipa_count * table_bytes(connections);
    id.hash_key = make_secret().front();
    id.secret = make_secret();
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string boot;
    if (!(file >> boot) || boot.size() >= id.boot_id.size())
        throw std::runtime_error("/proc/sys/kernel/random/boot_id cannot be read: mount /proc");
    std::copy(boot.begin(), boot.end(), id.boot_id.begin());
    seal(id);
    return id;
}

void seal(identity& id) {
    id.checksum = checksum(id);
}

inspection inspect(identity const& found, std::uint64_t file_bytes, identity const& expected) {
    auto refused = [](std::string text) { return inspection{verdict::refused, std::move(text)}; };
    if (file_bytes < sizeof(identity))
        return refused("it is truncated: " + std::to_string(file_bytes) + " bytes");
    if (found.magic != expected.magic) return refused("it is not a file of tcpplex");
    if (found.version != expected.version)
        return refused("it has layout version " + std::to_string(found.version) +
                       ", this program version " + std::to_string(expected.version));
    if (found.checksum != checksum(found)) return refused("its header is damaged (wrong checksum)");
    if (found.slots != expected.slots || found.dvipas != expected.dvipas)
        return refused("it was made for other sizes");
    if (file_bytes != found.file_bytes)
        return refused("it is truncated: " + std::to_string(file_bytes) + " of " +
                       std::to_string(found.file_bytes) + " bytes");
    if (found.boot_id != expected.boot_id) return {verdict::earlier_boot, {}};
    if (found.connections != expected.connections)
        return refused("its tables have space for " + std::to_string(found.connections) +
                       " connections, and this stack asks for " +
                       std::to_string(expected.connections) +
                       " ('connections' of the host settings)");
    if (found.file_bytes != expected.file_bytes) return refused("it was made for other sizes");
    return {verdict::ours, {}};
}

}  // namespace cf::shared_memory
