#!/bin/sh
# Makes the certificates of the tests anew. They protect nothing; they are valid for a hundred years.
set -eu
cd "$(dirname "$0")"
days=36500

authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days $days \
    -subj "/CN=$1" -keyout "$1.key" -out "$1.pem"
}

# name, subject alternative names, key options
signed() {
  name=$1
  names=$2
  shift 2
  openssl req -newkey "$@" -nodes -subj "/CN=$name" -keyout "$name.key" -out "$name.csr"
  printf 'subjectAltName=%s\n' "$names" >"$name.ext"
  openssl x509 -req -in "$name.csr" -CA authority.pem -CAkey authority.key -CAcreateserial \
    -days $days -extfile "$name.ext" -out "$name.pem"
  rm "$name.csr" "$name.ext"
}

# Valid in January 2020 only; `openssl x509` cannot set the dates.
expired() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=expired \
    -keyout expired.key -out expired.csr
  : >index.txt
  printf '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\n' >ca.conf
  printf 'default_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n' >>ca.conf
  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' >expired.ext
  openssl ca -batch -config ca.conf -cert authority.pem -keyfile authority.key -notext \
    -startdate 20200101000000Z -enddate 20200201000000Z -extfile expired.ext \
    -in expired.csr -out expired.pem
  rm -f expired.csr expired.ext ca.conf index.txt* [0-9A-F]*.pem
}

authority authority
authority stranger
signed server DNS:localhost,DNS:collector.example,IP:127.0.0.1 ec -pkeyopt ec_paramgen_curve:P-256
signed elsewhere DNS:elsewhere.example ec -pkeyopt ec_paramgen_curve:P-256
signed client DNS:client rsa:2048
# The next certificate of the same server, and what is not valid any more.
signed renewed DNS:localhost,DNS:collector.example,IP:127.0.0.1 ec -pkeyopt ec_paramgen_curve:P-256
expired

# The same keys in the older formats.
openssl rsa -in client.key -traditional -out client-pkcs1.key
openssl ec -in server.key -out server-sec1.key
rm authority.key stranger.key authority.srl
