-- AlterTable
ALTER TABLE "Submission" ADD COLUMN     "answers" JSON;

-- What Prisma cannot say.

-- The loop that hands in what is over asks for these each second.
CREATE INDEX "Attempt_ends" ON "Attempt"("deadlineAt") WHERE "state" IN ('starting', 'running') AND "deadlineAt" IS NOT NULL;
