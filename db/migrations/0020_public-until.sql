-- Until now, the day that the department stated (公示截止期) was read from each shown version's content. Terms that a rule set
-- gives begin with what is published from now on.
UPDATE "record_versions" SET "public_until" = ("content" ->> 'publicUntil')::date, "public_basis" = '归集部门填报的公示截止期'
  WHERE "shown_from" IS NOT NULL AND "content" ->> 'publicUntil' ~ '^\d{4}-\d{2}-\d{2}$';
