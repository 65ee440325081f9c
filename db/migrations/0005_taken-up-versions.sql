ALTER TABLE "record_versions" ADD COLUMN "taken_up_at" timestamp with time zone;--> statement-breakpoint
-- Versions that came into being before: received, shown, or named by a step of their case. The rest came with refused commands.
UPDATE "record_versions" SET "taken_up_at" = "recorded_at"
WHERE "version" = 1 OR "shown_from" IS NOT NULL OR EXISTS (
  SELECT 1 FROM "audit_log"
  WHERE "audit_log"."case_id" = "record_versions"."case_id"
    AND "audit_log"."after" ->> 'version' = "record_versions"."version"::text
);
