#!/bin/sh
# What the live tests drive: LibreOffice with its Python bridge, PDF tools, a screen, Chinese fonts; and what is named here.
set -eu
packages="libreoffice-calc libreoffice-writer python3-uno poppler-utils fonts-noto-cjk fonts-wqy-zenhei xvfb xdotool jwm imagemagick python3-tk $*"
if ! command -v apt-get >/dev/null; then
  echo "not a Debian system: tests that drive LibreOffice or a screen will be skipped where these are missing"
  exit 0
fi
missing=""
for package in $packages; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "not root: these packages are missing and their tests will be skipped:$missing"
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null
