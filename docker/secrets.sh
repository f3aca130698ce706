#!/usr/bin/env bash
# Makes docker/secrets/ with random secrets; what is there already stays.
set -euo pipefail
cd "$(dirname "$0")"
umask 077
mkdir -p secrets && cd secrets

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { [[ -e $1 ]] || printf '%s' "$2" >"$1"; }

keep secret_key "$(random)$(random)"
keep postgres_password "$(random)"
keep owner_password "$(random)"
keep app_password "$(random)"
keep broker_password "$(random)"
keep metrics_token "$(random)"
keep s3_access_key "$(random)"
keep s3_secret_key "$(random)"
keep database_url "postgresql://lookus_app:$(<app_password)@database:5432/lookus"
keep owner_database_url "postgresql://lookus_owner:$(<owner_password)@database:5432/lookus"
keep pooled_database_url "postgresql://lookus_app:$(<app_password)@pooler:6432/lookus"
keep pooler_users "\"lookus_app\" \"$(<app_password)\"
"
keep broker_url "amqp://lookus:$(<broker_password)@broker:5672//"
keep s3.json "{\"identities\": [{\"name\": \"lookus\", \"credentials\": [{
  \"accessKey\": \"$(<s3_access_key)\", \"secretKey\": \"$(<s3_secret_key)\"}],
  \"actions\": [\"Admin\", \"Read\", \"Write\", \"List\"]}]}"
keep rabbitmq.conf "default_user = lookus
default_pass = $(<broker_password)
"
# Containers read these as users of their own; the folder itself lets nobody else in.
chmod 644 ./*
