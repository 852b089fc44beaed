# SPDX-License-Identifier: Apache-2.0
# The headers that somebody who links the engine may name: the doors below, and whatever they include. Installed below include/, each under
# its room with tocsin/ before it: <tocsin/engine/engine.h>. tests/installed holds that each compiles alone and names nothing but the
# standard library and its like. `cmake -DPRINT=ON -P cmake/public_headers.cmake` lists them.
cmake_policy(VERSION 3.25)
set(doors
  engine/engine.h
  engine/rehearsal.h
  engine/ports/event_store.h
  engine/ports/library.h
  engine/ports/vault.h
  engine/screening/identifiers.h
  engine/workflow/explain.h
  engine/workflow/notice_template.h
  engine/workflow/story.h
  adapters/memory_store/event_store.h
  adapters/memory_store/vault.h
  adapters/sql_store/store.h
  adapters/yaml_library/library.h
  adapters/yaml_library/story_reader.h)

get_filename_component(source ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
set(TOCSIN_PUBLIC_HEADERS)
while(doors)
  list(POP_FRONT doors header)
  if(header IN_LIST TOCSIN_PUBLIC_HEADERS)
    continue()
  endif()
  list(APPEND TOCSIN_PUBLIC_HEADERS ${header})
  file(STRINGS ${source}/${header} includes REGEX "^#include \"")
  foreach(line ${includes})
    string(REGEX REPLACE "^#include \"([^\"]+)\".*" "\\1" included "${line}")
    list(APPEND doors ${included})
  endforeach()
endwhile()
list(SORT TOCSIN_PUBLIC_HEADERS)
if(PRINT)
  list(JOIN TOCSIN_PUBLIC_HEADERS "\n" text)
  execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${text}")
endif()

# What every store promises, as tests: headers beside the others, sources in share/tocsin/contracts, because they are compiled with
# the Catch2 of whoever runs them.
set(TOCSIN_CONTRACT_HEADERS tests/contracts/subject.h tests/contracts/history_language.h)
set(TOCSIN_CONTRACT_SOURCES
  tests/contracts/event_store_contract.cpp
  tests/contracts/listing_contract.cpp
  tests/contracts/vault_contract.cpp)
