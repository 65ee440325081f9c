DROP INDEX "cases_no";--> statement-breakpoint
CREATE INDEX "cases_no_beginning" ON "cases" USING btree ("case_no" text_pattern_ops);