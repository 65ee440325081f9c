ALTER TABLE "enterprises" ADD COLUMN "moved_out_on" date;--> statement-breakpoint
-- Enterprises whose authority has let them go, and that no other has taken in yet.
UPDATE "enterprises" e SET "moved_out_on" = left_on FROM (
  SELECT "uscc", max("registered_on") FILTER (WHERE "event" = 'moveOut') AS left_on,
    max("registered_on") FILTER (WHERE "event" = 'moveIn') AS taken_on
  FROM "registrations" WHERE "event" IN ('moveOut', 'moveIn') GROUP BY "uscc"
) r WHERE r."uscc" = e."uscc" AND left_on >= e."registered_on" AND (taken_on IS NULL OR taken_on < left_on);
