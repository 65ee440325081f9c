ALTER TABLE "listings" ADD COLUMN "authority_code" text;--> statement-breakpoint
ALTER TABLE "listings" ADD COLUMN "ground" text;--> statement-breakpoint
ALTER TABLE "listings" ADD COLUMN "severity" text;--> statement-breakpoint
ALTER TABLE "listings" ADD COLUMN "listed_until" date;--> statement-breakpoint
ALTER TABLE "listings" ADD COLUMN "minimum_public_until" date;--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_days_agree" CHECK (listed_until is null or listed_until >= listed_on);--> statement-breakpoint
ALTER TABLE "listings" ADD CONSTRAINT "listings_public_at_least" CHECK (minimum_public_until is null or minimum_public_until between listed_on and coalesce(listed_until, 'infinity'));

--> statement-breakpoint
-- Until now the registering authority that holds an entry decided on it, a court's aside.
UPDATE "listings" SET "authority_code" = c."department_code" FROM "cases" c
WHERE c."case_id" = "listing_id" AND "list" <> 'court-debtor';
