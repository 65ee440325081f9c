ALTER TABLE "outbox" ADD COLUMN "import_id" uuid;--> statement-breakpoint
CREATE INDEX "outbox_of_import" ON "outbox" USING btree ("import_id") WHERE import_id is not null;