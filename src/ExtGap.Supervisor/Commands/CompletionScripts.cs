namespace ExtGap.Supervisor.Commands;

/// <summary>The scripts that <c>extgap completion</c> prints. They ask <c>extgap names</c> for the programs, with the configuration of the line that is typed.</summary>
internal static class CompletionScripts
{
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "There is no script for it."),
    };

    private const string Bash = """
        # bash completion for extgap: source <(extgap completion bash)
        _extgap() {
            local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb= i
            local -a config=()
            COMPREPLY=()
            for ((i = 1; i < COMP_CWORD; i++)); do
                case ${COMP_WORDS[i]} in
                    --config) config=(--config "${COMP_WORDS[++i]}") ;;
                    --tail|--lines|-n|--symbol|--telegram-chat|--speed|--seconds|--klines) ((i++)) ;;
                    -*) ;;
                    *) [[ -n $verb ]] || verb=${COMP_WORDS[i]} ;;
                esac
            done
            case $prev in
                --config|--klines) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
                --tail|--lines|-n|--symbol|--timeframe|--telegram-chat|--speed|--seconds) return ;;
            esac
            local words= common='--config --help'
            if [[ -z $verb ]]; then
                words='init start-all stop-all start stop restart status health logs reload supervise check demo completion'
                [[ $cur == -* ]] && words="$common --version"
            elif [[ $cur == -* ]]; then
                case $verb in
                    stop-all) words='--keep-supervisor' ;;
                    status) words='--json --watch --tail' ;;
                    init) words='--symbol --timeframe --telegram-chat --token-stdin --no-telegram --offline --force' ;;
                    health) words='--json' ;;
                    check) words='--json --online --send-test-message' ;;
                    demo) words='--speed --klines --seconds' ;;
                    logs) words='--follow --lines --stderr --all' ;;
                esac
                words="$words $common"
            else
                case $verb in
                    start|stop|restart|status|logs) words=$("${COMP_WORDS[0]}" "${config[@]}" names 2>/dev/null) ;;
                    completion) words='bash zsh fish' ;;
                esac
            fi
            mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
        }
        complete -F _extgap extgap

        """;

    private const string Zsh = """
        #compdef extgap
        # zsh completion for extgap: source <(extgap completion zsh), or as _extgap in a folder of $fpath
        _extgap_names() {
            local -a config names
            local at=${words[(I)--config]}
            (( at > 0 && at < CURRENT - 1 )) && config=(--config ${words[at+1]})
            names=(${(f)"$(${_extgap_command:-extgap} $config names 2>/dev/null)"})
            compadd -a names
        }
        _extgap_verbs() {
            local -a verbs
            verbs=(
                'init:set up, question by question'
                'start-all:start the supervisor and all programs'
                'stop-all:stop all programs and the supervisor'
                'start:start programs'
                'stop:stop programs'
                'restart:restart programs'
                'status:what runs, and how it fares'
                'health:exit code 0 if all is well'
                'logs:read and follow logs'
                'reload:read the configuration again'
                'supervise:be the supervisor, in the foreground'
                'check:validate the configuration'
                'demo:show bots at work on a market of this machine'
                'completion:print a completion script'
            )
            _describe -t verbs verb verbs
        }
        _extgap() {
            local curcontext=$curcontext state line _extgap_command=$words[1]
            local -a common
            common=('--config[the configuration]:file:_files' '(- *)--help[show help]')
            _arguments -C $common '(- *)--version[show the version]' '1:verb:_extgap_verbs' '*::argument:->arguments' && return
            [[ $state == arguments ]] || return
            case $line[1] in
                stop-all) _arguments $common '--keep-supervisor[leave the supervisor running]' ;;
                start|stop|restart) _arguments $common '*:program:_extgap_names' ;;
                status) _arguments $common '--json[one JSON document]' '--watch[show it anew each second]' '--tail[last lines of each log]:lines:' '*:program:_extgap_names' ;;
                init) _arguments $common '--symbol[contracts]:symbols:' '*--timeframe[a bot for each]:timeframes:' '--telegram-chat[where messages go]:chats:' '--token-stdin[read the token from stdin]' '--no-telegram[without messages]' '--offline[ask nobody]' '--force[replace what there is]' ;;
                health) _arguments $common '--json[one JSON document]' ;;
                check) _arguments $common '--json[one JSON document]' '--online[ask exchange and Telegram]' '--send-test-message[write to each chat]' ;;
                logs) _arguments $common '(-f --follow)'{-f,--follow}'[go on with what is written]' '(-n --lines)'{-n,--lines}'[so many last lines]:lines:' '--stderr[stderr instead of stdout]' '--all[all programs]' '*:program:_extgap_names' ;;
                demo) _arguments $common '--speed[times real time, or max]:speed:' '--klines[a kline file]:file:_files' '--seconds[end by itself]:seconds:' ;;
                completion) _arguments $common '1:shell:(bash zsh fish)' ;;
                *) _arguments $common ;;
            esac
        }
        if [[ $funcstack[1] == _extgap ]]; then
            _extgap "$@"
        else
            compdef _extgap extgap
        fi

        """;

    private const string Fish = """
        # fish completion for extgap: extgap completion fish | source
        function __extgap_names
            set -l words (commandline -opc)
            set -l config
            if set -l at (contains -i -- --config $words)
                set -q words[(math $at + 1)]; and set config --config $words[(math $at + 1)]
            end
            command $words[1] $config names 2>/dev/null
        end
        set -l verbs init start-all stop-all start stop restart status health logs reload supervise check demo completion
        complete -c extgap -f
        complete -c extgap -l config -r -F -d 'The configuration'
        complete -c extgap -l help -d 'Show help'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -l version -d 'Show the version'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a init -d 'Set up, question by question'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a start-all -d 'Start the supervisor and all programs'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a stop-all -d 'Stop all programs and the supervisor'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a start -d 'Start programs'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a stop -d 'Stop programs'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a restart -d 'Restart programs'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a status -d 'What runs, and how it fares'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a health -d 'Exit code 0 if all is well'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a logs -d 'Read and follow logs'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a reload -d 'Read the configuration again'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a supervise -d 'Be the supervisor, in the foreground'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a check -d 'Validate the configuration'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a demo -d 'Show bots at work on a market of this machine'
        complete -c extgap -n "not __fish_seen_subcommand_from $verbs" -a completion -d 'Print a completion script'
        complete -c extgap -n "__fish_seen_subcommand_from stop-all" -l keep-supervisor -d 'Leave the supervisor running'
        complete -c extgap -n "__fish_seen_subcommand_from status health check" -l json -d 'One JSON document'
        complete -c extgap -n "__fish_seen_subcommand_from check" -l online -d 'Ask exchange and Telegram'
        complete -c extgap -n "__fish_seen_subcommand_from check" -l send-test-message -d 'Write to each chat'
        complete -c extgap -n "__fish_seen_subcommand_from init" -l symbol -x -d 'Contracts'
        complete -c extgap -n "__fish_seen_subcommand_from init" -l timeframe -x -d 'A bot for each'
        complete -c extgap -n "__fish_seen_subcommand_from init" -l telegram-chat -x -d 'Where messages go'
        complete -c extgap -n "__fish_seen_subcommand_from init" -l token-stdin -d 'Read the token from stdin'
        complete -c extgap -n "__fish_seen_subcommand_from init" -l no-telegram -d 'Without messages'
        complete -c extgap -n "__fish_seen_subcommand_from init" -l offline -d 'Ask nobody'
        complete -c extgap -n "__fish_seen_subcommand_from init" -l force -d 'Replace what there is'
        complete -c extgap -n "__fish_seen_subcommand_from status" -l watch -d 'Show it anew each second'
        complete -c extgap -n "__fish_seen_subcommand_from status" -l tail -x -d 'Last lines of each log'
        complete -c extgap -n "__fish_seen_subcommand_from logs" -s f -l follow -d 'Go on with what is written'
        complete -c extgap -n "__fish_seen_subcommand_from logs" -s n -l lines -x -d 'So many last lines'
        complete -c extgap -n "__fish_seen_subcommand_from logs" -l stderr -d 'Stderr instead of stdout'
        complete -c extgap -n "__fish_seen_subcommand_from logs" -l all -d 'All programs'
        complete -c extgap -n "__fish_seen_subcommand_from demo" -l speed -x -d 'Times real time, or max'
        complete -c extgap -n "__fish_seen_subcommand_from demo" -l klines -r -F -d 'A kline file'
        complete -c extgap -n "__fish_seen_subcommand_from demo" -l seconds -x -d 'End by itself'
        complete -c extgap -n "__fish_seen_subcommand_from start stop restart status logs" -a '(__extgap_names)'
        complete -c extgap -n "__fish_seen_subcommand_from completion" -a 'bash zsh fish'

        """;
}
