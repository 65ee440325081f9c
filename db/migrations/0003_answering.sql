ALTER TABLE "rungs" ADD COLUMN "answering" text;--> statement-breakpoint
-- What fired before is its holder's, but for what organs owe.
ALTER TABLE "rungs" DISABLE TRIGGER "rungs_append_only";--> statement-breakpoint
UPDATE "rungs" SET "answering" = "cases"."department_code" FROM "cases"
WHERE "cases"."case_id" = "rungs"."case_id"
  AND "limit_id" NOT IN ('publication.publication', 'correction.execution', 'supervision.closing', 'listing.appeal');--> statement-breakpoint
ALTER TABLE "rungs" ENABLE TRIGGER "rungs_append_only";
