ALTER TABLE "enterprises" ADD COLUMN "registered_on" date;--> statement-breakpoint
ALTER TABLE "enterprises" ADD COLUMN "cancelled_on" date;--> statement-breakpoint
-- What is known already, as the registration of each enterprise's latest day says.
UPDATE "enterprises" SET "registered_on" = latest."registered_on",
  "cancelled_on" = CASE WHEN latest."event" = 'cancel' THEN latest."registered_on" END
FROM (
  SELECT DISTINCT ON ("uscc") "uscc", "registered_on", "event" FROM "registrations"
  ORDER BY "uscc", "registered_on" DESC, "event" = 'cancel' DESC
) AS latest WHERE latest."uscc" = "enterprises"."uscc";
