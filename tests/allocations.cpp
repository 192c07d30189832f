#include "allocations.hpp"

#include <cstdlib>
#include <new>

std::size_t allocations = 0;

namespace {

void* counted(std::size_t size) noexcept {
    ++allocations;
    return std::malloc(size == 0 ? 1 : size);
}
void* counted_or_throw(std::size_t size) {
    if (void* const place = counted(size)) return place;
    throw std::bad_alloc();
}

}  // namespace

// All of those without an alignment, in pairs: AddressSanitizer compares how memory came and went.
void* operator new(std::size_t size) {
    return counted_or_throw(size);
}
void* operator new[](std::size_t size) {
    return counted_or_throw(size);
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return counted(size);
}
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    return counted(size);
}
void operator delete(void* place) noexcept {
    std::free(place);
}
void operator delete[](void* place) noexcept {
    std::free(place);
}
void operator delete(void* place, std::size_t) noexcept {
    std::free(place);
}
void operator delete[](void* place, std::size_t) noexcept {
    std::free(place);
}
void operator delete(void* place, std::nothrow_t const&) noexcept {
    std::free(place);
}
void operator delete[](void* place, std::nothrow_t const&) noexcept {
    std::free(place);
}
