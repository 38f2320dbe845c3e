-- CreateEnum
CREATE TYPE "Role" AS ENUM ('owner', 'learner');

-- CreateEnum
CREATE TYPE "AttemptState" AS ENUM ('starting', 'running', 'finished', 'lost', 'failed');

-- CreateEnum
CREATE TYPE "VerdictStatus" AS ENUM ('pass', 'fail', 'error', 'not_gradable');

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "tokenHash" VARCHAR(64) NOT NULL,
    "personId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "Attempt" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "lab" VARCHAR(64) NOT NULL,
    "seed" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "state" "AttemptState" NOT NULL DEFAULT 'starting',
    "problem" JSON,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verdict" (
    "id" UUID NOT NULL,
    "attemptId" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "status" "VerdictStatus" NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "maxScore" DOUBLE PRECISION NOT NULL,
    "verdict" JSON NOT NULL,
    "before" JSON NOT NULL,
    "after" JSON NOT NULL,
    "answers" JSON,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Verdict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChapterRead" (
    "personId" UUID NOT NULL,
    "chapter" VARCHAR(64) NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChapterRead_pkey" PRIMARY KEY ("personId","chapter")
);

-- CreateIndex
CREATE INDEX "Session_personId_idx" ON "Session"("personId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "Attempt_personId_lab_createdAt_idx" ON "Attempt"("personId", "lab", "createdAt");

-- CreateIndex
CREATE INDEX "Verdict_attemptId_createdAt_idx" ON "Verdict"("attemptId", "createdAt");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attempt" ADD CONSTRAINT "Attempt_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Verdict" ADD CONSTRAINT "Verdict_attemptId_fkey" FOREIGN KEY ("attemptId") REFERENCES "Attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChapterRead" ADD CONSTRAINT "ChapterRead_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.

-- One open attempt per person and lab: a double click and two tabs meet here.
CREATE UNIQUE INDEX "Attempt_one_open" ON "Attempt"("personId", "lab") WHERE "state" IN ('starting', 'running');

-- One owner.
CREATE UNIQUE INDEX "Person_one_owner" ON "Person"("role") WHERE "role" = 'owner';

ALTER TABLE "Attempt"
    ADD CONSTRAINT "Attempt_seed_natural" CHECK ("seed" >= 0),
    ADD CONSTRAINT "Attempt_generation_natural" CHECK ("generation" >= 0),
    ADD CONSTRAINT "Attempt_closed_has_end" CHECK (("state" IN ('starting', 'running')) = ("endedAt" IS NULL)),
    ADD CONSTRAINT "Attempt_running_has_start" CHECK ("state" <> 'running' OR "startedAt" IS NOT NULL);

ALTER TABLE "Verdict"
    ADD CONSTRAINT "Verdict_score_in_range" CHECK ("score" >= 0 AND "score" <= "maxScore" AND "maxScore" > 0),
    ADD CONSTRAINT "Verdict_generation_natural" CHECK ("generation" >= 0);

ALTER TABLE "Session" ADD CONSTRAINT "Session_ends_after_start" CHECK ("expiresAt" > "createdAt");
