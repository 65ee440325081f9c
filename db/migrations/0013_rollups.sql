CREATE TABLE "assessed_cases" (
	"month" text NOT NULL,
	"case_id" text NOT NULL,
	"department_code" text NOT NULL,
	"digest" "bytea" NOT NULL,
	"statutory" integer DEFAULT 0 NOT NULL,
	"statutory_good" integer DEFAULT 0 NOT NULL,
	"norm" integer DEFAULT 0 NOT NULL,
	"norm_good" integer DEFAULT 0 NOT NULL,
	"supervision" integer DEFAULT 0 NOT NULL,
	"supervision_good" integer DEFAULT 0 NOT NULL,
	"returns" integer DEFAULT 0 NOT NULL,
	"returns_good" integer DEFAULT 0 NOT NULL,
	"breaches" integer DEFAULT 0 NOT NULL,
	"used_days" integer DEFAULT 0 NOT NULL,
	"allowed_days" integer DEFAULT 0 NOT NULL,
	"supervised" integer DEFAULT 0 NOT NULL,
	"criticised" integer DEFAULT 0 NOT NULL,
	"corrected" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "assessed_cases_month_case_id_department_code_pk" PRIMARY KEY("month","case_id","department_code")
);
--> statement-breakpoint
CREATE TABLE "assessment_progress" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"through" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tallies" (
	"grain" text NOT NULL,
	"figure" text NOT NULL,
	"case_type" text,
	"department_code" text,
	"region_code" text NOT NULL,
	"day" date,
	"due_at" timestamp with time zone,
	"detail" jsonb,
	"count" integer NOT NULL,
	CONSTRAINT "tallies_key" UNIQUE NULLS NOT DISTINCT("grain","figure","day","case_type","department_code","region_code","due_at","detail")
);
--> statement-breakpoint
CREATE TABLE "tally_changes" (
	"figure" text NOT NULL,
	"case_type" text,
	"department_code" text,
	"region_code" text NOT NULL,
	"day" date,
	"due_at" timestamp with time zone,
	"detail" jsonb,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "tallies_empty" ON "tallies" USING btree ("count") WHERE count = 0;--> statement-breakpoint
-- From here on by hand: what is counted, by whom, and how it is folded (docs/adr/0013-rollups.md).
-- The legal day, UTC+8.
CREATE FUNCTION legal_day(at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (at AT TIME ZONE interval '8 hours')::date;
--> statement-breakpoint
-- The breaches that stand, with their day (a limit ends with its last day), and whether the case's own department answers
-- for them. `unseen` are rungs that are left out: those that a statement has just inserted.
CREATE FUNCTION breaches_of(case_id text, department_code text, unseen rungs[])
RETURNS TABLE (limit_id text, day date, own boolean) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT r.limit_id, legal_day(r.due_at - interval '1 microsecond'), r.answering IS NOT DISTINCT FROM $2
  FROM rungs r
  WHERE r.case_id = $1 AND r.rung = 'due'
    AND NOT EXISTS (SELECT FROM unnest($3) u WHERE (u.case_id, u.limit_id, u.ladder, u.rung) = (r.case_id, r.limit_id, r.ladder, r.rung))
    AND NOT EXISTS (SELECT FROM rungs taken WHERE taken.case_id = r.case_id AND taken.limit_id = r.limit_id
      AND taken.ladder = r.ladder AND taken.rung = 'withdrawn'
      AND NOT EXISTS (SELECT FROM unnest($3) u WHERE (u.case_id, u.limit_id, u.ladder, u.rung) = (taken.case_id, taken.limit_id, taken.ladder, taken.rung)))
$$;
--> statement-breakpoint
-- The days on which a case was late; `since` is the one before, so that a period counts the case once: on the first of its
-- days that lies in it.
CREATE FUNCTION late_days(case_id text, department_code text, unseen rungs[])
RETURNS TABLE (figure text, day date, since date) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN QUERY SELECT f.figure, b.day, lag(b.day) OVER (PARTITION BY f.figure ORDER BY b.day)
    FROM breaches_of(case_id, department_code, unseen) b
    JOIN (VALUES ('breached'), ('breachedOwn')) f (figure) ON b.own OR f.figure = 'breached'
    GROUP BY f.figure, b.day;
END $$;
--> statement-breakpoint
CREATE FUNCTION late_limits(case_id text, department_code text, unseen rungs[])
RETURNS jsonb LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object('late', jsonb_agg(DISTINCT b.limit_id), 'own', jsonb_agg(DISTINCT b.limit_id) FILTER (WHERE b.own))
    FROM breaches_of(case_id, department_code, unseen) b);
END $$;
--> statement-breakpoint
-- What a case counts for. Kept simple, and called with row(c.*), so that PostgreSQL plans it as a part of the query; breaches, which few
-- cases have, are asked of functions with plans of their own.
CREATE FUNCTION tallies_of(c cases, unseen rungs[])
RETURNS TABLE (figure text, case_type text, department_code text, region_code text, day date, due_at timestamptz, detail jsonb)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT 'opened', c.case_type, c.department_code, c.region_code, legal_day(c.opened_at), NULL::timestamptz, NULL::jsonb
  UNION ALL
  SELECT 'open', c.case_type, c.department_code, c.region_code, NULL, c.due_at, NULL WHERE c.status = 'open'
  UNION ALL
  SELECT 'closed', c.case_type, c.department_code, c.region_code, legal_day(c.closed_at), NULL,
    nullif(jsonb_strip_nulls(
      CASE WHEN c.breached_at IS NULL THEN '{}' ELSE late_limits(c.case_id, c.department_code, unseen) END ||
      CASE WHEN c.case_type = 'registrationPush' AND c.stage = 'returned'
        THEN jsonb_build_object('reason', coalesce(c.facts -> 'returnReason' ->> 'reasonCode', '')) ELSE '{}' END), '{}')
  WHERE c.closed_at IS NOT NULL
  UNION ALL
  SELECT d.figure, c.case_type, c.department_code, c.region_code, d.day, NULL,
    CASE WHEN d.since IS NOT NULL THEN jsonb_build_object('since', d.since) END
  FROM late_days(c.case_id, c.department_code, unseen) d WHERE c.breached_at IS NOT NULL
  UNION ALL
  SELECT 'judged', NULL, NULL, c.region_code, NULL, NULL, jsonb_build_object('item', h.item_id, 'keyword', h.keyword,
    'wrong', coalesce(c.facts -> 'returnReason' ->> 'reasonCode' = 'not-in-scope', false))
  FROM registration_hits h
  WHERE c.case_type = 'registrationPush' AND c.round = 1 AND c.stage IN ('fedBack', 'returned')
    AND h.registration_no = c.case_no AND h.department_code = c.facts ->> 'chain'
$$;
--> statement-breakpoint
-- Items for which the registration was found by matching, or had to be claimed. A registration counts once for an item,
-- however many of its cases name it.
CREATE FUNCTION items_of(c cases) RETURNS TABLE (figure text, case_no text, region_code text, item text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT 'found', c.case_no, c.region_code, i.item FROM jsonb_array_elements_text(CASE jsonb_typeof(c.facts -> 'itemIds') WHEN 'array' THEN c.facts -> 'itemIds' END) i (item)
  WHERE c.case_type = 'registrationPush' AND c.stage = 'fedBack' AND c.facts ->> 'claimedFromPool' = 'false'
  UNION ALL
  SELECT 'missed', c.case_no, c.region_code, i.item FROM jsonb_array_elements_text(CASE jsonb_typeof(c.facts -> 'claimedItemIds') WHEN 'array' THEN c.facts -> 'claimedItemIds' END) i (item)
  WHERE c.case_type = 'poolEntry'
$$;
--> statement-breakpoint
-- The full recount: what the rollups have to say.
CREATE VIEW recounted_tallies AS
SELECT figure, case_type, department_code, region_code, day, due_at, detail, count(*)::int AS count FROM (
  SELECT t.* FROM cases c CROSS JOIN LATERAL tallies_of(row(c.*)::cases, '{}') t
  UNION ALL
  SELECT 'registered', NULL, NULL, region_code, legal_day(accepted_at), NULL, NULL FROM registrations
  UNION ALL
  SELECT figure, NULL, NULL, region_code, NULL, NULL, jsonb_build_object('item', item)
  FROM (SELECT DISTINCT i.* FROM cases c CROSS JOIN LATERAL items_of(row(c.*)::cases) i) AS once
) AS counted GROUP BY figure, case_type, department_code, region_code, day, due_at, detail;
--> statement-breakpoint
-- At which grains a figure is kept: by department for the tables of departments, whole months for long periods, by region
-- and by prefecture (the first four digits) for what asks for no department, and once for all time.
CREATE VIEW tally_grains (figure, grain) AS VALUES
  ('opened', 'day'), ('opened', 'month'), ('opened', 'region'), ('opened', 'prefecture'), ('opened', 'ever'), ('open', 'ever'),
  ('closed', 'day'), ('closed', 'month'), ('closed', 'region'), ('closed', 'prefecture'),
  ('breached', 'day'), ('breached', 'month'), ('breached', 'region'), ('breached', 'prefecture'),
  ('breachedOwn', 'day'), ('breachedOwn', 'month'), ('breachedOwn', 'region'), ('breachedOwn', 'prefecture'),
  ('registered', 'region'), ('judged', 'ever'), ('found', 'ever'), ('missed', 'ever');
--> statement-breakpoint
CREATE FUNCTION at_grain(grain text, day date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE grain WHEN 'month' THEN day - extract(day FROM day)::int + 1 WHEN 'ever' THEN NULL ELSE day END;
--> statement-breakpoint
CREATE FUNCTION place_at_grain(grain text, region_code text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE grain WHEN 'prefecture' THEN left(region_code, 4) ELSE region_code END;
--> statement-breakpoint
-- Moves what was appended into the rollup, in one transaction, so that readers of both tables never miss or double it.
-- One at a time; a second one does nothing.
CREATE FUNCTION fold_tallies() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE folded integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(720167, 13) THEN RETURN 0; END IF;
  WITH taken AS (DELETE FROM tally_changes RETURNING *),
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
--> statement-breakpoint
-- Counts the registrations of these cases again for items that a statement has changed: `moves` has a row for each item
-- gained or lost by a case. Steps of one registration wait here for each other, so that neither overlooks the other.
CREATE FUNCTION count_items(moves jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM registrations WHERE registration_no IN (SELECT m ->> 'case_no' FROM jsonb_array_elements(moves) m)
  ORDER BY registration_no FOR NO KEY UPDATE;
  INSERT INTO tally_changes (figure, region_code, detail, count)
  SELECT figure, region_code, jsonb_build_object('item', item), sum((now > 0)::int - (now - net > 0)::int)
  FROM (
    SELECT m.*, (SELECT count(*) FROM cases c CROSS JOIN LATERAL items_of(row(c.*)::cases) i WHERE c.case_no = m.case_no
      AND (i.figure, i.region_code, i.item) = (m.figure, m.region_code, m.item)) AS now
    FROM jsonb_to_recordset(moves) m (figure text, case_no text, region_code text, item text, net integer)
  ) AS moved
  GROUP BY 1, 2, 3 HAVING sum((now > 0)::int - (now - net > 0)::int) <> 0;
END $$;
--> statement-breakpoint
CREATE FUNCTION tally_cases() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_changes SELECT t.*, count(*) FROM after a CROSS JOIN LATERAL tallies_of(row(a.*)::cases, '{}') t
    GROUP BY 1, 2, 3, 4, 5, 6, 7;
    SELECT jsonb_agg(m) INTO moves FROM (
      SELECT i.*, count(*) AS net FROM after a CROSS JOIN LATERAL items_of(row(a.*)::cases) i GROUP BY 1, 2, 3, 4) m;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO tally_changes SELECT t.*, -count(*) FROM before b CROSS JOIN LATERAL tallies_of(row(b.*)::cases, '{}') t
    GROUP BY 1, 2, 3, 4, 5, 6, 7;
    SELECT jsonb_agg(m) INTO moves FROM (
      SELECT i.*, -count(*) AS net FROM before b CROSS JOIN LATERAL items_of(row(b.*)::cases) i GROUP BY 1, 2, 3, 4) m;
  ELSIF EXISTS (SELECT FROM before b JOIN after a USING (case_id)
      WHERE (b.case_type, b.stage, b.status, b.case_no, b.round, b.department_code, b.region_code, b.opened_at, b.closed_at, b.due_at, b.breached_at, b.facts)
        IS DISTINCT FROM (a.case_type, a.stage, a.status, a.case_no, a.round, a.department_code, a.region_code, a.opened_at, a.closed_at, a.due_at, a.breached_at, a.facts)) THEN
    INSERT INTO tally_changes SELECT figure, case_type, department_code, region_code, day, due_at, detail, sum(n) FROM (
      SELECT t.*, 1 AS n FROM after a CROSS JOIN LATERAL tallies_of(row(a.*)::cases, '{}') t
      UNION ALL SELECT t.*, -1 FROM before b CROSS JOIN LATERAL tallies_of(row(b.*)::cases, '{}') t) AS moved
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0;
    SELECT jsonb_agg(m) INTO moves FROM (
      SELECT figure, case_no, region_code, item, sum(n) AS net FROM (
        SELECT i.*, 1 AS n FROM after a CROSS JOIN LATERAL items_of(row(a.*)::cases) i
        UNION ALL SELECT i.*, -1 FROM before b CROSS JOIN LATERAL items_of(row(b.*)::cases) i) AS moved
      GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0) m;
  END IF;
  IF moves IS NOT NULL THEN PERFORM count_items(moves); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER cases_tally_new AFTER INSERT ON cases REFERENCING NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION tally_cases();
--> statement-breakpoint
CREATE TRIGGER cases_tally_changed AFTER UPDATE ON cases REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION tally_cases();
--> statement-breakpoint
CREATE TRIGGER cases_tally_gone AFTER DELETE ON cases REFERENCING OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION tally_cases();
--> statement-breakpoint
-- A breach, or its withdrawal, of a case that is late already; the first one counts when the case is marked. Steps hold the
-- case's lock; whoever else inserts a rung takes it here, so that two writers of a case never count past each other.
CREATE FUNCTION tally_rungs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE fresh_rungs rungs[];
BEGIN
  SELECT array_agg(row(f.*)::rungs) INTO fresh_rungs FROM fresh f WHERE rung IN ('due', 'withdrawn');
  IF fresh_rungs IS NULL THEN RETURN NULL; END IF;
  PERFORM FROM cases WHERE case_id IN (SELECT case_id FROM unnest(fresh_rungs)) ORDER BY case_id FOR NO KEY UPDATE;
  INSERT INTO tally_changes SELECT figure, case_type, department_code, region_code, day, due_at, detail, sum(n) FROM (
    SELECT t.*, n.n FROM (SELECT r.case_id, array_agg(r) AS own FROM unnest(fresh_rungs) r GROUP BY 1) f
    JOIN cases c ON c.case_id = f.case_id AND c.breached_at IS NOT NULL
    CROSS JOIN LATERAL (VALUES (1, '{}'::rungs[]), (-1, f.own)) n (n, unseen)
    CROSS JOIN LATERAL tallies_of(row(c.*)::cases, n.unseen) t) AS moved
  GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER rungs_tally AFTER INSERT ON rungs REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION tally_rungs();
--> statement-breakpoint
CREATE FUNCTION tally_registrations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tally_changes (figure, region_code, day, count)
  SELECT 'registered', region_code, legal_day(accepted_at), count(*) FROM fresh GROUP BY 2, 3;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER registrations_tally AFTER INSERT ON registrations REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION tally_registrations();
--> statement-breakpoint
-- What exists already. The audit log is read by the program after this migration (db/rollups/assessed-cases.ts).
INSERT INTO tally_changes SELECT figure, case_type, department_code, region_code, day, due_at, detail, count FROM recounted_tallies;
--> statement-breakpoint
SELECT fold_tallies();
--> statement-breakpoint
INSERT INTO assessment_progress (through) VALUES (0);
