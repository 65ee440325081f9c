CREATE TABLE "first_loads" (
	"kind" text NOT NULL,
	"file_hash" text NOT NULL,
	"import_id" uuid NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"reasons" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "first_loads_kind_file_hash_pk" PRIMARY KEY("kind","file_hash")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "first_loads_import" ON "first_loads" USING btree ("import_id");--> statement-breakpoint
-- What a province had when it started was never handed over: figures of registrations count it at no time.
CREATE OR REPLACE FUNCTION tally_registrations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tally_changes (figure, region_code, day, count)
  SELECT 'registered', region_code, legal_day(accepted_at), count(*) FROM fresh
  WHERE NOT EXISTS (SELECT FROM first_loads f WHERE f.import_id = fresh.import_id) GROUP BY 2, 3;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE VIEW recounted_tallies AS
SELECT figure, case_type, department_code, region_code, day, due_at, detail, count(*)::int AS count FROM (
  SELECT t.* FROM cases c CROSS JOIN LATERAL tallies_of(row(c.*)::cases, '{}') t
  UNION ALL
  SELECT 'registered', NULL, NULL, region_code, legal_day(accepted_at), NULL, NULL FROM registrations r
  WHERE NOT EXISTS (SELECT FROM first_loads f WHERE f.import_id = r.import_id)
  UNION ALL
  SELECT figure, NULL, NULL, region_code, NULL, NULL, jsonb_build_object('item', item)
  FROM (SELECT DISTINCT i.* FROM cases c CROSS JOIN LATERAL items_of(row(c.*)::cases) i) AS once
) AS counted GROUP BY figure, case_type, department_code, region_code, day, due_at, detail;
