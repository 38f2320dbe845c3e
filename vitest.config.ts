/**
 * Two kinds of tests: `unit` stands beside the code and needs nothing but a database of its own, `integration` needs a real engine and runs
 * one file at a time. Browser tests are among the latter: they drive a real Chromium through playwright-core.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const needEngine = ['tests/**/*.test.ts', '{classroom,cli,content,grader,labs,sandbox}/**/*.docker.test.ts']

export default defineConfig({
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: here('node_modules/server-only/empty.js') },
      { find: /^#\//, replacement: here('./') },
    ],
  },
  test: {
    // A test that was left focused would hide all others.
    allowOnly: !process.env.CI,
    // A second, as vitest has it, is less than a busy host needs to draw a page, open a shell or take a container away.
    expect: { poll: { timeout: 20_000 } },
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,classroom,cli,content,grader,labs,sandbox}/**/*.test.{ts,tsx}'],
          exclude: needEngine,
          globalSetup: ['classroom/testing/server.ts'],
          // Of its own accord vitest leaves one processor to nobody: of two, half the time.
          maxWorkers: '100%',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: needEngine,
          globalSetup: ['classroom/testing/server.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 900_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
