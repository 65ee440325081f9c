-- Folding all that waits took a third of a second at a time, with claims behind it. A page is as right as all: each row adds
-- up with whatever is folded already.
DROP FUNCTION fold_tallies();
--> statement-breakpoint
-- Moves what was appended into the rollup, in one transaction, so that readers of both tables never miss or double it.
-- One at a time; a second one does nothing.
CREATE FUNCTION fold_tallies(most bigint DEFAULT NULL) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE folded integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(720167, 13) THEN RETURN 0; END IF;
  WITH taken AS (DELETE FROM tally_changes WHERE ctid = ANY (ARRAY(SELECT ctid FROM tally_changes LIMIT most)) RETURNING *),
  written AS (
    INSERT INTO tallies AS kept (grain, figure, case_type, department_code, region_code, day, due_at, detail, count)
    SELECT grain, figure, case_type, CASE WHEN grain IN ('day', 'month', 'ever') THEN department_code END,
      place_at_grain(grain, region_code), at_grain(grain, day), due_at, detail, sum(count)
    FROM taken JOIN tally_grains USING (figure)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(count) <> 0
    ON CONFLICT ON CONSTRAINT tallies_key DO UPDATE SET count = kept.count + excluded.count
  )
  SELECT count(*) INTO folded FROM taken;
  DELETE FROM tallies WHERE count = 0;
  RETURN folded;
END $$;
