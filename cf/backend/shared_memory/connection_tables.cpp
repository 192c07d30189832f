#include "cf/backend/shared_memory/connection_tables.hpp"

#include "cf/backend/shared_memory/table_size.hpp"

#include <fcntl.h>
#include <sys/mman.h>

namespace cf::shared_memory {

static_assert(sizeof(file_contents) + dvipa_count * table_bytes(most_connections) <
              static_cast<std::size_t>(lock_base));

connection_tables::~connection_tables() {
    for (auto& base : bases_)
        if (base.load() != nullptr) ::munmap(base.load(), bytes());
}

bool connection_tables::reserve(std::size_t index) {
    return ::posix_fallocate(file_.descriptor(), offset(index), static_cast<off_t>(bytes())) == 0;
}

bool connection_tables::map(std::size_t index) {
    if (mapped(index)) return true;
    std::lock_guard guard(mutex_);
    if (mapped(index)) return true;
    void* base = ::mmap(nullptr, bytes(), PROT_READ | PROT_WRITE, MAP_SHARED, file_.descriptor(),
                        offset(index));
    if (base == MAP_FAILED) return false;
    bases_[index].store(base);
    return true;
}

connection_table connection_tables::at(std::size_t index) const {
    auto const& id = file_.contents().id;
    return {bases_[index].load(), id.connections, id.hash_key};
}

std::size_t connection_tables::bytes() const {
    return table_bytes(file_.contents().id.connections);
}

off_t connection_tables::offset(std::size_t index) const {
    return static_cast<off_t>(sizeof(file_contents) + index * bytes());
}

}  // namespace cf::shared_memory
