DROP INDEX "outbox_due";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "priority" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("kind","priority","next_attempt_at","id") WHERE done_at is null;
--> statement-breakpoint
-- Written by hand: an announcement names what there is to do, so that it wakes one loop of the dispatcher.
CREATE OR REPLACE FUNCTION announce_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'deliveries' THEN
    PERFORM pg_notify('outbox', 'deliveries');
  ELSE
    PERFORM pg_notify('outbox', kind) FROM (SELECT DISTINCT kind FROM inserted) AS kinds;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER outbox_announce ON outbox;
--> statement-breakpoint
CREATE TRIGGER outbox_announce AFTER INSERT ON outbox
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION announce_outbox();
