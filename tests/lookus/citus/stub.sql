-- What stands in for Citus where there is none: its catalogs, and its functions with the rules by
-- which the real ones refuse a table. Nothing is moved: a distributed table stays where it was.
-- Sources: the Citus documentation of create_distributed_table and create_reference_table, its
-- regress tests pg15.sql, multi_row_level_security, and issue 7132 (no SET NULL in any spelling).
CREATE SCHEMA stub;
GRANT USAGE ON SCHEMA stub TO PUBLIC;

CREATE TABLE stub.pg_dist_partition (
    logicalrelid regclass PRIMARY KEY, partmethod "char", partkey text, colocationid int,
    repmodel "char", rows_seen bigint, at serial
);
CREATE TABLE stub.pg_dist_node (
    nodeid int, groupid int, nodename text, isactive bool, noderole text
);
CREATE TABLE stub.trouble (what text);
CREATE TABLE stub.given_back (name text);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA stub TO lookus_owner;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA stub TO lookus_owner;
INSERT INTO stub.pg_dist_node VALUES (1, 0, 'here', true, 'primary'), (2, 1, 'one', true, 'primary');

CREATE FUNCTION stub.refuse_keys(t regclass, by_hash bool) RETURNS void LANGUAGE plpgsql AS $$
DECLARE f record; to_hash bool; known bool;
BEGIN
  FOR f IN SELECT * FROM pg_constraint WHERE contype = 'f' AND conrelid = t LOOP
    SELECT partmethod = 'h' INTO to_hash FROM stub.pg_dist_partition WHERE logicalrelid = f.confrelid;
    known := FOUND;
    IF f.confrelid = t THEN known := true; to_hash := by_hash; END IF;
    IF NOT known THEN
      RAISE 'cannot create foreign key constraint %: referenced table must be a distributed table or a reference table', f.conname;
    END IF;
    IF to_hash AND NOT by_hash THEN
      RAISE 'foreign keys from reference tables to distributed tables are not supported: %', f.conname;
    END IF;
    IF by_hash AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = t AND attname = 'shop_id' AND attnum = ANY (f.conkey)) THEN
      IF f.confdeltype IN ('n', 'd') THEN
        RAISE 'SET NULL or SET DEFAULT is not supported in ON DELETE operation when distribution key is included: %', f.conname;
      END IF;
      IF f.confupdtype IN ('n', 'd', 'c') THEN
        RAISE 'SET NULL, SET DEFAULT or CASCADE is not supported in ON UPDATE operation: %', f.conname;
      END IF;
    END IF;
    IF to_hash AND NOT EXISTS (
        SELECT FROM unnest(f.conkey, f.confkey) AS b (mine, other)
        JOIN pg_attribute m ON m.attrelid = t AND m.attnum = mine AND m.attname = 'shop_id'
        JOIN pg_attribute o ON o.attrelid = f.confrelid AND o.attnum = other AND o.attname = 'shop_id') THEN
      RAISE 'foreign keys are supported between colocated tables including partition column: %', f.conname;
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION stub.count_rows(t regclass) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE found bigint;
BEGIN
  EXECUTE format('SELECT count(*) FROM %s', t) INTO found;
  RETURN found;
END $$;

CREATE FUNCTION stub.create_reference_table(t regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM stub.pg_dist_partition WHERE logicalrelid = t) THEN
    RAISE 'table % is already distributed', t;
  END IF;
  PERFORM stub.refuse_keys(t, false);
  INSERT INTO stub.pg_dist_partition VALUES (t, 'n', NULL, 0, 't', stub.count_rows(t));
END $$;

CREATE FUNCTION stub.create_distributed_table(
    t regclass, distribution_column text, colocate_with text, shard_count int DEFAULT NULL
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE one record; grouped int;
BEGIN
  IF EXISTS (SELECT FROM stub.trouble WHERE what = t::text) THEN
    RAISE 'could not connect to any active placements';
  END IF;
  IF EXISTS (SELECT FROM stub.pg_dist_partition WHERE logicalrelid = t) THEN
    RAISE 'table % is already distributed', t;
  END IF;
  IF (SELECT partstrat FROM pg_partitioned_table WHERE partrelid = t) = 'h' THEN
    RAISE 'the design says: distribute the unpartitioned form of %', t;
  END IF;
  IF colocate_with = 'none' THEN
    SELECT coalesce(max(colocationid), 0) + 1 INTO grouped FROM stub.pg_dist_partition;
    IF shard_count IS NULL THEN RAISE 'shard_count is missing'; END IF;
  ELSE
    IF shard_count IS NOT NULL THEN RAISE 'cannot use colocate_with with a table and shard_count at the same time'; END IF;
    SELECT colocationid INTO STRICT grouped FROM stub.pg_dist_partition
    WHERE logicalrelid = colocate_with::regclass AND partmethod = 'h';
  END IF;
  FOR one IN SELECT indexrelid::regclass AS name, indkey FROM pg_index
      WHERE indrelid = t AND (indisunique OR indisexclusion) LOOP
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = t AND attname = distribution_column AND attnum = ANY (one.indkey)) THEN
      RAISE 'cannot create constraint on %: distributed relations cannot have UNIQUE, EXCLUDE, or PRIMARY KEY constraints that do not include the partition column: %', t, one.name;
    END IF;
  END LOOP;
  IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = t AND NOT tgisinternal) THEN
    RAISE 'cannot distribute relation % because it has triggers', t;
  END IF;
  IF EXISTS (SELECT FROM pg_policy WHERE polrelid = t AND concat(pg_get_expr(polqual, t), pg_get_expr(polwithcheck, t)) ~* '\mselect\M') THEN
    RAISE 'cannot create policy: unexpected sub query: %', t;
  END IF;
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = t AND attidentity <> '' AND atttypid <> 'bigint'::regtype) THEN
    RAISE 'cannot complete operation on % with smallint/int identity column', t;
  END IF;
  PERFORM stub.refuse_keys(t, true);
  INSERT INTO stub.pg_dist_partition VALUES (t, 'h', distribution_column, grouped, 's', stub.count_rows(t));
END $$;

CREATE FUNCTION stub.truncate_local_data_after_distributing_table(t regclass) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE other regclass;
BEGIN
  IF NOT EXISTS (SELECT FROM stub.pg_dist_partition WHERE logicalrelid = t AND partmethod = 'h') THEN
    RAISE 'supplied parameter is not a distributed relation: %', t;
  END IF;
  SELECT conrelid INTO other FROM pg_constraint f WHERE contype = 'f' AND confrelid = t
    AND conparentid = 0
    AND NOT EXISTS (SELECT FROM stub.pg_dist_partition WHERE logicalrelid = f.conrelid);
  IF FOUND THEN
    RAISE 'cannot truncate a table referenced in a foreign key constraint by a local table: %', other;
  END IF;
  INSERT INTO stub.given_back VALUES (t::text);
END $$;

-- Where Citus is loaded its settings are known ones, which a database's owner may set.
GRANT SET ON PARAMETER citus.propagate_set_commands TO lookus_owner;
