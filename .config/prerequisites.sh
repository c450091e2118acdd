# What building and testing need from the machine. Sourced by ./run and ./test: sets up the environment, then offers
# need_dotnet, need_postgres, need_chromium, need_curl, need_node and need_faults. Whatever is there is left alone; apt is only touched when something is missing.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Ends with what to do by hand.
give_up() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Installs packages, or says which when we may not.
install_packages() {
  ((EUID == 0)) || give_up "Missing: $*. Install with:" "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
  echo "Installing what is missing: $*"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null
}

have_apt() { command -v apt-get >/dev/null; }

# Package lists age and fresh machines have none.
refresh_package_lists() {
  if ((EUID == 0)); then
    apt-get update -q || echo "The package lists could not be refreshed; going on with those at hand." >&2
  fi
}

is_offered() { apt-cache show "$1" >/dev/null 2>&1; }

# global.json says which SDK will do; dotnet answers for it.
has_dotnet() { command -v dotnet >/dev/null && dotnet --version >/dev/null 2>&1; }

need_dotnet() {
  if ! has_dotnet; then
    if have_apt; then
      refresh_package_lists
      if is_offered dotnet-sdk-10.0; then
        install_packages dotnet-sdk-10.0
      fi
    fi
    has_dotnet || give_up "The .NET 10 SDK is needed and not here, and this system's packages do not offer it." \
      "See https://dotnet.microsoft.com/download/dotnet/10.0, or:" \
      "  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0" \
      "  export PATH=\"\$HOME/.dotnet:\$PATH\"" \
      "It also needs the libraries libicu and libssl (Debian 12: libicu72 libssl3)."
  fi
  # Built programs look in fixed places for the runtime; tell them about an SDK that is elsewhere.
  export DOTNET_ROOT="${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}"
}

has_postgres() {
  if [[ -n "${PGBIN:-}" ]]; then
    [[ -x "$PGBIN/initdb" ]]
  else
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
  fi
}

need_postgres() {
  has_postgres && return
  [[ -z "${PGBIN:-}" ]] || give_up "PGBIN is $PGBIN, but there is no initdb in it."
  have_apt || give_up "The tests need PostgreSQL's server programs: install them and set PGBIN to the folder of initdb."
  refresh_package_lists
  # Another release of the system has another version under a general name.
  local package=postgresql-15 policy=/etc/postgresql-common/createcluster.d/programs-only.conf status=0
  is_offered "$package" || package=postgresql
  if ((EUID == 0)); then
    # We want the programs only: Debian's package would also create a cluster and start it.
    mkdir -p "${policy%/*}"
    echo 'create_main_cluster = false' >"$policy"
  fi
  install_packages "$package" || status=$?
  rm -f "$policy"
  ((status == 0)) || give_up "$package could not be installed."
  has_postgres || give_up "$package is installed, but there is no initdb under /usr/lib/postgresql: set PGBIN."
}

need_chromium() {
  [[ -x "${CHROMIUM:-/usr/bin/chromium}" ]] && return
  [[ -z "${CHROMIUM:-}" ]] || give_up "CHROMIUM is $CHROMIUM, but there is no such program."
  have_apt || give_up "The tests need Chromium: install it and set CHROMIUM to the program."
  refresh_package_lists
  install_packages chromium || give_up "chromium could not be installed."
}

need_curl() {
  command -v curl >/dev/null && return
  have_apt || give_up "The tests need curl."
  refresh_package_lists
  install_packages curl || give_up "curl could not be installed."
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null && return
  have_apt || give_up "The tests need Node.js and npm, for a provider of OpenID Connect."
  refresh_package_lists
  install_packages nodejs npm || give_up "nodejs and npm could not be installed."
}

# What the fault suite breaks things with. Faults whose tools are missing are skipped with that reason, so this only tries.
need_faults() {
  local missing=() pair
  for pair in nft:nftables ip:iproute2 strace:strace faketime:faketime mkfs.ext4:e2fsprogs mount:mount; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  ((${#missing[@]} > 0)) || return 0
  if ((EUID != 0)) || ! have_apt; then
    echo "Not here, so some faults are skipped: ${missing[*]}" >&2
    return 0
  fi
  refresh_package_lists
  install_packages "${missing[@]}" || echo "Not to be had, so some faults are skipped: ${missing[*]}" >&2
}
