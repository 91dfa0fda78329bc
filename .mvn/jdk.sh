# Finds a JDK 25 or newer and exports JAVA_HOME. Sourced by mvnw and sluice (POSIX sh).
# With sluice_jdk_tool=java a JRE will do.
# Looks in JAVA_HOME, the java of the PATH, then the folders where packages and version managers put JDKs.

sluice_jdk_min=25

# Prints the feature version of the JDK in $1, or 0 when $1 is no JDK.
sluice_jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/${sluice_jdk_tool:-javac}" ] && [ -f "$1/release" ] || { echo 0; return; }
  sluice_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  echo "${sluice_version:-0}"
}

# Sets JAVA_HOME to $1 and succeeds when $1 is new enough.
sluice_jdk_take() {
  [ -n "$1" ] && [ "$(sluice_jdk_version "$1")" -ge "$sluice_jdk_min" ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

sluice_jdk_find() {
  sluice_jdk_take "${JAVA_HOME-}" && return
  sluice_java=$(command -v java || :)
  if [ -n "$sluice_java" ]; then
    sluice_java=$(readlink -f "$sluice_java" 2>/dev/null || echo "$sluice_java")
    sluice_jdk_take "${sluice_java%/bin/java}" && return
  fi
  for sluice_folder in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* /usr/local/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.jenv/versions/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    sluice_jdk_take "$sluice_folder" && return
  done
  return 1
}

# mvnw runs with `set -f`; the search needs the folder patterns expanded.
case $- in *f*) sluice_noglob=yes ;; *) sluice_noglob= ;; esac
set +f
if ! sluice_jdk_find; then
  echo "Sluice needs a JDK $sluice_jdk_min or newer and found none." >&2
  echo "Install one (for example Eclipse Temurin $sluice_jdk_min from https://adoptium.net, or your system's" >&2
  echo "openjdk-$sluice_jdk_min-jdk package), or set JAVA_HOME to the folder of one you have." >&2
  exit 1
fi
[ -z "$sluice_noglob" ] || set -f
