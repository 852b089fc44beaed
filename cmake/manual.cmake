# SPDX-License-Identifier: Apache-2.0
# Manual pages and completions, printed by the program itself, and where they are installed.
if(NOT TARGET tocsin)
  return()
endif()
set(manual ${CMAKE_BINARY_DIR}/man1)
add_custom_command(OUTPUT ${manual}/tocsin.1 DEPENDS tocsin COMMAND tocsin help --man ${manual})
set(completions ${CMAKE_BINARY_DIR}/completions)
add_custom_command(OUTPUT ${completions}/tocsin ${completions}/_tocsin ${completions}/tocsin.fish DEPENDS tocsin
  COMMAND ${CMAKE_COMMAND} -E make_directory ${completions}
  COMMAND tocsin completion bash > ${completions}/tocsin
  COMMAND tocsin completion zsh > ${completions}/_tocsin
  COMMAND tocsin completion fish > ${completions}/tocsin.fish)
add_custom_target(manual ALL DEPENDS ${manual}/tocsin.1 ${completions}/tocsin)
install(DIRECTORY ${manual} DESTINATION ${CMAKE_INSTALL_MANDIR} OPTIONAL)
install(FILES ${completions}/tocsin DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions OPTIONAL)
install(FILES ${completions}/_tocsin DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions OPTIONAL)
install(FILES ${completions}/tocsin.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d OPTIONAL)
