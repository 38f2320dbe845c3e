-- CreateEnum
CREATE TYPE "InjectionState" AS ENUM ('asked', 'done', 'refused');

-- A verdict's lab: an attempt may become that of another one.
ALTER TABLE "Verdict" ADD COLUMN     "lab" VARCHAR(64);
UPDATE "Verdict" SET "lab" = "Attempt"."lab" FROM "Attempt" WHERE "Attempt"."id" = "Verdict"."attemptId";
ALTER TABLE "Verdict" ALTER COLUMN "lab" SET NOT NULL;

-- CreateTable
CREATE TABLE "Injection" (
    "id" UUID NOT NULL,
    "cohortId" UUID NOT NULL,
    "attemptId" UUID NOT NULL,
    "byId" UUID,
    "fromLab" VARCHAR(64) NOT NULL,
    "fromSeed" INTEGER NOT NULL,
    "lab" VARCHAR(64) NOT NULL,
    "seed" INTEGER NOT NULL,
    "state" "InjectionState" NOT NULL DEFAULT 'asked',
    "problem" JSON,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Injection_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Injection_cohortId_at_idx" ON "Injection"("cohortId", "at");

-- CreateIndex
CREATE INDEX "Injection_attemptId_at_idx" ON "Injection"("attemptId", "at");

-- AddForeignKey
ALTER TABLE "Injection" ADD CONSTRAINT "Injection_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "Cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Injection" ADD CONSTRAINT "Injection_attemptId_fkey" FOREIGN KEY ("attemptId") REFERENCES "Attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;
