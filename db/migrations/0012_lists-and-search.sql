-- Text as it is searched: full-width as half-width, letters small, without spaces. The one folding of what is stored and what
-- is asked.
CREATE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN translate(lower(normalize($1, NFKC) COLLATE "C"), ' ', '');
--> statement-breakpoint
-- The pairs of neighbouring characters; none of a text of one. Names nothing outside pg_catalog: indexes are built without a
-- search path. PL/pgSQL is several times as fast here as one query in SQL.
CREATE FUNCTION bigrams(content text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  pairs text[] := '{}';
BEGIN
  FOR place IN 1 .. length(content) - 1 LOOP
    pairs := pairs || substr(content, place, 2);
  END LOOP;
  RETURN pairs;
END $$;
--> statement-breakpoint
CREATE TABLE "pool_scopes" (
	"case_id" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL
);
--> statement-breakpoint
DROP INDEX "cases_list";--> statement-breakpoint
DROP INDEX "cases_region";--> statement-breakpoint
DROP INDEX "cases_due";--> statement-breakpoint
DROP INDEX "cases_open_department";--> statement-breakpoint
DROP INDEX "cases_open_stage";--> statement-breakpoint
DROP INDEX "enterprises_name";--> statement-breakpoint
DROP INDEX "registrations_region";--> statement-breakpoint
-- How many returned pushes have a reason: without it, PostgreSQL would rather sort all of them than read a page in order.
CREATE STATISTICS cases_returned (mcv) ON case_type, stage, (facts -> 'returnReason' ->> 'reasonCode') FROM cases;
--> statement-breakpoint
-- What is in the pool already, and then every entry with its case.
INSERT INTO "pool_scopes" ("case_id", "scope")
  SELECT "case_id", "scope" FROM "cases" JOIN "registrations" ON "registration_no" = "case_no" WHERE "case_type" = 'poolEntry';
--> statement-breakpoint
CREATE FUNCTION keep_pool_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pool_scopes (case_id, scope)
    SELECT NEW.case_id, scope FROM registrations WHERE registration_no = NEW.case_no
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER cases_pool_scope AFTER INSERT ON cases
  FOR EACH ROW WHEN (NEW.case_type = 'poolEntry') EXECUTE FUNCTION keep_pool_scope();
--> statement-breakpoint
CREATE INDEX "pool_scopes_pairs" ON "pool_scopes" USING gin (bigrams(folded("scope")));--> statement-breakpoint
CREATE INDEX "cases_order" ON "cases" USING btree ("status",coalesce(due_at, 'infinity'),"case_id");--> statement-breakpoint
CREATE INDEX "cases_stage_order" ON "cases" USING btree ("case_type","stage","status",coalesce(due_at, 'infinity'),"case_id");--> statement-breakpoint
CREATE INDEX "cases_region_order" ON "cases" USING btree ("region_code" text_pattern_ops,"status",coalesce(due_at, 'infinity'),"case_id");--> statement-breakpoint
CREATE INDEX "cases_department_order" ON "cases" USING btree ("department_code","status",coalesce(due_at, 'infinity'),"case_id");--> statement-breakpoint
CREATE INDEX "cases_breached" ON "cases" USING btree ("status",coalesce(due_at, 'infinity'),"case_id") WHERE breached_at is not null;--> statement-breakpoint
CREATE INDEX "cases_stage" ON "cases" USING btree ("case_type","stage","region_code" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "enterprises_name_pairs" ON "enterprises" USING gin (bigrams(folded("name")));--> statement-breakpoint
CREATE INDEX "registrations_name_pairs" ON "registrations" USING gin (bigrams(folded("name")));--> statement-breakpoint
CREATE INDEX "registrations_region" ON "registrations" USING btree ("region_code" text_pattern_ops,"accepted_at","registration_no");