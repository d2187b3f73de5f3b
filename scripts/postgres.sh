#!/usr/bin/env bash
# A PostgreSQL server for tests and trials: loopback only, without a password, in a folder of its own.
#   scripts/postgres.sh start FOLDER PORT [SETTING=VALUE]...   creates the server if it is new, and starts it
#   scripts/postgres.sh kill FOLDER                            kills it as a crash does
#   scripts/postgres.sh stop FOLDER                            stops it
set -euo pipefail
action=$1 folder=$2
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$programs" ] || { echo "PostgreSQL is missing: apt-get install postgresql / 缺少 PostgreSQL" >&2; exit 3; }
# The server refuses to run as root.
as_user=()
[ "$(id -u)" -ne 0 ] || as_user=(runuser -u postgres --)

case $action in
  start)
    port=$3
    if [ ! -e "$folder/data/PG_VERSION" ]; then
      mkdir -p "$folder"
      [ "$(id -u)" -ne 0 ] || chown postgres "$folder"
      "${as_user[@]}" "$programs/initdb" -D "$folder/data" -A trust -U ser --no-locale -E UTF8 >"$folder/initdb.log"
      {
        echo "listen_addresses = '127.0.0.1'"
        echo "unix_socket_directories = ''"
        echo "max_connections = 300"
        printf '%s\n' "${@:4}"
      } >>"$folder/data/postgresql.conf"
    fi
    # After a crash, the old processes need a moment to end.
    for _ in $(seq 60); do
      "${as_user[@]}" "$programs/pg_ctl" -D "$folder/data" -l "$folder/data/log" -o "-p $port" -w start >/dev/null 2>&1 && exit 0
      sleep 0.5
    done
    tail -n 20 "$folder/data/log" >&2
    exit 1
    ;;
  kill)
    postmaster=$(head -n 1 "$folder/data/postmaster.pid")
    children=$(cat "/proc/$postmaster/task/$postmaster/children" 2>/dev/null || true)
    kill -9 "$postmaster"
    # Its processes notice that a moment later; until then they answer.
    for _ in $(seq 200); do
      # shellcheck disable=SC2086
      kill -0 $children 2>/dev/null || break
      sleep 0.05
    done
    ;;
  stop)
    "${as_user[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null
    ;;
esac
