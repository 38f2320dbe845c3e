-- CreateEnum
CREATE TYPE "Counting" AS ENUM ('best', 'last', 'first');

-- CreateEnum
CREATE TYPE "SeedPolicy" AS ENUM ('learner', 'attempt', 'cohort');

-- CreateEnum
CREATE TYPE "SubmissionState" AS ENUM ('due', 'graded', 'error');

-- CreateEnum
CREATE TYPE "JudgementCause" AS ENUM ('check', 'regrade', 'override');

-- CreateEnum
CREATE TYPE "GradeState" AS ENUM ('running', 'submitted', 'late', 'excused', 'error');

-- AlterTable
ALTER TABLE "Attempt" ADD COLUMN     "assignmentId" UUID,
ADD COLUMN     "deadlineAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Assignment" (
    "id" UUID NOT NULL,
    "cohortId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "releaseAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "lateDueAt" TIMESTAMPTZ(3),
    "latePolicy" JSON NOT NULL,
    "maxAttempts" INTEGER,
    "counting" "Counting" NOT NULL DEFAULT 'best',
    "minutes" INTEGER,
    "terms" JSON NOT NULL,
    "seedPolicy" "SeedPolicy" NOT NULL DEFAULT 'learner',
    "seedKey" VARCHAR(64) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "publishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AssignmentLab" (
    "assignmentId" UUID NOT NULL,
    "lab" VARCHAR(64) NOT NULL,
    "position" INTEGER NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "AssignmentLab_pkey" PRIMARY KEY ("assignmentId","lab")
);

-- CreateTable
CREATE TABLE "Extension" (
    "assignmentId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "lateDueAt" TIMESTAMPTZ(3),
    "extraMinutes" INTEGER NOT NULL DEFAULT 0,
    "extraAttempts" INTEGER NOT NULL DEFAULT 0,
    "excused" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Extension_pkey" PRIMARY KEY ("assignmentId","personId")
);

-- CreateTable
CREATE TABLE "Submission" (
    "attemptId" UUID NOT NULL,
    "state" "SubmissionState" NOT NULL DEFAULT 'due',
    "automatic" BOOLEAN NOT NULL,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedUntil" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "problem" JSON,

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("attemptId")
);

-- CreateTable
CREATE TABLE "Judgement" (
    "id" UUID NOT NULL,
    "submissionId" UUID NOT NULL,
    "cause" "JudgementCause" NOT NULL,
    "verdictId" UUID,
    "status" "VerdictStatus" NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "maxScore" DOUBLE PRECISION NOT NULL,
    "verdict" JSON,
    "reason" TEXT,
    "byId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Judgement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grade" (
    "assignmentId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "lab" VARCHAR(64) NOT NULL,
    "state" "GradeState" NOT NULL,
    "share" DOUBLE PRECISION,
    "attempts" INTEGER NOT NULL,
    "submissionId" UUID,
    "overridden" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Grade_pkey" PRIMARY KEY ("assignmentId","personId","lab")
);

-- CreateIndex
CREATE INDEX "Assignment_cohortId_idx" ON "Assignment"("cohortId");

-- CreateIndex
CREATE INDEX "Submission_state_claimedUntil_idx" ON "Submission"("state", "claimedUntil");

-- CreateIndex
CREATE INDEX "Judgement_submissionId_createdAt_idx" ON "Judgement"("submissionId", "createdAt");

-- CreateIndex
CREATE INDEX "Grade_personId_idx" ON "Grade"("personId");

-- CreateIndex
CREATE INDEX "Attempt_assignmentId_idx" ON "Attempt"("assignmentId");

-- AddForeignKey
ALTER TABLE "Attempt" ADD CONSTRAINT "Attempt_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "Assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "Cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssignmentLab" ADD CONSTRAINT "AssignmentLab_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "Assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Extension" ADD CONSTRAINT "Extension_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "Assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Extension" ADD CONSTRAINT "Extension_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_attemptId_fkey" FOREIGN KEY ("attemptId") REFERENCES "Attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("attemptId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_verdictId_fkey" FOREIGN KEY ("verdictId") REFERENCES "Verdict"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grade" ADD CONSTRAINT "Grade_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "Assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grade" ADD CONSTRAINT "Grade_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.

-- One open attempt per person and lab for practice, and one for each assignment.
DROP INDEX "Attempt_one_open";
CREATE UNIQUE INDEX "Attempt_one_open" ON "Attempt"("personId", "lab") WHERE "state" IN ('starting', 'running') AND "assignmentId" IS NULL;
CREATE UNIQUE INDEX "Attempt_one_open_of_assignment" ON "Attempt"("personId", "lab", "assignmentId") WHERE "state" IN ('starting', 'running') AND "assignmentId" IS NOT NULL;

ALTER TABLE "Assignment"
    ADD CONSTRAINT "Assignment_dates_in_order" CHECK ("releaseAt" < "dueAt" AND "dueAt" <= "lateDueAt"),
    ADD CONSTRAINT "Assignment_late_needs_due" CHECK ("lateDueAt" IS NULL OR "dueAt" IS NOT NULL),
    ADD CONSTRAINT "Assignment_attempts_count" CHECK ("maxAttempts" > 0),
    ADD CONSTRAINT "Assignment_minutes_count" CHECK ("minutes" > 0);

ALTER TABLE "AssignmentLab" ADD CONSTRAINT "AssignmentLab_weighs" CHECK ("weight" > 0 AND "weight" < 'Infinity');

ALTER TABLE "Extension" ADD CONSTRAINT "Extension_gives" CHECK ("extraMinutes" >= 0 AND "extraAttempts" >= 0);

ALTER TABLE "Judgement"
    ADD CONSTRAINT "Judgement_score_in_range" CHECK ("score" >= 0 AND "score" <= "maxScore" AND "maxScore" > 0),
    ADD CONSTRAINT "Judgement_override_says_why" CHECK ("cause" <> 'override' OR ("reason" IS NOT NULL AND "reason" <> ''));

ALTER TABLE "Grade" ADD CONSTRAINT "Grade_share_in_range" CHECK ("share" >= 0 AND "share" <= 1);
