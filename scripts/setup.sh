# Sourced by build.sh, test.sh and the dev container: installs missing packages, or prints the command that installs them.

# need_sdk: requires the .NET 10 SDK, the only dependency that the scripts do not install.
need_sdk() {
  if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks | grep -q '^10\.'; then
    echo "The .NET 10 SDK is needed. / 需要 .NET 10 SDK。" >&2
    echo "  Debian, Ubuntu: https://learn.microsoft.com/dotnet/core/install/linux (package dotnet-sdk-10.0)" >&2
    exit 3
  fi
}

# need_node: requires Node.js 18 or newer with npm, which build the page.
need_node() {
  need_packages node=nodejs npm=npm || return 1
  local major
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  if [ "$major" -lt 18 ]; then
    echo "Node.js 18 or newer is needed to build the page; this is $(node --version). / 构建网页需要 Node.js 18 或更新版本。" >&2
    return 1
  fi
}

# need_packages PROBE=PACKAGE...: installs the Debian packages whose probe is missing. A probe is a program on PATH, a
# library name for ldconfig, or a file.
need_packages() {
  local missing=() pair
  for pair in "$@"; do
    have "${pair%%=*}" || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install: ${missing[*]} / 请安装：${missing[*]}" >&2
    return 1
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then
      as_root=(sudo)
    else
      echo "Please run / 请运行: sudo apt-get update && sudo apt-get install -y ${missing[*]}" >&2
      return 1
    fi
  fi
  echo "Installing ${missing[*]} ..." >&2
  "${as_root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# need_rabbitmq: installs RabbitMQ for the tests, which start servers of their own.
need_rabbitmq() {
  have /usr/lib/rabbitmq/bin/rabbitmq-server && return 0
  # By default, Debian would start one that listens on all interfaces, now and at each boot, and Erlang's port mapper with it.
  local as_root=() units=(rabbitmq-server.service epmd.service epmd.socket) status=0
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  have epmd && units=(rabbitmq-server.service)
  have systemctl && "${as_root[@]}" systemctl mask "${units[@]}" >/dev/null 2>&1
  need_packages /nonexistent=rabbitmq-server || status=1
  have systemctl && "${as_root[@]}" systemctl unmask "${units[@]}" >/dev/null 2>&1
  [ $status -ne 0 ] || ! have systemctl || "${as_root[@]}" systemctl disable "${units[@]}" >/dev/null 2>&1
  return $status
}

have() {
  case $1 in
    /*) [ -e "$1" ] ;;
    *.so.*) [[ $(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) == *"$1 "* ]] ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}
