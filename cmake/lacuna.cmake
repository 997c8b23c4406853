# SPDX-License-Identifier: Apache-2.0
# How every folder of the house is built: one OBJECT library each, its sources globbed, so that a new part is one new
# file. OBJECT and not STATIC: a static library drops objects that only register themselves.

set(LACUNA_WARNINGS -Wall -Wextra -Wpedantic -Werror)
# Results must not depend on the host: no contraction of a*b+c into a fused operation, no -march=native.
# Nobody reads errno after a square root, which lets the compiler take several at once: the same bits.
set(LACUNA_OPTIONS -ffp-contract=off -fno-math-errno)
if(LACUNA_SANITIZE)
  # What sanitizers add hides from GCC 12 that values are set, in std::regex for one: a warning that is not true.
  add_compile_options(-Wno-maybe-uninitialized)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

set(LACUNA_LIBRARIES "" CACHE INTERNAL "")

# lacuna_library(NAME FOLDER [SYSTEMC] [EXCLUDE prefix...] [LIBRARIES target...])
function(lacuna_library name folder)
  cmake_parse_arguments(ARG "SYSTEMC" "" "EXCLUDE;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${folder}/*.cpp)
  foreach(prefix IN LISTS ARG_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX "^${prefix}")
  endforeach()
  if(NOT sources)
    add_library(${name} INTERFACE)
    return()
  endif()
  add_library(${name} OBJECT ${sources})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${LACUNA_WARNINGS} ${LACUNA_OPTIONS})
  target_link_libraries(${name} PUBLIC ${ARG_LIBRARIES})
  if(ARG_SYSTEMC)
    target_link_libraries(${name} PUBLIC PkgConfig::SYSTEMC)
  endif()
  set(LACUNA_LIBRARIES ${LACUNA_LIBRARIES} ${name} CACHE INTERNAL "")
endfunction()

# lacuna_executable(NAME source...): links the objects of every folder.
function(lacuna_executable name)
  add_executable(${name} ${ARGN})
  target_compile_options(${name} PRIVATE ${LACUNA_WARNINGS} ${LACUNA_OPTIONS})
  target_link_libraries(${name} PRIVATE ${LACUNA_LIBRARIES} PkgConfig::SYSTEMC)
endfunction()

# lacuna_program_source(LIBRARY): adds the source that tells version, git revision and compiler.
function(lacuna_program_source library)
  set(source ${CMAKE_BINARY_DIR}/generated/program.cpp)
  add_custom_target(lacuna_revision
    COMMAND ${CMAKE_COMMAND} -DSOURCE_DIR=${CMAKE_SOURCE_DIR} -DOUTPUT=${source} -DVERSION=${PROJECT_VERSION}
            "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" -P ${CMAKE_SOURCE_DIR}/cmake/revision.cmake
    BYPRODUCTS ${source} COMMENT "" VERBATIM)
  set_source_files_properties(${source} PROPERTIES GENERATED TRUE)
  target_sources(${library} PRIVATE ${source})
  add_dependencies(${library} lacuna_revision)
endfunction()
