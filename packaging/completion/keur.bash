# Completion of keur for bash. Made by packaging/completion/generate from the options that the program has: make docs.
_keur() {
	local commands="check render diff certify verify register monitor rules explain help"
	local line=${COMP_LINE:0:COMP_POINT} command= previous= options= flags= replies= at
	local -a words
	# By spaces: bash itself parts words at = and @ as well, which stand in names of formats and rule sets.
	read -ra words <<<"$line"
	[[ $line == *[[:space:]] ]] && words+=("")
	local current=${words[${#words[@]} - 1]}
	((${#words[@]} > 1)) && previous=${words[${#words[@]} - 2]}
	for ((at = 1; at < ${#words[@]} - 1; at++)); do
		case ${words[at]} in
		--lang) ((at++)) ;;
		-*) ;;
		*) command=${words[at]}; break ;;
		esac
	done
	case $command in
	check)
		options="--standard --rules --ruleset --without --parity --phase --schema --contract --format --theme --link --scenario --passive --record --replay --offline --cacert --proxy --rate --timeout --public-only --fail-on --jobs -j --quiet -q --no-color --artefacts --answers --lang --help -h"
		flags=" --parity --passive --offline --public-only --quiet -q --no-color --help -h "
		;;
	render)
		options="--format --theme --link --quiet -q --no-color --lang --help -h"
		flags=" --quiet -q --no-color --help -h "
		;;
	diff)
		options="--format --quiet -q --no-color --lang --help -h"
		flags=" --quiet -q --no-color --help -h "
		;;
	certify)
		options="--rules --theme --link --cacert --proxy --rate --timeout --public-only --quiet -q --no-color --artefacts --answers --output -o --key --cert --password --alg --previous --valid --draft --lang --help -h"
		flags=" --public-only --quiet -q --no-color --draft --help -h "
		;;
	verify)
		options="--rules --quiet -q --no-color --artefacts --ca --crl --withdrawn --at --replay --lang --help -h"
		flags=" --quiet -q --no-color --replay --help -h "
		;;
	register)
		options="--theme --quiet -q --output -o --ca --crl --withdrawn --at --url --lang --help -h"
		flags=" --quiet -q --help -h "
		;;
	monitor)
		options="--rules --format --cacert --proxy --rate --timeout --public-only --jobs -j --quiet -q --no-color --artefacts --ca --crl --withdrawn --at --attempts --failures --lang --help -h"
		flags=" --public-only --quiet -q --no-color --help -h "
		;;
	rules)
		options="--rules --format --quiet -q --no-color --fixtures --artefacts --evidence --engine --output -o --lang --help -h"
		flags=" --quiet -q --no-color --help -h "
		;;
	explain)
		options="--rules --no-color --fixtures --lang --help -h"
		flags=" --no-color --help -h "
		;;
	help)
		options="--lang --help -h"
		flags=" --help -h "
		;;
	esac
	case $previous in
	--lang) replies="nl en" ;;
	--fail-on) replies="must should" ;;
	--alg) replies="PS256 RS256" ;;
	--engine) replies="arazzo json-schema schematron spectral xsd" ;;
	--standard) replies=$(keur rules list --lang en 2>/dev/null | cut -d' ' -f1) ;;
	--format)
		case $command in
		diff|monitor) replies="text json" ;;
		rules) replies="markdown html text json" ;;
		*) replies="text json html pdf junit sarif earl github gemma-csv gemma-json svrl" ;;
		esac
		;;
	*)
		if [[ -z $command ]]; then
			replies="$commands --help --version --lang"
		elif [[ $current == -* ]]; then
			replies=$options
		elif [[ $previous == -* && $flags != *" $previous "* ]]; then
			replies=
		elif [[ $command == help ]]; then
			replies=$commands
		elif [[ $command == register && $previous == register ]]; then
			replies="build"
		elif [[ $command == rules && $previous == rules ]]; then
			replies="list show test coverage docs new impact"
		elif [[ $command == rules && $previous != new ]]; then
			replies=$(keur rules list --lang en 2>/dev/null | cut -d' ' -f1)
		fi
		;;
	esac
	# What bash takes for the word under the cursor begins later when there is a = or @ in it.
	local before=${current%"${COMP_WORDS[COMP_CWORD]}"}
	local IFS=$' \t\n'
	COMPREPLY=($(compgen -W "$replies" -- "$current"))
	COMPREPLY=("${COMPREPLY[@]#"$before"}")
}
complete -o default -F _keur keur
