ALTER TABLE "cases" ALTER COLUMN "uscc" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "complaint_reports" ALTER COLUMN "uscc" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "complaint_reports" ADD COLUMN "matter" text DEFAULT 'report' NOT NULL;--> statement-breakpoint
ALTER TABLE "complaint_reports" ADD COLUMN "trader_name" text;--> statement-breakpoint
ALTER TABLE "complaint_reports" ADD COLUMN "trader_place" text;--> statement-breakpoint
ALTER TABLE "complaint_reports" ADD COLUMN "business" text;--> statement-breakpoint
CREATE INDEX "complaint_reports_trader_pairs" ON "complaint_reports" USING gin (bigrams(folded("trader_name")));