-- CreateTable
CREATE TABLE "Screen" (
    "cohortId" UUID NOT NULL,
    "attemptId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Screen_pkey" PRIMARY KEY ("cohortId")
);

-- CreateIndex
CREATE INDEX "Screen_attemptId_idx" ON "Screen"("attemptId");

-- AddForeignKey
ALTER TABLE "Screen" ADD CONSTRAINT "Screen_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES "Cohort"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Screen" ADD CONSTRAINT "Screen_attemptId_fkey" FOREIGN KEY ("attemptId") REFERENCES "Attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;
