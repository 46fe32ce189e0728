#!/bin/sh
# Mutation testing of the rooms that compute: every operator and constant of cells/ and domain/ is changed in turn, and a
# change that no test notices is listed. Names of modules choose some: tools/mutate.sh 'minsheng.cells.*'
set -e
cd "$(dirname "$0")/.."
work=out/mutation
rm -rf "$work" && mkdir -p "$work"
# mutmut looks for the code in src/.
cp -r python "$work/src"
cp -r tests templates xlmacros workbook pyproject.toml "$work"
bin=$PWD/.venv/bin
cd "$work"
"$bin/mutmut" run "$@"
"$bin/mutmut" results
