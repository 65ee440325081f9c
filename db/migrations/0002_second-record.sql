DROP INDEX "cases_no";--> statement-breakpoint
DROP INDEX "records_document";--> statement-breakpoint
ALTER TABLE "registration_hits" ALTER COLUMN "department_code" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "input" jsonb;--> statement-breakpoint
ALTER TABLE "deadlines" ADD COLUMN "rung_dates" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "enterprises" ADD COLUMN "registered_on" date;--> statement-breakpoint
ALTER TABLE "enterprises" ADD COLUMN "cancelled_on" date;--> statement-breakpoint
ALTER TABLE "record_versions" ADD COLUMN "withdraws" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "cases_no_beginning" ON "cases" USING btree ("case_no" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "records_withdrawn" ON "records" USING btree ("document_no") WHERE withdrawn_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "records_document" ON "records" USING btree ("department_code","kind","document_no") WHERE withdrawn_at is null;--> statement-breakpoint
-- What is known already, as the registration of each enterprise's latest day says.
UPDATE "enterprises" SET "registered_on" = latest."registered_on",
  "cancelled_on" = CASE WHEN latest."event" = 'cancel' THEN latest."registered_on" END
FROM (
  SELECT DISTINCT ON ("uscc") "uscc", "registered_on", "event" FROM "registrations"
  ORDER BY "uscc", "registered_on" DESC, "event" = 'cancel' DESC
) AS latest WHERE latest."uscc" = "enterprises"."uscc";
--> statement-breakpoint
-- Rungs that fired and commands that were answered are as much a record as the audit log; nor is any of them emptied.
CREATE TRIGGER reference_changes_no_truncate BEFORE TRUNCATE ON reference_changes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER rungs_append_only BEFORE UPDATE OR DELETE ON rungs
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER rungs_no_truncate BEFORE TRUNCATE ON rungs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER commands_append_only BEFORE UPDATE OR DELETE ON commands
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER commands_no_truncate BEFORE TRUNCATE ON commands
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
