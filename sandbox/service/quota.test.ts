/** Who may have another machine, and what is said to those who may not. */
import { expect, test } from 'vitest'
import { type Counted, refusedByQuota } from './quota.ts'

const room = (
  owner: string,
  title: string,
  lastSign = 0,
  state: Counted['status']['state'] = 'ready',
): Counted => ({ status: { owner, state }, title, lastSign })

const ada = [room('ada', 'Accept queue', 30), room('ada', 'Silent drop', 10), room('ada', 'SYN flood', 20)]

test('below both quotas nobody is refused', () => {
  expect(refusedByQuota(ada, 'ada', 4, 4)).toBeNull()
  expect(refusedByQuota(ada, 'grace', 1, 4)).toBeNull()
  expect(refusedByQuota([], 'ada', 1, 1)).toBeNull()
})

test('whoever has too many is told all of them, and which one was left alone for longest', () => {
  const problem = refusedByQuota([...ada, room('grace', 'Reuseport', 1)], 'ada', 3, 100)?.problem
  expect(problem).toMatchObject({ code: 'too-many-machines' })
  expect(problem?.message).toMatch(/3 machines.*“Silent drop”, “SYN flood”, “Accept queue”/)
  expect(problem?.remedy).toMatch(/left alone for longest, open the lab “Silent drop” and press End/)
  expect(problem?.message).not.toMatch(/Reuseport/)
})

test('one machine that is all one may have is named as well', () => {
  expect(refusedByQuota([room('ada', 'Reuseport')], 'ada', 1, 9)?.problem.message).toMatch(
    /one at a time: “Reuseport”/,
  )
})

test('when the house is full, own machines are named and those of others are not', () => {
  expect(refusedByQuota(ada, 'ada', 9, 3)?.problem).toMatchObject({
    code: 'no-room',
    remedy: expect.stringMatching(/lab “Silent drop”/),
  })
  const stranger = refusedByQuota(ada, 'grace', 9, 3)?.problem
  expect(stranger?.remedy).toMatch(/RINGSIDE_MACHINES/)
  expect(JSON.stringify(stranger)).not.toMatch(/Silent|Accept|SYN/)
})

test('what failed to start or has ended counts for nothing', () => {
  const gone = [room('ada', 'A', 0, 'failed'), room('ada', 'B', 0, 'ended'), room('ada', 'C', 0, 'dead')]
  expect(refusedByQuota(gone, 'ada', 2, 2)).toBeNull()
  expect(refusedByQuota(gone, 'ada', 1, 2)?.problem.message).toMatch(/“C”/)
})
