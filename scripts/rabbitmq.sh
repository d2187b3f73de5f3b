#!/usr/bin/env bash
# RabbitMQ for tests and trials: one server, or a cluster of three; loopback only, as guest with the password guest, in a folder of its own.
#   scripts/rabbitmq.sh start FOLDER PORT [NODES] [SETTING=VALUE]...   creates 1 (or 3) nodes if they are new, starts what does not run
#   scripts/rabbitmq.sh kill FOLDER [N]                                kills node N (1) as a crash does
#   scripts/rabbitmq.sh leader FOLDER QUEUE [HOST]                     prints the N of the node that leads a quorum queue
#   scripts/rabbitmq.sh ctl FOLDER N ARGUMENT...                       runs rabbitmqctl for node N
#   scripts/rabbitmq.sh wipe FOLDER                                    kills all nodes and deletes their data
#   scripts/rabbitmq.sh stop FOLDER                                    kills all nodes and what they need
# Node N listens on PORT + N - 1. Line N of FOLDER/places, if that file exists, gives the network namespace of node N and its address there:
# the nodes then accept connections from other machines, and the namespaces of the caller end Erlang's port mappers.
set -euo pipefail
action=$1 folder=$(realpath -m "$2")
# Not those on PATH, which change to another user.
programs=/usr/lib/rabbitmq/bin
[ -e "$programs/rabbitmq-server" ] || { echo "RabbitMQ is missing: apt-get install rabbitmq-server / 缺少 RabbitMQ" >&2; exit 3; }

all_nodes() { seq "$(cat "$folder/nodes")"; }

# works_in FOLDER PID_FILE: whether the process still runs. Its folder tells it from a later one with the same number.
works_in() { [ "$(readlink "/proc/$(cat "$2" 2>/dev/null)/cwd")" = "$1" ]; }
runs() { works_in "$folder/n$1" "$folder/n$1/pid"; }
answers() { (exec 3<>"/dev/tcp/${2:-127.0.0.1}/$1") 2>/dev/null; }

# Fills "place", the command that starts a program where node N is, "address" and "host".
find_place() {
  place=() address=127.0.0.1 host=localhost
  [ -e "$folder/places" ] || return 0
  place=(ip netns exec "$(sed -n "$1 s/ .*//p" "$folder/places")")
  address=$(sed -n "$1 s/.* //p" "$folder/places")
  host=$address
}

# Fills "environment" for the programs of node N, which shall read no settings of the caller and of the machine.
enter() {
  local node=$folder/n$1 base interface
  base=$(cat "$folder/base")
  find_place "$1"
  interface="-kernel inet_dist_use_interface {${address//./,}}"
  environment=("${place[@]}" env -i -C "$node" PATH="$PATH" LANG=C.UTF-8 HOME="$folder" ERL_EPMD_ADDRESS="$address" ERL_EPMD_PORT="$base"
    RABBITMQ_NODENAME="n$1@$host" RABBITMQ_NODE_IP_ADDRESS="$address" RABBITMQ_NODE_PORT="$(($(cat "$folder/port") + $1 - 1))"
    RABBITMQ_DIST_PORT="$((base + $1))" RABBITMQ_CTL_DIST_PORT_MIN=0 RABBITMQ_CTL_DIST_PORT_MAX=0
    RABBITMQ_MNESIA_BASE="$node/data" RABBITMQ_LOG_BASE="$node/log" RABBITMQ_CONFIG_FILE="$node/rabbitmq"
    RABBITMQ_CONFIG_FILES="$node/none" RABBITMQ_ADVANCED_CONFIG_FILE="$node/none" RABBITMQ_CONF_ENV_FILE="$node/none"
    RABBITMQ_ENABLED_PLUGINS_FILE="$folder/plugins" RABBITMQ_CTL_ERL_ARGS="$interface"
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="$interface")
  # Erlang takes addresses as names of machines only if names are long.
  [ "$host" = localhost ] || environment+=(RABBITMQ_USE_LONGNAME=true)
}

ctl() {
  enter "$1"
  "${environment[@]}" "$programs/rabbitmqctl" -q -n "n$1@$host" "${@:2}"
}

create() {
  local n first
  find_place 1
  first=n1@$host
  (umask 277 && od -An -N 20 -tx1 /dev/urandom | tr -d ' \n' >"$folder/.erlang.cookie")
  echo '[].' >"$folder/plugins"
  {
    echo "vm_memory_high_watermark.absolute = 512MB"
    echo "disk_free_limit.absolute = 50MB"
    echo "cluster_partition_handling = pause_minority"
    echo "log.console = false"
    # The last of two equal names counts.
    printf '%s\n' "${@:2}"
  } >"$folder/rabbitmq.conf"
  for n in $(seq "$1"); do
    mkdir "$folder/n$n"
    cp "$folder/rabbitmq.conf" "$folder/n$n/rabbitmq.conf"
    find_place "$n"
    # New nodes join the first one. They name themselves to get its lock: one after the other.
    [ "$n" -eq 1 ] || printf 'cluster_formation.classic_config.nodes.%s\n' "1 = $first" "2 = n$n@$host" \
      >>"$folder/n$n/rabbitmq.conf"
  done
  echo "$1" >"$folder/nodes"
}

# Starts the port mapper of Erlang on the first of four ports, the others of which are for the nodes to talk to each other. They are below
# those that the system gives to connections, and the mapper reserves them among all instances until "stop".
start_mapper() {
  local base first
  # A node on a machine of its own starts its mapper itself.
  [ ! -e "$folder/places" ] || { echo $(($(cat "$folder/port") + 10)) >"$folder/base" && return 0; }
  works_in "$folder" "$folder/mapper" && return 0
  first=$(cat "$folder/base" 2>/dev/null || true)
  for _ in $(seq 100); do
    base=${first:-$((10000 + RANDOM % 5000 * 4))} first=
    if answers "$base" || answers $((base + 1)) || answers $((base + 2)) || answers $((base + 3)); then continue; fi
    setsid env -i -C "$folder" PATH="$PATH" ERL_EPMD_ADDRESS=127.0.0.1 epmd -port "$base" </dev/null >"$folder/mapper.log" 2>&1 &
    echo $! >"$folder/mapper"
    while kill -0 $! 2>/dev/null && ! answers "$base"; do sleep 0.02; done
    # It ends at once if another one was faster.
    sleep 0.05
    if works_in "$folder" "$folder/mapper"; then
      echo "$base" >"$folder/base"
      return 0
    fi
  done
  cat "$folder/mapper.log" >&2
  return 1
}

launch() {
  runs "$1" && return 0
  enter "$1"
  # "detached" lets the shell become the server, instead of waiting for it.
  setsid "${environment[@]}" detached=1 "$programs/rabbitmq-server" </dev/null >"$folder/n$1/output" 2>&1 &
  echo $! >"$folder/n$1/pid"
}

await() {
  local port=$(($(cat "$folder/port") + $1 - 1))
  # rabbitmqctl would fail until then.
  find_place "$1"
  for _ in $(seq 1800); do
    answers "$port" "$address" && ctl "$1" await_startup && runs "$1" && return 0
    kill -0 "$(cat "$folder/n$1/pid")" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$folder/n$1/output" >&2
  return 1
}

kill_node() {
  local pid
  runs "$1" || return 0
  pid=$(cat "$folder/n$1/pid")
  kill -9 -- "-$pid"
  while runs "$1"; do sleep 0.02; done
}

kill_all() {
  local n
  [ -e "$folder/nodes" ] || return 0
  for n in $(all_nodes); do kill_node "$n"; done
}

leader() {
  local n lines
  for n in $(all_nodes); do
    runs "$n" || continue
    lines=$(ctl "$n" list_queues -p "$2" --no-table-headers name leader 2>/dev/null) || continue
    lines=$(awk -F '\t' -v queue="$1" '$1 == queue { print $2 }' <<<"$lines" | sed -n 's/^n\([0-9]*\)@.*/\1/p')
    [ -z "$lines" ] || { echo "$lines"; return 0; }
  done
  return 1
}

case $action in
  start)
    port=$3 count=1 settings=("${@:4}")
    case ${4:-} in
      1 | 3) count=$4 settings=("${@:5}") ;;
    esac
    mkdir -p "$folder"
    [ -e "$folder/nodes" ] || create "$count" "${settings[@]}"
    echo "$port" >"$folder/port"
    start_mapper
    # Those that join it would give up before it is ready.
    [ -e "$folder/n1/data" ] || { launch 1 && await 1; }
    for n in $(all_nodes); do launch "$n"; done
    for n in $(all_nodes); do await "$n"; done
    [ "$(cat "$folder/nodes")" -eq 1 ] || ctl 1 await_online_nodes "$(cat "$folder/nodes")"
    ;;
  kill) kill_node "${3:-1}" ;;
  leader)
    # None leads until the nodes have elected one.
    for _ in $(seq 40); do
      leader "$3" "${4:-/}" && exit 0
      sleep 0.25
    done
    echo "No node leads $3." >&2
    exit 1
    ;;
  ctl) ctl "$3" "${@:4}" ;;
  wipe)
    kill_all
    rm -rf "$folder"/n[0-9]/data
    ;;
  stop)
    kill_all
    ! works_in "$folder" "$folder/mapper" || kill "$(cat "$folder/mapper")"
    ;;
esac
