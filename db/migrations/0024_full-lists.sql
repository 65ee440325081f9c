CREATE TABLE "full_lists" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"list" text NOT NULL,
	"organ" text NOT NULL,
	"region_code" text NOT NULL,
	"as_of" date NOT NULL,
	"their_count" integer NOT NULL,
	"their_hash" text NOT NULL,
	"our_count" integer NOT NULL,
	"our_hash" text NOT NULL,
	"missing" integer,
	"unknown" integer,
	"received_at" timestamp with time zone NOT NULL,
	"received_by" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "full_lists_newest" ON "full_lists" USING btree ("list","organ","region_code","as_of");--> statement-breakpoint
CREATE INDEX "full_lists_region" ON "full_lists" USING btree ("region_code" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "listings_authority" ON "listings" USING btree ("list","authority");--> statement-breakpoint
CREATE INDEX "listings_authority_code" ON "listings" USING btree ("list","authority_code");--> statement-breakpoint
CREATE TRIGGER full_lists_append_only BEFORE UPDATE OR DELETE ON full_lists
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER full_lists_no_truncate BEFORE TRUNCATE ON full_lists
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
-- Entries whose deciding organ was retired before retirements were told.
INSERT INTO "outbox" ("kind", "key", "payload")
SELECT 'tell-case', concat_ws(':', 'tell', c."case_id", 'deciderRetired', c."department_code"),
  jsonb_build_object('caseId', c."case_id", 'signal', 'deciderRetired', 'args', jsonb_build_array(c."department_code"))
FROM "cases" c JOIN "departments" d ON d."code" = c."department_code"
WHERE c."case_type" = 'listing' AND c."status" = 'open' AND d."retired_at" IS NOT NULL
ON CONFLICT DO NOTHING;
