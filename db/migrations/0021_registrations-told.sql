ALTER TABLE "registrations" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "contact" jsonb;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "late" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "registrations" ADD COLUMN "published" text;--> statement-breakpoint
CREATE INDEX "registrations_published_pairs" ON "registrations" USING gin (bigrams(folded("scope"))) WHERE published is not null;

--> statement-breakpoint
-- As before, and also the items that the claimant of a published registration named: no case of the pool keeps them.
CREATE OR REPLACE FUNCTION items_of(c cases) RETURNS TABLE (figure text, case_no text, region_code text, item text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT 'found', c.case_no, c.region_code, i.item FROM jsonb_array_elements_text(CASE jsonb_typeof(c.facts -> 'itemIds') WHEN 'array' THEN c.facts -> 'itemIds' END) i (item)
  WHERE c.case_type = 'registrationPush' AND c.stage = 'fedBack' AND c.facts ->> 'claimedFromPool' = 'false'
  UNION ALL
  SELECT 'missed', c.case_no, c.region_code, i.item FROM jsonb_array_elements_text(CASE jsonb_typeof(c.facts -> 'claimedItemIds') WHEN 'array' THEN c.facts -> 'claimedItemIds' END) i (item)
  WHERE c.case_type IN ('poolEntry', 'registrationPush')
$$;
