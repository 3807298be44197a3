# Completion of `booklet` for bash. Where nothing is proposed, bash completes files.
_booklet() {
    local IFS=$'\n'
    COMPREPLY=($(booklet complete "$COMP_CWORD" -- "${COMP_WORDS[@]}" 2>/dev/null | cut -f 1))
}
complete -o default -F _booklet booklet
