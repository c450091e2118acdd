#!/usr/bin/env bash
# Makes the bundle that is installed on machines without Internet:
#   ./run publish [linux-x64|linux-arm64] [--output DIR]
# It holds the program with the .NET runtime, ICU and OpenSSL, the installer and the guides. Needs apt, for the last two libraries.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."
. .config/prerequisites.sh

rid=linux-x64 output=artifacts
while (($#)); do
  case $1 in
    linux-x64 | linux-arm64) rid=$1 ;;
    --output) output=${2:?--output needs a directory}; shift ;;
    -h | --help) sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit ;;
    *) give_up "There is no option '$1'. See ./run publish --help." ;;
  esac
  shift
done
need_dotnet
mkdir -p "$output"
output=$(cd "$output" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Debian's ICU and OpenSSL for the target, which need not be this machine's kind: apt with lists of its own.
fetch_libraries() {
  local arch=${rid#linux-} apt=$work/apt name
  arch=${arch/x64/amd64}
  have_apt || give_up "The bundle takes ICU and OpenSSL from Debian packages: make it on a Debian-like system."
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$work/debs"
  local options=(-q -o APT::Architecture="$arch" -o APT::Architectures="$arch" -o APT::Sandbox::User=root
    -o Dir::State::Lists="$apt/lists" -o Dir::Cache="$apt/cache" -o Dir::State::status=/dev/null)
  apt-get "${options[@]}" update >"$work/apt.log" 2>&1 || { cat "$work/apt.log" >&2; give_up "Packages for $arch cannot be listed."; }
  for name in $(apt-cache "${options[@]}" pkgnames | grep -E '^(libicu[0-9]+|libssl3(t64)?)$'); do
    (cd "$work/debs" && apt-get "${options[@]}" download "$name" >>"$work/apt.log" 2>&1) || continue
  done
  for name in "$work"/debs/*.deb; do dpkg-deb -x "$name" "$work/debian"; done
}

find_library() { find "$work/debian" -name "$1" -print -quit | grep . || give_up "Not in the packages: $1."; }

echo "Fetching ICU and OpenSSL for $rid…" >&2
fetch_libraries
icu=$(basename "$(find_library 'libicuuc.so.*.*')")
icu=${icu#libicuuc.so.}

version=$(dotnet msbuild silo/Feedback.Silo -getProperty:Version)
name=feedback-$version-$rid
bundle=$work/$name
echo "Publishing $name…" >&2
dotnet publish silo/Feedback.Silo --configuration Release --runtime "$rid" --self-contained --artifacts-path "artifacts/build-$rid" \
  --output "$bundle/app" --nologo --verbosity quiet \
  -p:BundledIcu="$icu" -p:PublishReadyToRun="${READY_TO_RUN:-true}" -p:ContinuousIntegrationBuild=true \
  -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false \
  -p:SatelliteResourceLanguages=en%3Bzh%3Bzh-Hans >&2

# LTTng's tracing and crash dumps need libraries and rights that a bare system does not have.
rm -f "$bundle"/app/{libcoreclrtraceptprovider.so,createdump}
for library in icudata icuuc icui18n; do
  cp -L "$(find_library "lib$library.so.$icu")" "$bundle/app/"
done
# The system's own OpenSSL comes first: this one is loaded only where there is none.
mkdir "$bundle/app/openssl"
for library in libcrypto.so.3 libssl.so.3; do cp -L "$(find_library $library)" "$bundle/app/openssl/"; done
mkdir "$bundle/licences"
for package in "$work"/debian/usr/share/doc/{libicu,libssl}*/; do cp "$package/copyright" "$bundle/licences/$(basename "$package").txt"; done
cp analytics/Feedback.Charts/Fonts/OFL.txt "$bundle/licences/"

cp "$here"/{install.sh,cluster-local,feedback.service,feedback-cluster.conf,feedback-backup.service,feedback-backup.timer,feedback.env,README.md,README.zh-CN.md,cluster.md,cluster.zh-CN.md,terminals.md,terminals.zh-CN.md,access.md,access.zh-CN.md,notices.md,notices.zh-CN.md,platform.md,platform.zh-CN.md} LICENSE SECURITY.md "$bundle/"
sed -i 's|](silo/deploy/|](|g' "$bundle/SECURITY.md"
cp -r "$here"/{container,kubernetes,grafana-dashboard.json,alerts.yaml} "$bundle/"
ln -s app/feedback "$bundle/feedback"
echo "$version" >"$bundle/VERSION"
echo "$rid" >"$bundle/RID"
find "$bundle" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
chmod 755 "$bundle/app/feedback" "$bundle/install.sh" "$bundle/cluster-local"
(cd "$bundle" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)

# Order, owners and times depend on the commit only.
tar --directory "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct 2>/dev/null || echo 0)" \
  --create "$name" | gzip -n >"$output/$name.tar.gz"
(cd "$output" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
echo "$output/$name.tar.gz ($(du -h "$output/$name.tar.gz" | cut -f1))"
