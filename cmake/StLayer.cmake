# One function makes every layer, so that all are built alike.

add_library(st_options INTERFACE)
target_compile_options(st_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
  $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>)
if(ST_SANITIZERS)
  target_compile_options(st_options INTERFACE
    -fsanitize=${ST_SANITIZERS} -fno-omit-frame-pointer -fno-sanitize-recover=all
    # Under a sanitizer g++ 12 sees uninitialised members inside the standard library (GCC bug 105562).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(st_options INTERFACE -fsanitize=${ST_SANITIZERS})
endif()

# st_layer(NAME SOURCES file... [LINK library...])
# Makes the static library st_NAME from src/NAME. Its public headers are <securetransport/NAME/...>, its own
# headers are "NAME/...".
function(st_layer name)
  cmake_parse_arguments(arg "" "" "LINK;SOURCES" ${ARGN})
  add_library(st_${name} STATIC ${arg_SOURCES})
  target_include_directories(st_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(st_${name} PUBLIC ${arg_LINK} PRIVATE st_options)
endfunction()
