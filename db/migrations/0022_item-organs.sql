ALTER TABLE "registration_hits" ADD COLUMN "qualifier" jsonb;--> statement-breakpoint
CREATE INDEX "cases_supervised" ON "cases" USING gin ((facts -> 'supervisedBy')) WHERE facts ? 'supervisedBy';