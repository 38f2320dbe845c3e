/** A large cohort, as rows: 5,000 learners and 15 labs in three assignments. Nine of ten have handed in; one in fifty met an outage. Knows no measuring. */
import type { Client } from '../../classroom/postgres/connection.ts'

export const largeCohort = '00000000-0000-7000-8000-000000000001'
const assignments = 3
const labsOfEach = 5
export const labsOfLarge = assignments * labsOfEach

export async function fillLargeCohort(client: Client, learners: number): Promise<void> {
  const id = (kind: number, n: string) =>
    `('00000000-0000-7000-800${kind}-' || lpad((${n})::text, 12, '0'))::uuid`
  await client.query(`
    INSERT INTO "Cohort" ("id", "name", "timeZone") VALUES ('${largeCohort}', 'Large', 'UTC');
    INSERT INTO "Person" ("id", "name", "role") SELECT ${id(1, 'n')}, md5(n::text), 'learner' FROM generate_series(1, ${learners}) n;
    INSERT INTO "Enrollment" ("cohortId", "personId", "role")
      SELECT '${largeCohort}', ${id(1, 'n')}, 'learner' FROM generate_series(1, ${learners}) n;
    INSERT INTO "Assignment" ("id", "cohortId", "title", "latePolicy", "terms", "seedKey", "publishedAt")
      SELECT ${id(2, 'n')}, '${largeCohort}', 'Homework ' || n,
        '{"kind": "perDay", "percent": 0, "graceMinutes": 0, "cap": 100}',
        '{"hints": true, "hintCost": 1, "liveMap": true, "rewind": true}', '', now()
      FROM generate_series(1, ${assignments}) n;
    INSERT INTO "AssignmentLab" ("assignmentId", "lab", "position", "weight")
      SELECT ${id(2, 'a')}, 'lab-' || l, l, 1 FROM generate_series(1, ${assignments}) a, generate_series(1, ${labsOfEach}) l;
    INSERT INTO "Grade" ("assignmentId", "personId", "lab", "state", "share", "attempts", "updatedAt")
      SELECT ${id(2, 'a')}, ${id(1, 'n')}, 'lab-' || l,
        (CASE WHEN n % 50 = 0 THEN 'error' WHEN n % 7 = 0 THEN 'late' ELSE 'submitted' END)::"GradeState",
        CASE WHEN n % 50 = 0 THEN NULL ELSE 0.8 END, 1, now()
      FROM generate_series(1, ${learners}) n, generate_series(1, ${assignments}) a, generate_series(1, ${labsOfEach}) l
      WHERE n % 10 <> 0 OR a < 3;
    ANALYZE;`)
}
