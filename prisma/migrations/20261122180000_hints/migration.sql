-- CreateTable
CREATE TABLE "HintShown" (
    "personId" UUID NOT NULL,
    "lab" VARCHAR(64) NOT NULL,
    "number" INTEGER NOT NULL,
    "shownAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HintShown_pkey" PRIMARY KEY ("personId","lab","number")
);

-- AddForeignKey
ALTER TABLE "HintShown" ADD CONSTRAINT "HintShown_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE "HintShown" ADD CONSTRAINT "HintShown_number_counts" CHECK ("number" >= 1);
