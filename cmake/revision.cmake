# SPDX-License-Identifier: Apache-2.0
# Writes the source of this_program() (sim/result/program.hpp), at every build but only when it changes, so that a result
# names the revision that was built and not the one that was configured.
# In: SOURCE_DIR, OUTPUT, VERSION, COMPILER.

set(revision "unknown")
execute_process(COMMAND git -C ${SOURCE_DIR} rev-parse --show-toplevel
                OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
file(REAL_PATH ${SOURCE_DIR} source)
if(NOT failed AND top STREQUAL source)  # not the revision of a repository that merely holds an unpacked copy
  execute_process(COMMAND git -C ${SOURCE_DIR} describe --always --dirty --abbrev=12 --exclude=*
                  OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(revision "${described}")
  endif()
endif()

set(text "#include \"sim/result/program.hpp\"

namespace lacuna {

Program this_program() { return {\"${VERSION}\", \"${revision}\", \"${COMPILER}\"}; }

}  // namespace lacuna
")
set(old "")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} old)
endif()
if(NOT old STREQUAL text)
  file(WRITE ${OUTPUT} "${text}")
endif()
