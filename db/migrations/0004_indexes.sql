DROP INDEX "cases_region";--> statement-breakpoint
DROP INDEX "cases_open_stage";--> statement-breakpoint
DROP INDEX "registrations_region";--> statement-breakpoint
CREATE INDEX "attachments_content" ON "attachments" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit_log" USING btree ("actor","id");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_breaches" ON "audit_log" USING btree ("at") WHERE action in ('rung:due', 'breach.withdrawn');--> statement-breakpoint
CREATE INDEX "cases_due" ON "cases" USING btree ("case_type",coalesce(due_at, 'infinity'),"case_id");--> statement-breakpoint
CREATE INDEX "cases_opened" ON "cases" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "cases_closed" ON "cases" USING btree ("closed_at") WHERE closed_at is not null;--> statement-breakpoint
CREATE INDEX "rungs_breaches" ON "rungs" USING btree ("due_at") WHERE rung = 'due';--> statement-breakpoint
CREATE INDEX "notices_case" ON "notices" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "outbox_told" ON "outbox" USING btree ((payload->>'caseId')) WHERE kind = 'tell-case';--> statement-breakpoint
CREATE INDEX "restrictions_listing" ON "restrictions" USING btree ("listing_id");--> statement-breakpoint
CREATE INDEX "registrations_accepted" ON "registrations" USING btree ("accepted_at","registration_no");--> statement-breakpoint
CREATE INDEX "cases_region" ON "cases" USING btree ("case_type","region_code" text_pattern_ops,"stage");--> statement-breakpoint
CREATE INDEX "cases_open_stage" ON "cases" USING btree ("case_type","stage","region_code" text_pattern_ops,"due_at") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "registrations_region" ON "registrations" USING btree ("region_code" text_pattern_ops);