CREATE TABLE "department_settings" (
	"department_code" text PRIMARY KEY NOT NULL,
	"internal_review" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "records" ALTER COLUMN "received_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "record_versions" ADD COLUMN "event" jsonb;--> statement-breakpoint
ALTER TABLE "record_versions" ADD COLUMN "public_until" date;--> statement-breakpoint
ALTER TABLE "record_versions" ADD COLUMN "public_basis" text;