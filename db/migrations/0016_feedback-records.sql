CREATE TABLE "record_drafts" (
	"draft_id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"draft" jsonb NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "record_drafts_case" ON "record_drafts" USING btree ("case_id");