DROP INDEX "records_document";--> statement-breakpoint
ALTER TABLE "record_versions" ADD COLUMN "withdraws" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "records" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "records_withdrawn" ON "records" USING btree ("document_no") WHERE withdrawn_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "records_document" ON "records" USING btree ("department_code","kind","document_no") WHERE withdrawn_at is null;