import { expect, test } from 'vitest'
import { auditActions } from '#/classroom/audit.ts'
import { logText } from './log.ts'

test('every deed has its sentence', () => {
  for (const action of auditActions) {
    const entry = { id: '', at: '', action, actor: 'Ada', subject: 'Grace', cohort: null, detail: {} }
    expect(logText.sentence(entry)).not.toBe(action)
  }
})
