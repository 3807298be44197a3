# Completion of `booklet` for fish. Where nothing is proposed, fish completes files.
function __booklet_found
    set -l words (commandline -opc) (commandline -ct)
    set -l found (booklet complete (math (count $words) - 1) -- $words 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c booklet -f -a '(__booklet_found)'
