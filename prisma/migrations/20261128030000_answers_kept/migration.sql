-- AlterTable
ALTER TABLE "Attempt" ADD COLUMN     "answers" JSON;

-- Those under way, and those that wait for their check, were last checked with these.
UPDATE "Attempt" a SET "answers" = (
  SELECT v."answers" FROM "Verdict" v WHERE v."attemptId" = a."id" ORDER BY v."createdAt" DESC, v."id" DESC LIMIT 1
) WHERE a."assignmentId" IS NOT NULL AND a."state" IN ('starting', 'running');
UPDATE "Submission" s SET "answers" = a."answers" FROM "Attempt" a
  WHERE a."id" = s."attemptId" AND s."state" = 'due' AND s."answers" IS NULL;
