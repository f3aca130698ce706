#!/usr/bin/env bash
# First start of the database container: the two roles, their passwords, the database.
set -euo pipefail

roles() { psql -v ON_ERROR_STOP=1 -U postgres -d "$1" -f /lookus/roles.sql; }

roles template1
psql -v ON_ERROR_STOP=1 -U postgres -d postgres \
  -v owner="$(</run/secrets/owner_password)" -v app="$(</run/secrets/app_password)" <<'SQL'
ALTER ROLE lookus_owner PASSWORD :'owner';
ALTER ROLE lookus_app PASSWORD :'app';
CREATE DATABASE lookus OWNER lookus_owner;
SQL
roles lookus
