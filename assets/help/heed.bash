# Made by scripts/make_completions.py from heed's --help pages.
_heed() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command=window words= files=
    case ${COMP_WORDS[1]} in
    tokens|attention|check|export|describe|rank|probe|ablate|predict|lesson|models|bench|help) [ "$COMP_CWORD" -gt 1 ] && command=${COMP_WORDS[1]} ;;
    esac
    case $command:$before in
    window:--part) words='self encoder decoder cross' ;;
    window:--model) return ;;
    window:--threads) return ;;
    window:--attention-memory) return ;;
    window:--threshold) return ;;
    window:--top-p) return ;;
    window:--top-k) return ;;
    window:--segments) words='all aa ab ba bb' ;;
    window:--aggregate) words='mean max' ;;
    window:--measure) words='weight value-norm rollout' ;;
    tokens:--pair) return ;;
    tokens:--file) files=yes ;;
    tokens:--model) return ;;
    attention:-o|attention:--output) files=yes ;;
    attention:--pair) return ;;
    attention:--file) files=yes ;;
    attention:--mask) return ;;
    attention:--positions) words='learned off sinusoidal' ;;
    attention:--attention) words='softmax linear flash' ;;
    attention:--model) return ;;
    attention:--threads) return ;;
    attention:--attention-memory) return ;;
    attention:--threshold) return ;;
    attention:--top-p) return ;;
    attention:--top-k) return ;;
    attention:--segments) words='all aa ab ba bb' ;;
    attention:--aggregate) words='mean max' ;;
    attention:--measure) words='weight value-norm rollout' ;;
    export:-o|export:--output) files=yes ;;
    export:--format) words='svg pdf png csv json txt' ;;
    export:--view) words='links arcs matrix heads neuron stack compare lab ablation probe' ;;
    export:--step) words='all vectors products sum scale softmax values' ;;
    export:--page) words='embedding end' ;;
    export:--heads) return ;;
    export:--layer) return ;;
    export:--head) return ;;
    export:--query) return ;;
    export:--key) return ;;
    export:--pair) return ;;
    export:--compare) return ;;
    export:--compare-model) return ;;
    export:--mute) return ;;
    export:--scale) return ;;
    export:--cut) return ;;
    export:--mask) return ;;
    export:--positions) words='learned off sinusoidal' ;;
    export:--attention) words='softmax linear flash' ;;
    export:--file) files=yes ;;
    export:--part) words='self encoder decoder cross' ;;
    export:--session) files=yes ;;
    export:--lesson) files=yes ;;
    export:--theme) return ;;
    export:--palette) words='tide ink viridis cividis' ;;
    export:--size) return ;;
    export:--font-size) return ;;
    export:--limit) return ;;
    export:--font) return ;;
    export:--dpi) return ;;
    export:--title) return ;;
    export:--columns) return ;;
    export:--style) words='window figure' ;;
    export:--model) return ;;
    export:--threads) return ;;
    export:--attention-memory) return ;;
    export:--threshold) return ;;
    export:--top-p) return ;;
    export:--top-k) return ;;
    export:--segments) words='all aa ab ba bb' ;;
    export:--aggregate) words='mean max' ;;
    export:--measure) words='weight value-norm rollout' ;;
    describe:--view) words='links arcs matrix heads neuron stack compare lab ablation probe' ;;
    describe:--heads) return ;;
    describe:--layer) return ;;
    describe:--head) return ;;
    describe:--query) return ;;
    describe:--key) return ;;
    describe:--pair) return ;;
    describe:--compare) return ;;
    describe:--compare-model) return ;;
    describe:--step) words='all vectors products sum scale softmax values' ;;
    describe:--mute) return ;;
    describe:--scale) return ;;
    describe:--cut) return ;;
    describe:--mask) return ;;
    describe:--positions) words='learned off sinusoidal' ;;
    describe:--attention) words='softmax linear flash' ;;
    describe:--file) files=yes ;;
    describe:--part) words='self encoder decoder cross' ;;
    describe:--session) files=yes ;;
    describe:--limit) return ;;
    describe:-o|describe:--output) files=yes ;;
    describe:--model) return ;;
    describe:--threads) return ;;
    describe:--attention-memory) return ;;
    describe:--threshold) return ;;
    describe:--top-p) return ;;
    describe:--top-k) return ;;
    describe:--segments) words='all aa ab ba bb' ;;
    describe:--aggregate) words='mean max' ;;
    describe:--measure) words='weight value-norm rollout' ;;
    rank:--from) return ;;
    rank:--to) return ;;
    rank:--compare) return ;;
    rank:--compare-model) return ;;
    rank:--pair) return ;;
    rank:--file) files=yes ;;
    rank:--part) words='self encoder decoder cross' ;;
    rank:--mask) return ;;
    rank:--positions) words='learned off sinusoidal' ;;
    rank:--attention) words='softmax linear flash' ;;
    rank:--model) return ;;
    rank:--threads) return ;;
    rank:--attention-memory) return ;;
    rank:--threshold) return ;;
    rank:--top-p) return ;;
    rank:--top-k) return ;;
    rank:--segments) words='all aa ab ba bb' ;;
    rank:--measure) words='weight value-norm rollout' ;;
    probe:--format) words='table gap winobias winogender dpr conllu' ;;
    probe:--direction) words='pronoun candidate both head dependent' ;;
    probe:--relation) return ;;
    probe:--by) return ;;
    probe:--contrast) return ;;
    probe:--sentences) files=yes ;;
    probe:--model) return ;;
    probe:--threads) return ;;
    probe:--attention-memory) return ;;
    probe:--measure) words='weight value-norm rollout' ;;
    ablate:--from) return ;;
    ablate:--to) return ;;
    ablate:--pair) return ;;
    ablate:--file) files=yes ;;
    ablate:--model) return ;;
    ablate:--threads) return ;;
    ablate:--attention-memory) return ;;
    predict:--top) return ;;
    predict:--pair) return ;;
    predict:--compare) return ;;
    predict:--file) files=yes ;;
    predict:--mask) return ;;
    predict:--positions) words='learned off sinusoidal' ;;
    predict:--attention) words='softmax linear flash' ;;
    predict:--model) return ;;
    predict:--threads) return ;;
    predict:--attention-memory) return ;;
    lesson:--model) return ;;
    lesson:--threads) return ;;
    lesson:--attention-memory) return ;;
    bench:--lengths) return ;;
    bench:--only) words='encode draw' ;;
    bench:--probe) files=yes ;;
    bench:--kernels) return ;;
    bench:--model) return ;;
    bench:--threads) return ;;
    bench:--attention-memory) return ;;
    *)
        files=yes
        case $command in
        window) words='--part --model --threads --attention-memory --hide-special --hide-punctuation --renormalise --threshold --top-p --top-k --segments --words --aggregate --measure -h --help --version' ;;
        tokens) words='--pair --file --no-truncate --json --model -h --help --version' ;;
        attention) words='-o --output --pair --file --mask --positions --attention --model --threads --attention-memory --json --hide-special --hide-punctuation --renormalise --threshold --top-p --top-k --segments --words --aggregate --measure -h --help --version' ;;
        check) words='--json -h --help --version' ;;
        export) words='-o --output --format --view --step --page --heads --layer --head --query --key --lists --pair --compare --compare-model --mute --scale --cut --mask --positions --attention --file --part --strict --session --lesson --theme --palette --size --font-size --limit --fit --font --dpi --transparent --title --caption --columns --style --model --threads --attention-memory --json --hide-special --hide-punctuation --renormalise --threshold --top-p --top-k --segments --words --aggregate --measure -h --help --version' ;;
        describe) words='--view --heads --layer --head --query --key --pair --compare --compare-model --step --mute --scale --cut --mask --positions --attention --file --part --strict --session --limit -o --output --model --threads --attention-memory --hide-special --hide-punctuation --renormalise --threshold --top-p --top-k --segments --words --aggregate --measure -h --help --version' ;;
        rank) words='--from --to --compare --compare-model --pair --file --part --strict --mask --positions --attention --model --threads --attention-memory --json --hide-special --hide-punctuation --renormalise --threshold --top-p --top-k --segments --words --measure -h --help --version' ;;
        probe) words='--csv --format --direction --relation --by --contrast --sentences --strict --model --threads --attention-memory --json --hide-special --hide-punctuation --renormalise --words --measure -h --help --version' ;;
        ablate) words='--from --to --csv --pair --file --strict --model --threads --attention-memory --json -h --help --version' ;;
        predict) words='--top --pair --compare --file --mask --positions --attention --model --threads --attention-memory --json -h --help --version' ;;
        lesson) words='--model --threads --attention-memory --json -h --help --version' ;;
        models) words='--json -h --help --version' ;;
        bench) words='--lengths --only --probe --kernels --model --threads --attention-memory --json -h --help --version' ;;
        help) words='-h --help --version' ;;
        esac
        [ "$COMP_CWORD" -eq 1 ] && words="$words tokens attention check export describe rank probe ablate predict lesson models bench help help"
        case $current in -*) files= ;; esac
        ;;
    esac
    local IFS=$'\n'
    COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$current"))
    if [ -n "$files" ]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY+=($(compgen -f -- "$current"))
    fi
}
complete -F _heed heed
