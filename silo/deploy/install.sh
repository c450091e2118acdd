#!/usr/bin/env bash
# Installs Feedback from this unpacked bundle, without Internet. Run it as root:
#   ./install.sh [--no-start]                   installs; or upgrades, and copies the data first
#   ./install.sh rollback [--restore-data]      goes back to the version before; with --restore-data also to the data of
#                                               before the upgrade (the present data are put aside, not deleted;
#                                               the newer erasures.log stays)
#   ./install.sh uninstall                      removes the program; data, copies and settings stay
# --database-saved      says that you have a backup of the PostgreSQL database: asked for by an upgrade of such a site
# --database-restored   says that you put that backup back: asked for by a rollback with --restore-data of such a site
# --root DIR            works below DIR, without users or services: to look at what it does
set -euo pipefail
# Whatever root's own is: the service's user reads the program and its settings.
umask 022

say() { printf '%s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }
usage() { sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

verb=install root='' start=yes restore_data=no database_saved=no database_restored=no
while (($#)); do
  case $1 in
    install | rollback | uninstall) verb=$1 ;;
    --no-start) start=no ;;
    --restore-data) restore_data=yes ;;
    --database-saved) database_saved=yes ;;
    --database-restored) database_restored=yes ;;
    --root) root=${2:?--root needs a directory}; shift ;;
    -h | --help) usage; exit ;;
    *) fail "there is no option '$1'. See ./install.sh --help." ;;
  esac
  shift
done

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
opt=$root/opt/feedback releases=$root/opt/feedback/releases
data=$root/var/lib/feedback copies=$root/var/backups/feedback
settings=$root/etc/feedback/feedback.env
units=$root/etc/systemd/system
unit=$units/feedback.service
member=$units/feedback.service.d/cluster.conf
# What "systemctl enable" makes and "systemctl disable" takes away.
nightly_on=$units/timers.target.wants/feedback-backup.timer
command=$root/usr/local/bin/feedback

if [[ -z $root ]]; then
  ((EUID == 0)) || fail "only root may install: run it with sudo."
  account=yes
else
  mkdir -p "$root"
  account=no start=no
fi
# A system that does not run under systemd gets the files, and starts the service its own way.
if [[ -z $root && -d /run/systemd/system ]]; then systemd=yes; else systemd=no; fi

version_at() { if [[ -L $opt/$1 ]]; then basename "$(readlink "$opt/$1")"; fi; }
# What the settings say of a name, without quotes; nothing when they do not.
setting() { { sed -n "s/^[[:space:]]*$1=//p" "$settings" 2>/dev/null || true; } | tail -1 | sed "s/^\(['\"]\)\(.*\)\1[[:space:]]*$/\2/"; }
in_cluster() { [[ -n $(setting FEEDBACK_CLUSTER) ]]; }
in_postgres() { in_cluster || [[ -n $(setting FEEDBACK_POSTGRES) ]]; }
point() { ln -sfn "releases/$2" "$opt/$1.new" && mv -T "$opt/$1.new" "$opt/$1"; }

# Whatever goes wrong between stopping and starting, such as a full disk: the version that ran runs again.
start_again() {
  trap - EXIT
  set +e
  say "That failed. Going on with version $before as before."
  point current "$before"
  place_settings
  start_service
}

stop_service() {
  before=$(version_at current)
  [[ -z $before ]] || trap start_again EXIT
  if [[ $systemd == yes && -e $unit ]]; then
    say "Stopping the service."
    # Also one that is only starting, or waits to be started again after a failure. A backup that is being made is given up.
    systemctl stop feedback
    systemctl stop feedback-backup.service 2>/dev/null || true
    systemctl reset-failed feedback 2>/dev/null || true
  fi
  # Whoever holds the data directory holds this lock. Copying under a running service would make a torn copy.
  if [[ -e $data/lock ]] && command -v flock >/dev/null && ! flock --nonblock "$data/lock" true; then
    fail "the data in $data are in use: stop what uses them first."
  fi
}

start_service() {
  if [[ $systemd == no ]]; then
    say "Not started: systemd does not run here. By hand: runuser -u feedback -- feedback serve --data /var/lib/feedback"
    return
  elif [[ $start == no ]]; then
    say "Not started. By hand: systemctl enable --now feedback"
    return
  fi
  systemctl enable --quiet feedback
  [[ ! -L $nightly_on ]] || systemctl start feedback-backup.timer
  if systemctl is-active --quiet feedback; then
    say "The service runs."
    return
  fi
  say "Starting the service."
  # After too many failures it would be refused otherwise.
  systemctl reset-failed feedback 2>/dev/null || true
  systemctl start feedback || fail "version $(version_at current) does not start: journalctl -u feedback -n 50 tells why.${1:-}"
  say "It runs. Its log: journalctl -u feedback"
}

# Asked while the service still runs, so its files may come and go.
check_room() {
  local needed free
  needed=$({ du -sk "$1" 2>/dev/null || true; } | cut -f1)
  free=$(df -Pk "$2" | awk 'NR == 2 { print $4 }')
  ((free > needed + 102400)) || fail "a copy of the data needs $((needed / 1024)) MB in $2, and only $((free / 1024)) MB are free."
}

copy_data() {
  [[ -n $(ls -A "$data") ]] || { rm -f "$opt/last-copy"; return; }
  local copy
  copy=$copies/$(date +%Y%m%dT%H%M%S)-version-$1
  say "Copying the data to $copy."
  rm -rf "$copies"/*.partial
  cp -a --reflink=auto "$data" "$copy.partial"
  sync -f "$copy.partial"
  mv "$copy.partial" "$copy"
  echo "$copy" >"$opt/last-copy"
}

check_bundle() {
  [[ -f $here/SHA256SUMS && -f $here/VERSION ]] || fail "this is no unpacked bundle: $here."
  say "Checking the files of version $(<"$here/VERSION")."
  (cd "$here" && sha256sum --check --quiet --strict SHA256SUMS) || fail "the bundle is damaged: copy it here again."
  case $(<"$here/RID")/$(uname -m) in
    linux-x64/x86_64 | linux-arm64/aarch64) ;;
    *) fail "this bundle is for $(<"$here/RID"), and this machine is $(uname -m)." ;;
  esac
}

# What the bundle lists, and nothing else: a demo may have been tried in its folder.
copy_bundle() {
  (cd "$here" && { sed 's/^[0-9a-f]* [ *]//' SHA256SUMS; echo SHA256SUMS; } | xargs -d '\n' cp --parents -t "$1")
  [[ ! -L $here/feedback ]] || cp -P "$here/feedback" "$1"
  chmod -R u=rwX,go=rX "$1"
}

place_files() {
  local target=$releases/$1
  if [[ -d $target ]]; then
    cmp -s "$target/SHA256SUMS" "$here/SHA256SUMS" || fail "version $1 is there already with other content: $target."
    return
  fi
  say "Placing version $1 in $target."
  mkdir -p "$releases"
  rm -rf "$target.partial"
  mkdir "$target.partial"
  copy_bundle "$target.partial"
  [[ $account == no ]] || chown -R root:root "$target.partial"
  local words
  if ! words=$("$target.partial/feedback" --version 2>&1); then
    rm -rf "$target.partial"
    fail "version $1 does not run on this system, and is not installed; README.md tells what it needs. It says: $(head -3 <<<"$words")"
  fi
  sync -f "$target.partial"
  mv -T "$target.partial" "$target"
}

place_account() {
  [[ $account == yes ]] || { mkdir -p "$data"; return; }
  if ! getent passwd feedback >/dev/null; then
    say "Creating the user feedback."
    useradd --system --user-group --home-dir /var/lib/feedback --shell /usr/sbin/nologin feedback
  fi
  install -d -o feedback -g feedback -m 700 "$data"
}

# The keys that all silos of a cluster share: for the service's user only, however they were copied here.
place_keys() {
  local keys file
  keys=$(setting FEEDBACK_KEYS)
  [[ $keys == /* ]] || return 0
  keys=$root$keys
  [[ -d $keys ]] || { say "Making $keys for the keys."; mkdir -p "$keys"; }
  # The directory is taken over, too: whoever made the keys as root left it open to root only. But not one that others use as well.
  if [[ -z $(find "$keys/" -mindepth 1 -maxdepth 1 ! -name '*.key*' ! -name '*.pem*' -print -quit) ]]; then
    chmod 700 "$keys"
    [[ $account == no ]] || chown feedback:feedback "$keys"
  elif [[ $keys != "$data" ]]; then
    say "Leaving $keys as it is, for it holds other things than keys: see that the user feedback gets in, or give the keys a directory of their own."
  fi
  for file in "$keys"/{master.key,checkpoint.key,cluster.pem}; do
    [[ -f $file && ! -L $file ]] || continue
    chmod 600 "$file"
    [[ $account == no ]] || chown feedback:feedback "$file"
  done
}

place_settings() {
  mkdir -p "$(dirname "$settings")" "$(dirname "$unit")" "$(dirname "$command")"
  if [[ ! -e $settings ]]; then
    say "Placing settings in $settings."
    install -m 640 "$here/feedback.env" "$settings"
    [[ $account == no ]] || chgrp feedback "$settings"
  fi
  install -m 644 "$opt/current/feedback.service" "$unit"
  # A release before clusters has no such file.
  if in_postgres && [[ -e $opt/current/feedback-cluster.conf ]]; then
    install -D -m 644 "$opt/current/feedback-cluster.conf" "$member"
  else
    rm -f "$member"
  fi
  place_keys
  place_nightly
  ln -sfn "$opt/current/feedback" "$command"
  [[ $systemd == no ]] || systemctl daemon-reload
}

# The backup of every night is switched on when it is installed for the first time: who switched it off finds it off after an upgrade.
# FEEDBACK_BACKUP=off switches it off, as on every silo of a cluster but one, and FEEDBACK_BACKUP=on switches it on.
place_nightly() {
  local nightly wanted
  wanted=$(setting FEEDBACK_BACKUP)
  [[ -e $units/feedback-backup.timer ]] || wanted=${wanted:-on}
  for nightly in feedback-backup.service feedback-backup.timer; do
    # A version from before there were backups has none.
    if [[ -e $opt/current/$nightly ]]; then
      install -m 644 "$opt/current/$nightly" "$units/$nightly"
    elif [[ -e $units/$nightly ]]; then
      [[ $systemd == no ]] || systemctl disable --quiet --now "$nightly" 2>/dev/null || true
      rm "$units/$nightly"
      wanted=off
    fi
  done
  if [[ $wanted == off ]]; then
    [[ $systemd == no ]] || systemctl stop feedback-backup.timer 2>/dev/null || true
    rm -f "$nightly_on"
  elif [[ $wanted == on && -e $units/feedback-backup.timer ]]; then
    mkdir -p "$(dirname "$nightly_on")"
    ln -sfn ../feedback-backup.timer "$nightly_on"
  fi
}

# The version in use and the one before stay; older ones go.
remove_old_releases() {
  local release
  for release in "$releases"/*; do
    case ${release##*/} in
      "$(version_at current)" | "$(version_at previous)") ;;
      *) say "Removing version ${release##*/}."; rm -rf "$release" ;;
    esac
  done
}

newer() { [[ $1 != "$2" && $(printf '%s\n%s\n' "$1" "$2" | sort -V | tail -1) == "$1" ]]; }

install_or_upgrade() {
  check_bundle
  local new old
  new=$(<"$here/VERSION") old=$(version_at current)
  if [[ -n $old ]] && newer "$old" "$new"; then
    fail "version $old is installed, and this is the older $new. To go back: $opt/current/install.sh rollback"
  fi
  if [[ -n $old && $old != "$new" ]] && in_postgres && [[ $database_saved == no ]]; then
    fail "the data are in PostgreSQL: make a backup first, by 'feedback backup' or pg_dump, and then run this with --database-saved.$(! in_cluster || echo " One backup before the first silo is enough for all.")"
  fi

  place_files "$new"
  place_account
  if [[ -z $old ]]; then
    point current "$new"
    say "Version $new is installed."
  elif [[ $old == "$new" ]]; then
    say "Version $new is installed already."
  else
    install -d -m 700 "$copies"
    check_room "$data" "$copies"
    stop_service
    copy_data "$old"
    point current "$new"
  fi
  place_settings
  trap - EXIT
  if [[ -n $old && $old != "$new" ]]; then
    point previous "$old"
    say "Upgraded from $old to $new."
  fi
  remove_old_releases
  start_service " To go back: $opt/current/install.sh rollback"
  if [[ -n $old && $old != "$new" ]] && in_cluster; then say "Next: the other silos, one at a time."; fi
  [[ -n $old ]] || say "Next: $settings, then $opt/current/README.md tells how to get to the first evaluation."
}

# Who was erased after the copy was made must stay erased: the longer list of the two goes on, and is replayed at the start.
keep_erasures() {
  local now=$data/erasures.log then=$1/erasures.log lines
  [[ -s $now ]] || return 0
  [[ -e $then ]] || { cp -a "$now" "$then"; return; }
  lines=$(($(wc -l <"$now") < $(wc -l <"$then") ? $(wc -l <"$now") : $(wc -l <"$then")))
  cmp -s <(head -n "$lines" "$now") <(head -n "$lines" "$then") ||
    fail "$now and the copy's $2/erasures.log contradict each other, and with either of them alone erased persons may come back. Ask whoever maintains Feedback for you; nothing was changed."
  (($(wc -l <"$now") <= lines)) || { cp -a "$now" "$then" && say "Keeping the newer erasures.log: who was erased stays erased."; }
}

restore_copy() {
  local aside
  aside=$(date +%Y%m%dT%H%M%S)-put-aside
  say "Putting the present data aside in $copies/$aside, and $1 in their place."
  rm -rf "$data.partial"
  cp -a --reflink=auto "$1" "$data.partial"
  keep_erasures "$data.partial" "$1"
  mv -T "$data" "$data.$aside"
  mv -T "$data.partial" "$data"
  rm "$opt/last-copy"
  # The only step that may need room: the copies may be on another disk.
  mv -T "$data.$aside" "$copies/$aside" || say "They could not be moved there, and are in $data.$aside."
}

roll_back() {
  local from to copy
  from=$(version_at current) to=$(version_at previous)
  copy=$(cat "$opt/last-copy" 2>/dev/null || true)
  [[ $restore_data == no || -d $copy ]] || fail "there is no copy of the data from before an upgrade."
  if [[ $restore_data == yes && $database_restored == no ]] && in_postgres; then
    fail "the data are in PostgreSQL, and only what lay beside them was copied. First: systemctl stop feedback$(! in_cluster || echo " on every silo"), and restore the database from the pg_dump of before the upgrade. Then run this with --restore-data --database-restored."
  fi
  # A version that went back may still want the data of its time.
  [[ -n $to || $restore_data == yes ]] || fail "there is no version before to go back to."
  [[ $restore_data == no ]] || check_room "$copy" "$(dirname "$data")"
  stop_service
  if [[ $restore_data == yes ]]; then
    restore_copy "$copy"
  fi
  if [[ -n $to ]]; then
    point current "$to"
  fi
  place_settings
  trap - EXIT
  if [[ -n $to ]]; then
    rm -f "$opt/previous"
    say "Went back from $from to $to."
  fi
  start_service " If the data are too new for it: $opt/current/install.sh rollback --restore-data"
}

uninstall() {
  stop_service
  trap - EXIT
  if [[ $systemd == yes ]]; then systemctl disable --quiet --now feedback feedback-backup.timer 2>/dev/null || true; fi
  rm -rf "$opt"
  rm -f "$unit" "$member" "$units"/feedback-backup.{service,timer} "$nightly_on" "$command"
  [[ $systemd == no ]] || systemctl daemon-reload
  say "The program is removed. Left in place: $data, $copies, ${settings%/*} and the user feedback."
}

case $verb in
  install) install_or_upgrade ;;
  rollback) roll_back ;;
  uninstall) uninstall ;;
esac
