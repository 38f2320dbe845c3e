-- What Prisma cannot say.

-- The loop that hands in asks each second for those of an assignment that were closed without being handed in.
CREATE INDEX "Attempt_unjudged" ON "Attempt"("assignmentId") WHERE "state" IN ('lost', 'failed') AND "assignmentId" IS NOT NULL;
