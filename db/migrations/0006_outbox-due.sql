DROP INDEX "outbox_pending";--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("kind","next_attempt_at","id") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "outbox_stubborn" ON "outbox" USING btree ("id") WHERE done_at is null and attempts >= 5;