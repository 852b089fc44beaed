// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/completion_script.h"

namespace tocsin::cli {
namespace {

// bash cuts words at = : @ too: they are put together again for the question, and what stands before the last cut is taken off the answers.
constexpr std::string_view kBash = R"script(# bash completion for tocsin. Load it with: source <(tocsin completion bash)
_tocsin() {
  local program=${1/#\~/$HOME} rest=${COMP_LINE:0:COMP_POINT} words=() part i
  for ((i = 0; i <= COMP_CWORD; i++)); do
    part=${COMP_WORDS[i]}
    if ((i == 0)) || [[ $rest == [[:space:]]* ]]; then
      rest=${rest#"${rest%%[![:space:]]*}"}
      words+=("")
    fi
    ((i == COMP_CWORD)) && part=$rest
    words[${#words[@]}-1]+=$part
    rest=${rest#"$part"}
  done
  local current=${words[${#words[@]}-1]} answer word files=
  local cut=${current%"${current##*[$COMP_WORDBREAKS]}"}
  COMPREPLY=()
  while IFS=$'\t' read -r word _; do
    if [[ $word == :files ]]; then
      files=1
    elif [[ $word == "$cut"* ]]; then
      COMPREPLY+=("${word#"$cut"}")
      [[ $word == *= ]] && compopt -o nospace 2>/dev/null
    fi
  done < <("$program" __complete bash -- "${words[@]:1}" 2>/dev/null)
  if [[ $files ]]; then
    compopt -o filenames 2>/dev/null
    word=${current#"$cut"}
    while IFS= read -r answer; do
      COMPREPLY+=("$answer")
    done < <(compgen -f -- "$word")
  fi
}
complete -F _tocsin tocsin
)script";

constexpr std::string_view kZsh = R"script(#compdef tocsin
# zsh completion for tocsin. Load it with: source <(tocsin completion zsh)
_tocsin() {
  local line word note files
  local -a plain open_ended
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    note=${line#*$'\t'}
    [[ $note == $line ]] && note=
    if [[ $word == :files ]]; then
      files=1
    elif [[ $word == *= ]]; then
      open_ended+=("${word//:/\\:}${note:+:$note}")
    else
      plain+=("${word//:/\\:}${note:+:$note}")
    fi
  done < <("${(Q)words[1]}" __complete zsh -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
  local found=1
  ((${#plain})) && _describe -t words word plain && found=0
  ((${#open_ended})) && _describe -t words word open_ended -S '' && found=0
  if [[ -n $files ]]; then
    [[ $PREFIX == @* ]] && compset -P '@'
    _files && found=0
  fi
  return found
}
if [[ ${funcstack[1]} == _tocsin ]]; then
  _tocsin "$@"
else
  compdef _tocsin tocsin
fi
)script";

constexpr std::string_view kFish = R"script(# fish completion for tocsin. Load it with: tocsin completion fish | source
function __tocsin_answer
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  for line in ($words[1] __complete fish -- $words[2..-1] $current 2>/dev/null)
    if test "$line" = ":files"
      if string match -q '@*' -- $current
        string replace -r '^' '@' -- (__fish_complete_path (string sub -s 2 -- $current))
      else
        __fish_complete_path $current
      end
    else
      echo $line
    end
  end
end
complete -c tocsin -f -a '(__tocsin_answer)'
)script";

}  // namespace

std::string_view completion_script(std::string_view shell) {
  if (shell == "bash") return kBash;
  if (shell == "zsh") return kZsh;
  return shell == "fish" ? kFish : std::string_view();
}

}  // namespace tocsin::cli
