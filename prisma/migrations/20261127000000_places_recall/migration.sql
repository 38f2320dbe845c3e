-- CreateTable
CREATE TABLE "ReadingPlace" (
    "personId" UUID NOT NULL,
    "chapter" VARCHAR(64) NOT NULL,
    "anchor" VARCHAR(200) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReadingPlace_pkey" PRIMARY KEY ("personId","chapter")
);

-- CreateTable
CREATE TABLE "Recall" (
    "personId" UUID NOT NULL,
    "chapter" VARCHAR(64) NOT NULL,
    "question" VARCHAR(12) NOT NULL,
    "step" INTEGER NOT NULL,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),

    CONSTRAINT "Recall_pkey" PRIMARY KEY ("personId","chapter","question")
);

-- CreateIndex
CREATE INDEX "ReadingPlace_personId_at_idx" ON "ReadingPlace"("personId", "at");

-- AddForeignKey
ALTER TABLE "ReadingPlace" ADD CONSTRAINT "ReadingPlace_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Recall" ADD CONSTRAINT "Recall_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE "Recall" ADD CONSTRAINT "Recall_step_counts" CHECK ("step" >= 0);
