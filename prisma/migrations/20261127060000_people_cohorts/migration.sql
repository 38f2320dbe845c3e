-- CreateEnum
CREATE TYPE "Pacing" AS ENUM ('open', 'dates', 'hand');

-- CreateEnum
CREATE TYPE "CohortRole" AS ENUM ('instructor', 'assistant', 'learner');

-- CreateEnum
CREATE TYPE "ItemKind" AS ENUM ('chapter', 'lab');

-- AlterEnum
ALTER TYPE "Role" ADD VALUE 'instructor';

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "login" VARCHAR(254),
ADD COLUMN     "passwordHash" TEXT,
ADD COLUMN     "returnHash" VARCHAR(64);

-- CreateTable
CREATE TABLE "Identity" (
    "issuer" VARCHAR(255) NOT NULL,
    "subject" VARCHAR(255) NOT NULL,
    "personId" UUID NOT NULL,

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "Cohort" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" VARCHAR(64) NOT NULL,
    "pacing" "Pacing" NOT NULL DEFAULT 'open',
    "joinCode" VARCHAR(16),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Cohort_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Enrollment" (
    "cohortId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "role" "CohortRole" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Enrollment_pkey" PRIMARY KEY ("cohortId","personId")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "tokenHash" VARCHAR(64) NOT NULL,
    "cohortId" UUID NOT NULL,
    "personId" UUID,
    "role" "CohortRole" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "Release" (
    "cohortId" UUID NOT NULL,
    "kind" "ItemKind" NOT NULL,
    "item" VARCHAR(64) NOT NULL,
    "releaseAt" TIMESTAMPTZ(3),
    "openedAt" TIMESTAMPTZ(3),
    "requires" TEXT[],

    CONSTRAINT "Release_pkey" PRIMARY KEY ("cohortId","kind","item")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" UUID,
    "action" VARCHAR(64) NOT NULL,
    "cohortId" UUID,
    "subjectId" UUID,
    "detail" JSON NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Identity_personId_idx" ON "Identity"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Cohort_joinCode_key" ON "Cohort"("joinCode");

-- CreateIndex
CREATE INDEX "Enrollment_personId_idx" ON "Enrollment"("personId");

-- CreateIndex
CREATE INDEX "Invitation_cohortId_idx" ON "Invitation"("cohortId");

-- CreateIndex
CREATE INDEX "AuditEntry_cohortId_at_idx" ON "AuditEntry"("cohortId", "at");

-- CreateIndex
CREATE INDEX "AuditEntry_subjectId_at_idx" ON "AuditEntry"("subjectId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Person_login_key" ON "Person"("login");

-- CreateIndex
CREATE UNIQUE INDEX "Person_returnHash_key" ON "Person"("returnHash");

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrollment" ADD CONSTRAINT "Enrollment_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "Cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrollment" ADD CONSTRAINT "Enrollment_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "Cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Release" ADD CONSTRAINT "Release_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "Cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.

-- A login is kept as it is compared; somebody with a password can type who they are.
ALTER TABLE "Person"
    ADD CONSTRAINT "Person_login_folded" CHECK ("login" = lower("login") AND "login" <> ''),
    ADD CONSTRAINT "Person_password_has_login" CHECK ("passwordHash" IS NULL OR "login" IS NOT NULL);

ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_ends_after_start" CHECK ("expiresAt" > "createdAt");
