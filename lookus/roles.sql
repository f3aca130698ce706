-- The three roles of LookUs. A superuser runs this file in `template1` and in LookUs' own database,
-- as often as wanted. docs/operations.md shows it on a server of your own.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lookus_owner') THEN
    CREATE ROLE lookus_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lookus_app') THEN
    CREATE ROLE lookus_app LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lookus_backup') THEN
    -- Reads every shop's rows and writes none. Where the server's master may not make it, backups
    -- are the server's own.
    BEGIN
      CREATE ROLE lookus_backup LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE BYPASSRLS;
      GRANT pg_read_all_data TO lookus_backup;
    EXCEPTION WHEN insufficient_privilege THEN
      RAISE NOTICE 'lookus_backup was not made: %', SQLERRM;
    END;
  END IF;
END
$$;

-- The only statements that Postgres keeps plans of are its own checks of foreign keys. Planned for
-- a shop that the statistics have not seen they would read all of the shop's rows each time.
ALTER ROLE lookus_app SET plan_cache_mode = force_generic_plan;

-- A machine that vanishes in mid-transaction says no goodbye: its locks end with its transaction,
-- and the shop goes on. Nothing of ours is silent for minutes inside one.
ALTER ROLE lookus_app SET idle_in_transaction_session_timeout = '5min';

CREATE EXTENSION IF NOT EXISTS vector;

-- No TRUNCATE: it would empty a table past every row-level policy.
ALTER DEFAULT PRIVILEGES FOR ROLE lookus_owner
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lookus_app;
ALTER DEFAULT PRIVILEGES FOR ROLE lookus_owner
  GRANT USAGE ON SEQUENCES TO lookus_app;
