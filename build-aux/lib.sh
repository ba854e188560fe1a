# shellcheck shell=sh
# What devroot, run, check and look share. A script sets `me` (its name in
# messages) and `src` (the source tree) and then reads this file.

me=${me:-build-aux}
src=${src:?}
uid=$(id -u)
if [ -z "${HOME-}" ]; then
  HOME=$(getent passwd "$uid" | cut -d : -f 6)
  export HOME="${HOME:-/tmp}"
fi
# apart from the program's own cache, which people may delete
store=${XDG_CACHE_HOME:-$HOME/.cache}/trestle-build
system_path=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin

say () { printf '%s: %s\n' "$me" "$*" >&2; }
die () { say "$*"; exit 1; }

# listed SECTION... : the package names of these sections of the list
listed () {
  awk -v want=" $* " '
    { sub (/#.*/, "") }
    /^\[/ { gsub (/[][ \t]/, ""); on = index (want, " " $0 " "); next }
    on { for (i = 1; i <= NF; i++) print $i }' \
    "$src/build-aux/devroot.packages" | LC_ALL=C sort -u
}

# Sets `platform`: where programs are built and run.
#   inside    we are in a devroot or in the closed surroundings already
#   system    the system's own libraries are new enough
#   devroot   a Debian 13 root under the user's cache folder
find_platform () {
  if [ -n "${TRESTLE_INSIDE-}" ]; then
    platform=inside key=${TRESTLE_INSIDE#*:}
    return
  fi
  case ${TRESTLE_PLATFORM-} in
    system|devroot) platform=$TRESTLE_PLATFORM; return ;;
  esac
  platform=devroot os_id='' os_version=''
  if [ -r /etc/os-release ]; then
    while IFS='=' read -r name value; do
      value=${value#\"} value=${value%\"}
      case $name in
        ID) os_id=$value ;;
        VERSION_ID) os_version=${value%%.*} ;;
      esac
    done </etc/os-release
  fi
  if [ "$os_id" = debian ]; then
    # testing and unstable have no number
    [ -n "$os_version" ] && [ "$os_version" -lt 13 ] || platform=system
  elif command -v blueprint-compiler >/dev/null && command -v meson >/dev/null \
    && pkg-config --atleast-version=4.18 gtk4 2>/dev/null \
    && pkg-config --exists 'libadwaita-1 >= 1.7' 'libdex-1 >= 0.10' 2>/dev/null; then
    platform=system
  fi
}

# install_host PACKAGE... : as root installs, as anybody else says how
install_host () {
  if ! command -v apt-get >/dev/null; then
    die "these are missing: $*. Install them with your system's package manager"
  fi
  if [ "$uid" != 0 ]; then
    die "missing on this machine; run once as root: apt-get install --no-install-recommends $*"
  fi
  say "installing $*"
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null >&2; then
    if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -q --no-install-recommends "$@"; } </dev/null >&2; then
      die "apt-get could not install $*: see above (no network, or a full disk?)"
    fi
  fi
}

# need_system SECTION... : the packages on a Debian that is new enough. The
# answer is remembered until the list or dpkg's own records change.
need_system () {
  [ "$platform" = system ] || return 0
  command -v dpkg-query >/dev/null || return 0
  stamp=$store/system-$(printf %s "$*" | tr ' ' -)
  if [ -e "$stamp" ] && [ -z "$(find "$src/build-aux/devroot.packages" /var/lib/dpkg/status -newer "$stamp")" ]; then
    return 0
  fi
  wanted=$(listed "$@")
  # shellcheck disable=SC2086 # one word per package
  missing=$({ dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $wanted 2>/dev/null || :; } |
    awk -v wanted="$wanted" '
      $1 == "ii" || $1 == "hi" { have[$2] = 1 }
      END { n = split (wanted, w, "\n"); for (i = 1; i <= n; i++) if (!(w[i] in have)) printf " %s", w[i] }')
  # shellcheck disable=SC2086
  [ -z "$missing" ] || install_host $missing
  mkdir -p "$store"
  : >"$stamp"
}

# The devroot -----------------------------------------------------------------

recipe=1 release=trixie

# Sets `root`: the folder of the root that belongs to this package list.
find_root () {
  key=$({ echo "$recipe $release"; listed build run test; } | sha256sum | cut -c 1-12)
  root=$store/devroot-$key
}

# mirror LABEL : the base address the host's apt has for this archive
mirror () {
  # shellcheck disable=SC2016 # apt's own variables
  apt-get indextargets --format '$(LABEL)|$(COMPONENT)|$(REPO_URI)' 2>/dev/null |
    awk -F '|' -v label="$1" '$1 == label && $2 == "main" && $3 ~ /^https?:/ { print $3; exit }'
}

need_makers () {
  missing=''
  command -v mmdebstrap >/dev/null || missing="$missing mmdebstrap"
  command -v bwrap >/dev/null || missing="$missing bubblewrap"
  if [ "$uid" != 0 ] && ! command -v newuidmap >/dev/null; then
    missing="$missing uidmap"
  fi
  [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || missing="$missing debian-archive-keyring"
  # shellcheck disable=SC2086
  [ -z "$missing" ] || install_host $missing
  [ "$uid" != 0 ] || return 0
  user=$(id -un)
  for file in /etc/subuid /etc/subgid; do
    if ! grep -q -e "^$user:" -e "^$uid:" "$file" 2>/dev/null; then
      first=$(awk -F: 'BEGIN { n = 100000 } $2 + $3 > n { n = $2 + $3 } END { print n }' \
        /etc/subuid /etc/subgid 2>/dev/null) || first=
      first=${first:-100000} last=$((${first:-100000} + 65535))
      die "$user has no subordinate ids; run once as root: usermod --add-subuids $first-$last --add-subgids $first-$last $user"
    fi
  done
  if ! unshare --user true 2>/dev/null; then
    die 'user namespaces are switched off; run once as root: sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000'
  fi
}

# room FOLDER MEBIBYTES : is there that much free?
room () {
  free=$(df -Pk "$1" | awk 'NR == 2 { print int ($4 / 1024) }')
  if [ "$free" -lt "$2" ]; then
    die "the disk is too full: $1 has $free MB free, and making the Debian 13 root needs $2 MB there"
  fi
}

# Turns mmdebstrap's messages into a sign of life: one line that moves on a
# terminal, a line per step elsewhere. Everything is kept in FILE meanwhile.
show_progress () {
  file=$1
  begun=$(date +%s)
  tick=''
  if [ -t 2 ]; then
    echo 'starting' >"$file.step"
    while [ -e "$file.step" ]; do
      printf '\r\033[K%s: making the Debian 13 root: %s (%d s)' "$me" \
        "$(cat "$file.step" 2>/dev/null)" "$(($(date +%s) - begun))" >&2
      sleep 1
    done &
    tick=$!
  fi
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$file"
    case $line in
      *'running apt-get update'*) step='1/6 reading the package lists' ;;
      *'downloading packages'*) step='2/6 downloading the base' ;;
      *'extracting archives'*) step='3/6 unpacking the base' ;;
      *'installing essential'*) step='4/6 setting up the base' ;;
      *'installing remaining'*) step='5/6 downloading and installing the rest, the longest part' ;;
      *'creating tarball'*) step='6/6 storing' ;;
      *) continue ;;
    esac
    if [ -n "$tick" ]; then
      echo "$step" >"$file.step"
    else
      say "$step ($(($(date +%s) - begun)) s)"
    fi
  done
  rm -f "$file.step"
  if [ -n "$tick" ]; then
    wait "$tick" || :
    printf '\r\033[K' >&2
  fi
}

# One sentence for what went wrong while FILE was written
why_failed () {
  if grep -q -i -e 'no space left' -e 'enough free space' -e 'disk quota' "$1"; then
    echo 'the disk is full; about 5 GB are needed while the root is made, 2 GB afterwards'
  elif grep -q -i -e 'resolv' -e 'could not connect' -e 'unreachable' -e 'timed out' \
    -e 'failed to fetch' -e 'connection refused' -e 'cannot initiate the connection' "$1"; then
    echo 'the packages could not be downloaded: no network, or the mirror of this machine does not answer. Run it again when there is one'
  else
    tail -n 15 "$1" >&2
    echo 'mmdebstrap failed: see the lines above'
  fi
}

# Makes the root, unless it is there. It runs in a subshell, whose end drops
# the lock; mmdebstrap and tar hold it too, so that nobody starts anew while
# what a killed call left behind is still working.
make_root () (
  need_makers
  mkdir -p "$store" 2>/dev/null || die "cannot make the folder $store"
  exec 9>"$store/devroot.lock" || die "cannot write in $store"
  if ! flock -n 9; then
    say 'another call is making the Debian 13 root; waiting for it'
    flock 9
  fi
  [ ! -e "$root/.ready" ] || exit 0

  # a temporary folder of this store's own, found again after a killed try; on
  # a disk, and where the subordinate ids may enter
  new=$root.new work=/var/tmp/trestle-devroot-$uid-$(printf %s "$store" | cksum | cut -d ' ' -f 1) own=''
  if [ "$uid" = 0 ]; then
    # in mounts of its own: a try that is killed leaves none behind
    own='unshare --mount --pid --fork --kill-child --mount-proc'
  elif [ -e "$work" ]; then
    # what a killed try left belongs to the subordinate ids
    mmdebstrap --unshare-helper find "$work" -mindepth 2 -delete 2>/dev/null || :
  fi
  rm -rf --one-file-system "$work" "$new" 2>/dev/null || :
  mkdir -m 755 "$work" 2>/dev/null || die "cannot make the folder $work (remove what is in the way)"
  room "$store" 2300
  room "$work" 4600
  mkdir "$new"
  log=$work/log
  : >"$log"

  say "making a Debian 13 root in $root: about 75 s, 420 MB of downloads, 2 GB on disk; once per package list"
  main=$(mirror Debian) security=$(mirror Debian-Security)
  set --
  if [ -n "$main" ]; then
    set -- "deb $main $release main" "deb $main $release-updates main"
    [ -z "$security" ] || set -- "$@" "deb $security $release-security main"
  fi
  proxy=''
  eval "$(apt-config shell proxy Acquire::http::Proxy 2>/dev/null)"
  [ -z "$proxy" ] || set -- --aptopt="Acquire::http::Proxy \"$proxy\"" "$@"
  # the languages of this machine, so that the user's locale works inside
  locales=$({ echo 'en_US.UTF-8 UTF-8'; sed -n 's/^\([a-z][^# ]*\.UTF-8\) UTF-8.*/\1 UTF-8/p' \
    /etc/locale.gen 2>/dev/null; } | LC_ALL=C sort -u | paste -s -d ,)

  # shellcheck disable=SC2016 # $1 is the hook's, not ours
  # shellcheck disable=SC2086 # own is words
  {
    { LOCALES=$locales TMPDIR=$work $own mmdebstrap --mode=auto --variant=apt --format=tar \
        --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
        --include="$(listed build run test | paste -s -d ,)" \
        --dpkgopt=force-unsafe-io --aptopt='Acquire::Languages "none"' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --customize-hook='printf "%s\n" "$LOCALES" | tr , "\n" >"$1/etc/locale.gen"; chroot "$1" locale-gen >/dev/null' \
        "$release" - "$@" </dev/null 2>&3 || echo 'E: mmdebstrap failed' >&3
    } | tar -C "$new" -x --exclude='./dev/*' --exclude='./etc/apt/sources.list*' \
      --exclude='./etc/apt/apt.conf.d/99mmdebstrap' 2>&3 || echo 'E: tar failed' >&3
  } 3>&1 | show_progress "$log"

  if grep -q '^E: ' "$log" || [ ! -x "$new/usr/bin/meson" ]; then
    reason=$(why_failed "$log")
    if [ "$uid" != 0 ]; then
      mmdebstrap --unshare-helper find "$work" -mindepth 2 -delete 2>/dev/null || :
    fi
    rm -rf --one-file-system "$work" "$new"
    die "$reason"
  fi
  rm -rf --one-file-system "$work"
  finish_root "$new"
  : >"$new/.ready"
  mv "$new" "$root"
  say 'the Debian 13 root is ready'
)

# finish_root FOLDER : what a fresh tree still lacks
finish_root () {
  # mmdebstrap empties it, and D-Bus wants one
  echo "$key" | md5sum | cut -c 1-32 >"$1/etc/machine-id"
  mkdir -p "$1/etc/gtk-4.0"
  printf '[Settings]\ngtk-font-name=Cantarell 11\n' >"$1/etc/gtk-4.0/settings.ini"
  # places to mount the machine's own files on
  for file in resolv.conf hosts passwd group ssl/certs/ca-certificates.crt; do
    [ -e "$1/etc/$file" ] || : >"$1/etc/$file"
  done
}

# Finds out where things are built and sees to it that it is there.
# prepare SECTION... : the sections of the list that are needed
prepare () {
  find_platform
  case $platform in
    system) need_system "$@" ;;
    devroot)
      find_root
      [ -e "$root/.ready" ] || make_root || exit 1
      command -v bwrap >/dev/null || install_host bubblewrap
      ;;
  esac
}

# open_here CMD [ARG...] : replaces the script by CMD, in the devroot if there
# is one, with the machine's own folders, network, display and environment.
open_here () {
  if [ "$platform" != devroot ]; then
    exec "$@"
  fi
  here=$(pwd -P)
  run_dir=${XDG_RUNTIME_DIR:-/run/user/$uid}
  start=$here
  case $here/ in
    /usr/src/*|/usr/local/src/*) ;;
    /usr/*|/etc/*|/bin/*|/sbin/*|/lib*/*)
      if [ ! -d "$root$here" ]; then
        say "$here belongs to the system and cannot be seen from the devroot; working from / instead"
        start=/
      fi
      ;;
  esac
  set -- --chdir "$start" -- "$@"
  # What lies below a folder that the root has of its own is added by itself.
  for dir in "$src" "$store" "$HOME" "$here"; do
    case $dir/ in
      /usr/src/*|/usr/local/src/*|/var/?*|/run/?*) set -- --bind-try "$dir" "$dir" "$@" ;;
    esac
  done
  for dir in /* /.[!.]*; do
    case $dir in
      /bin|/sbin|/lib|/lib32|/lib64|/libx32|/usr|/etc|/var|/proc|/sys|/dev|/run|/lost+found) ;;
      *)
        if [ -L "$dir" ]; then
          set -- --symlink "$(readlink "$dir")" "$dir" "$@"
        elif [ -d "$dir" ] && [ -x "$dir" ]; then
          set -- --bind "$dir" "$dir" "$@"
        fi
        ;;
    esac
  done
  if [ -z "${TZ-}" ]; then
    TZ=$(readlink /etc/localtime 2>/dev/null) || TZ=''
    TZ=${TZ##*/zoneinfo/}
    export TZ="${TZ:-UTC}"
  fi
  locale=${LC_ALL:-${LANG:-C}}
  case $locale in
    C|C.*|POSIX|en_US.UTF-8|en_US.utf8) ;;
    *)
      if ! grep -q -i -F -e "${locale%%.*}" "$root/etc/locale.gen"; then
        # the root does not have it: keep at least the language
        export LANGUAGE="${LANGUAGE:-${locale%%.*}}" LC_ALL=C.UTF-8
      fi
      ;;
  esac
  # these name libraries of the machine, which do not fit inside
  unset LD_LIBRARY_PATH LD_PRELOAD PYTHONPATH PYTHONHOME GI_TYPELIB_PATH GIO_MODULE_DIR GIO_EXTRA_MODULES \
    GTK_PATH GTK_MODULES GDK_PIXBUF_MODULE_FILE GDK_PIXBUF_MODULEDIR GST_PLUGIN_PATH GST_PLUGIN_SYSTEM_PATH
  enter_root --dev-bind /dev /dev --bind-try /var/tmp /var/tmp --bind-try /run/media /run/media \
    --bind-try /run/podman /run/podman --bind-try /run/docker.sock /run/docker.sock \
    --ro-bind-try /run/dbus /run/dbus --perms 0700 --dir "$run_dir" --bind-try "$run_dir" "$run_dir" \
    --ro-bind-try /etc/resolv.conf /etc/resolv.conf --ro-bind-try /etc/hosts /etc/hosts \
    --ro-bind-try /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt \
    --setenv XDG_RUNTIME_DIR "$run_dir" --setenv PATH "$system_path" --setenv TRESTLE_INSIDE "open:$key" "$@"
}

# enter_root [BWRAP-OPTION...] -- CMD... : the tree is put together under an
# empty folder, so that the root stays as it is and any path can be added.
enter_root () {
  exec bwrap --ro-bind "$root/usr" /usr --symlink usr/bin /bin --symlink usr/sbin /sbin \
    --symlink usr/lib /lib --symlink usr/lib64 /lib64 --ro-bind "$root/etc" /etc \
    --ro-bind-try /etc/passwd /etc/passwd --ro-bind-try /etc/group /etc/group \
    --tmpfs /var --dir /var/lib --dir /var/cache --perms 1777 --dir /var/tmp \
    --ro-bind-try "$root/var/cache/fontconfig" /var/cache/fontconfig \
    --ro-bind-try "$root/var/lib/xkb" /var/lib/xkb \
    --proc /proc --ro-bind /sys /sys --tmpfs /run "$@"
}

# closed_here [--rw FOLDER]... CMD [ARG...] : replaces the script by CMD in
# closed surroundings: no network but loopback, no display but its own, no bus
# but its own, an empty home, the source read-only. All processes end with it.
closed_here () {
  [ "$platform" != inside ] || exec "$@"
  command -v bwrap >/dev/null || install_host bubblewrap
  writable=''
  while [ "${1-}" = --rw ]; do
    writable="$writable$2
"
    shift 2
  done
  set -- --chdir "$src" -- "$src/build-aux/closed" "$@"
  while IFS= read -r dir; do
    [ -z "$dir" ] || set -- --bind "$dir" "$dir" "$@"
  done <<END
$writable
END
  shared=${TRESTLE_SHARED:-$src/../shared}
  if [ -d "$shared" ]; then
    shared=$(cd "$shared" && pwd -P)
    set -- --ro-bind "$shared" "$shared" --setenv TRESTLE_SHARED "$shared" "$@"
  fi
  for name in TERM CI LANGUAGE G_MESSAGES_DEBUG MESON_TESTTHREADS CCACHE_DIR COLUMNS \
    TRESTLE_LOOK_SCREEN TRESTLE_SANITIZE_ONLY; do
    eval "value=\${$name-}"
    # shellcheck disable=SC2154 # set by eval
    [ -z "$value" ] || set -- --setenv "$name" "$value" "$@"
  done
  set -- --clearenv --unshare-pid --unshare-ipc --unshare-net --unshare-uts --die-with-parent --new-session \
    --dev /dev --perms 1777 --tmpfs /tmp --perms 1777 --tmpfs /dev/shm \
    --perms 0700 --dir /tmp/home --perms 0700 --dir "/run/user/$uid" \
    --setenv PATH "$system_path" --setenv TRESTLE_INSIDE "closed:${key-}" --setenv TRESTLE_BUILD "${build-}" --setenv USER "$(id -un)" \
    --setenv HOME /tmp/home --setenv XDG_RUNTIME_DIR "/run/user/$uid" --setenv LANG C.UTF-8 --setenv TZ UTC \
    --setenv PYTHONDONTWRITEBYTECODE 1 --ro-bind "$src" "$src" "$@"
  if [ "$platform" = devroot ]; then
    enter_root "$@"
  fi
  exec bwrap --ro-bind / / --proc /proc --tmpfs /run --tmpfs /home --tmpfs /root --perms 1777 --tmpfs /var/tmp "$@"
}

# Building --------------------------------------------------------------------

# find_build NAME : sets `build`, the folder NAME of the source where that is
# the user's own, else one in the user's cache
find_build () {
  case ${TRESTLE_INSIDE-} in
    closed:*) build=${TRESTLE_BUILD:?}; return ;;
  esac
  if [ "$(stat -c %u "$src")" = "$uid" ] && [ -w "$src" ]; then
    build=$src/$1
  else
    build=$store/build-$(printf %s "$src" | sha256sum | cut -c 1-12)/${1#_}
  fi
}

# Is there anything newer than the last build that went well?
is_fresh () {
  [ -e "$build/.trestle-built" ] || return 1
  [ "$(cat "$build/.trestle-for" 2>/dev/null)" = "$for_what" ] || return 1
  [ -z "$(find "$src/meson.build" "$src/meson.options" "$src/src" "$src/data" "$src/po" "$src/help" \
    "$src/tests" "$src/build-aux" -name __pycache__ -prune -o -newer "$build/.trestle-built" -print -quit 2>&1)" ]
}

# build_now NAME [MESON-OPTION...] : builds in the folder NAME what is not built
build_now () {
  find_build "$1"
  shift
  case ${TRESTLE_INSIDE-} in
    closed:*) return 0 ;;
  esac
  for_what="${key:-system} $src $*"
  ! is_fresh || return 0
  mkdir -p "$build" 2>/dev/null || die "cannot make the folder $build"
  log=$build/.trestle-log
  (
    exec 8>"$build/.trestle-lock" || die "cannot write in $build"
    if ! flock -n 8; then
      say 'another call is building; waiting for it'
      flock 8
    fi
    ! is_fresh || exit 0
    # a stopped set-up, another root or another place: begin anew
    if [ ! -e "$build/build.ninja" ] || [ ! -e "$build/meson-private/build.dat" ] \
      || { [ -e "$build/.trestle-for" ] && [ "$(cat "$build/.trestle-for")" != "$for_what" ]; }; then
      find "$build" -mindepth 1 -maxdepth 1 ! -name .trestle-lock -exec rm -rf {} +
      say 'setting up the build'
    else
      set --
    fi
    printf '%s\n' "$for_what" >"$build/.trestle-for"
    : >"$build/.trestle-start"
    if [ ! -e "$build/build.ninja" ]; then
      (building meson setup "$@" "$build" "$src") >"$log" 2>&1 </dev/null || build_failed
    fi
    if [ -t 2 ]; then
      (building ninja -C "$build") >&2 </dev/null || build_failed
    else
      say 'building'
      (building ninja -C "$build") >"$log" 2>&1 </dev/null || build_failed
    fi
    # the time at which the build began: what changed meanwhile is built next time
    mv "$build/.trestle-start" "$build/.trestle-built"
  ) || exit 1
}

# building CMD... : CMD where programs are built, with the compiler's cache
building () {
  unset DESTDIR CFLAGS LDFLAGS CPPFLAGS
  export CCACHE_DIR="$store/ccache" CCACHE_BASEDIR="$src" CCACHE_NOHASHDIR=1
  cd "$src" || exit 1
  open_here "$@"
}

build_failed () {
  if [ -s "$log" ]; then
    grep -E -A 15 -e '^FAILED' -e '(^| )error:' -e '^.*ERROR' "$log" | head -n 80 >&2 || :
    if grep -q -i 'no space left' "$log"; then
      die "the disk is full: the build in $build needs about 1 GB"
    fi
    die "the build failed; all of its output: $log"
  fi
  die 'the build failed: see above'
}

# Programs run as they lie in the build folder: this is what they look for.
program_env () {
  export GSETTINGS_SCHEMA_DIR="$build/data"
  export TRESTLE_PRACTICE="$build/src/practice/trestle-practice"
  export XDG_DATA_DIRS="$src/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
}
