#!/usr/bin/env bash
# Runs what docs/cluster.md describes on this machine, for a try: PostgreSQL, RabbitMQ, a server and two workers, on loopback only.
#   scripts/cluster.sh PROGRAM_FOLDER [ARGUMENT OF THE SERVER]...
# Ctrl-C ends everything and deletes the data. If a worker or RabbitMQ ends, the others go on, as they do in a real cluster; without the
# server or PostgreSQL there is nothing to try, so everything ends.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
programs=$1
shift

. "$root/scripts/setup.sh"
missing() {
  echo "PostgreSQL and RabbitMQ are needed; only root can install them. / 需要 PostgreSQL 和 RabbitMQ，只有 root 能安装。" >&2
  exit 3
}
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need_packages /nonexistent=postgresql || missing
need_rabbitmq || missing
"$root/scripts/build.sh" "$programs" >&2

folder=$(mktemp -d "${TMPDIR:-/tmp}/ser-cluster-XXXXXX")
# The user of the database, which is not root, has to enter it.
chmod 711 "$folder"
mkdir "$folder/tmp"
names=() pids=()

end() {
  local status=$? pid
  trap '' HUP INT TERM
  echo "Ending ... / 正在结束……"
  # Without their two minutes: the data is deleted anyway.
  for pid in "${pids[@]}"; do kill -9 -- "-$pid" 2>/dev/null || true; done
  # What still starts could not be stopped.
  wait 2>/dev/null || true
  "$root/scripts/rabbitmq.sh" stop "$folder/rabbitmq" >/dev/null 2>&1 || true
  "$root/scripts/postgres.sh" stop "$folder/postgres" >/dev/null 2>&1 || true
  rm -rf "$folder"
  exit "$status"
}
trap end EXIT
trap 'exit 0' HUP INT TERM

# failed PART LOG: reports the part that could not start, and ends everything.
failed() {
  cat "$2" >&2 || true
  echo "$1 could not start. / $1 无法启动。" >&2
  exit 1
}

# free_port: prints a port below those that the system gives to connections.
free_port() {
  local port
  while port=$((15000 + RANDOM % 15000)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# start NAME TEXT ARGUMENT...: starts the program in a process group of its own, which Ctrl-C does not reach, and waits until it logs the text.
start() {
  local log=$folder/$1.log
  TMPDIR=$folder/tmp setsid "$programs/ser" "${@:3}" </dev/null >"$log" 2>&1 &
  names+=("$1") pids+=($!)
  # Bash would report its end in terms of this script.
  disown
  until grep -q "$2" "$log" 2>/dev/null; do
    kill -0 $! 2>/dev/null || failed "$1" "$log"
    sleep 0.1
  done
}

echo "Starting PostgreSQL, RabbitMQ, a server and two workers ... / 正在启动 PostgreSQL、RabbitMQ、一个服务和两个工作进程……"
postgres=$(free_port) rabbitmq=$(free_port)
# In the background, so that a signal does not interrupt them halfway.
"$root/scripts/postgres.sh" start "$folder/postgres" "$postgres" >"$folder/postgres.log" 2>&1 &
starting=$!
"$root/scripts/rabbitmq.sh" start "$folder/rabbitmq" "$rabbitmq" >"$folder/rabbitmq.log" 2>&1 &
wait $starting || failed PostgreSQL "$folder/postgres.log"
wait $! || failed RabbitMQ "$folder/rabbitmq.log"

# The administrative database of a server that nothing else uses.
export SER_DATABASE=postgresql://ser@127.0.0.1:$postgres/postgres SER_BROKER=amqp://guest:guest@127.0.0.1:$rabbitmq
start server 'serves http' serve --output "$folder/server" --files "$folder/files" "$@"
url=$(sed -n 's/.*serves \(http[^ ]*\).*/\1/p' "$folder/server.log" | head -n 1)
for n in 1 2; do start "worker$n" 'processes recordings' worker --files "$folder/files"; done
names+=(PostgreSQL RabbitMQ)
pids+=("$(head -n 1 "$folder/postgres/data/postmaster.pid")" "$(cat "$folder/rabbitmq/n1/pid")")

echo
echo "The page / 网页: $url"
for i in "${!names[@]}"; do
  case ${names[i]} in
    PostgreSQL) where=$SER_DATABASE ;;
    RabbitMQ) where=$SER_BROKER ;;
    *) where=$folder/${names[i]}.log ;;
  esac
  printf '  %-10s  process / 进程 %-8s %s\n' "${names[i]}" "${pids[i]}" "$where"
done
echo "Ctrl-C ends everything and deletes $folder. / 按 Ctrl-C 结束全部进程并删除 $folder。"

while sleep 0.5; do
  for i in "${!pids[@]}"; do
    kill -0 "${pids[i]}" 2>/dev/null && continue
    name=${names[i]}
    unset "pids[i]"
    case $name in
      server | PostgreSQL)
        tail -n 20 "$folder/server.log" >&2
        echo "$name ended, so everything ends. / $name 已退出，全部结束。" >&2
        exit 1
        ;;
      *) echo "$name ended; the others go on. / $name 已退出，其他进程继续运行。" >&2 ;;
    esac
  done
done
