# SPDX-License-Identifier: Apache-2.0
# The headers that somebody who links the engine may name. Installed below include/, each under its room with tocsin/ before it:
# <tocsin/engine/engine.h>. tests/installed holds that each compiles alone and names nothing but the standard library and its like.
set(TOCSIN_PUBLIC_HEADERS
  engine/engine.h
  engine/rehearsal.h
  engine/base/digest.h
  engine/base/json.h
  engine/base/nearest.h
  engine/base/result.h
  engine/base/time.h
  engine/calendar/counting.h
  engine/calendar/work_days.h
  engine/calendar/zone.h
  engine/case_file/case_file.h
  engine/case_file/case_lifecycle.h
  engine/commands/command.h
  engine/guard/guard.h
  engine/ledger/chain.h
  engine/ledger/event.h
  engine/method/hundredths.h
  engine/method/method.h
  engine/obligation/obligation.h
  engine/ports/event_store.h
  engine/ports/library.h
  engine/ports/vault.h
  engine/workflow/definition.h
  engine/workflow/explain.h
  engine/workflow/notice_template.h
  engine/workflow/plan.h
  engine/workflow/story.h
  adapters/memory_store/event_store.h
  adapters/memory_store/vault.h
  adapters/sql_store/store.h
  adapters/yaml_library/library.h
  adapters/yaml_library/story_reader.h)

# What every store promises, as tests: headers beside the others, sources in share/tocsin/contracts, because they are compiled with
# the Catch2 of whoever runs them.
set(TOCSIN_CONTRACT_HEADERS tests/contracts/subject.h tests/contracts/history_language.h)
set(TOCSIN_CONTRACT_SOURCES
  tests/contracts/event_store_contract.cpp
  tests/contracts/listing_contract.cpp
  tests/contracts/vault_contract.cpp)
