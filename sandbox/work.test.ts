import { describe, expect, test } from 'vitest'
import type { Guest, GuestRun } from '../grader/guest.ts'
import { InfrastructureError } from '../grader/guest.ts'
import { workSchema } from '../labs/work.ts'
import { parseHistory, readWork } from './work.ts'

/** A machine that is 600 s old and whose clock says 10000. */
const read = (history: string, more = '') => parseHistory(`10000 ${more}\n${history}`, 600)
const lines = (history: string) => read(history)?.commands.map(({ line }) => line)

describe('the history of a guest', () => {
  test('tells each command with the seconds since the machine was asked for', () => {
    expect(read('#9410\nss -lnt\n#9999\nnstat -az\n')).toEqual({
      commands: [
        { at: 10, line: 'ss -lnt' },
        { at: 599, line: 'nstat -az' },
      ],
      older: false,
    })
  })

  test('of several shells is put in order', () => {
    expect(lines('#9500\nsecond\n#9400\nfirst\n#9600\nthird\n')).toEqual(['first', 'second', 'third'])
  })

  test('holds commands of several lines as one', () => {
    expect(lines('#9500\nfor i in 1 2\ndo\n\tss\ndone\n#9501\ndate\n')).toEqual([
      'for i in 1 2 ↵ do ↵ ss ↵ done',
      'date',
    ])
  })

  test('without times, or with times that cannot be, tells the commands alone', () => {
    expect(read('ss\ndate\n')?.commands).toEqual([
      { at: null, line: 'ss' },
      { at: null, line: 'date' },
    ])
    const times = ['9398', '10002', '0', '999999999999']
    for (const time of times) expect(read(`#${time}\nss\n`)?.commands).toEqual([{ at: null, line: 'ss' }])
    expect(lines('#-1\nss\n#1e9\ndate\n#9999999999999999999999\nls\n')).toHaveLength(6)
  })

  test('forgives a second between the clocks', () => {
    expect(read('#9399\nss\n#10001\nls\n')?.commands.map(({ at }) => at)).toEqual([0, 601])
  })

  test('that is long gives its newest 200', () => {
    const many = Array.from({ length: 250 }, (_, n) => `#${9500 + n}\necho ${n}\n`).join('')
    const work = read(many)
    expect(work?.commands).toHaveLength(200)
    expect(work?.commands.at(-1)).toEqual({ at: 349, line: 'echo 249' })
    expect(work?.older).toBe(true)
  })

  test('that was cut begins with the first whole command', () => {
    expect(read('f of a command\n#9500\nss\n', 'more')).toEqual({
      commands: [{ at: 100, line: 'ss' }],
      older: true,
    })
    expect(read('x'.repeat(100_000), 'more')).toEqual({ commands: [], older: true })
  })

  test('that is empty, or has empty commands, tells none', () => {
    expect(read('')).toEqual({ commands: [], older: false })
    expect(read('#9500\n#9501\n   \n\n#9502\n')).toEqual({ commands: [], older: false })
  })

  test('has nothing in it that could do anything to a screen', () => {
    const nasty = '\x1b]0;title\x07\x1b[2J\r\b\x7f\x9b31m‮evil⁦\u200b\u2028\ufeff\ud800'
    const [line = ''] = lines(`#9500\necho ${nasty} end\n`) ?? []
    expect(line).toMatch(/^echo �.*title.*evil.* end$/)
    expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
    expect(lines('#9500\necho naïve ☃ 接続 🥊\n')).toEqual(['echo naïve ☃ 接続 🥊'])
  })

  test('with gigantic lines is cut to what can be shown, and no letter in half', () => {
    const inputs = ['x'.repeat(150_000), '🥊'.repeat(50_000), 'a\n'.repeat(70_000), `${'x'.repeat(198)}🥊🥊`]
    for (const input of inputs) {
      const work = read(`#9500\n${input}\n#9501\n${input}`)
      expect(workSchema.parse(work)).toEqual(work)
      expect(work?.commands[0]?.line).toMatch(/^.+…$/u)
      expect(work?.commands[0]?.line).not.toMatch(/\p{Cs}/u)
    }
  })

  test('is none when the guest answers something else', () => {
    for (const text of ['', 'x', '10000\n', '1e9 \nss', '10000 less\nss', '99999999999999 \nss'])
      expect(parseHistory(text, 600)).toBeNull()
  })
})

describe('a guest that cannot tell', () => {
  const ran: GuestRun = { exitCode: 0, stdout: '', stderr: '', timedOut: false, truncated: false, ms: 1 }
  const guests: Record<string, Guest['run']> = {
    'is dead': async () => {
      throw new InfrastructureError('The virtual machine has stopped.')
    },
    'takes too long': async () => ({ ...ran, exitCode: 137, timedOut: true, stdout: '10000 \n#9500\nss' }),
    'says nothing': async () => ran,
  }
  test.each(Object.entries(guests))('because it %s has no history, and that is no error', async (_, run) => {
    expect(await readWork({ run }, Date.now())).toBeNull()
  })
})
