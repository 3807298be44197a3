#compdef booklet
# Completion of `booklet` for zsh. Where nothing is proposed, zsh completes files.
_booklet() {
    local -a found
    local word told
    while IFS=$'\t' read -r word told; do
        found+=("${word//:/\\:}${told:+:$told}")
    done < <(booklet complete $((CURRENT - 1)) -- "${words[@]}" 2>/dev/null)
    if (( $#found )); then
        _describe booklet found
    else
        _files
    fi
}
compdef _booklet booklet
